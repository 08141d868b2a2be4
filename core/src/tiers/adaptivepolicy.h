// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tiers/blocknodes.h"
#include "eviction/windowtinylfu.h"
#include "tiers/tournaments.h"

namespace insitecache {

/// What L1 evicts by: WindowTinyLfu, its window as wide as the tournament of its partition says.
class AdaptivePolicy final : public EvictionPolicy {
public:
    AdaptivePolicy(const Tournaments &tournaments, PartitionId partition) :
        m_tournaments(tournaments), m_partition(partition)
    {}

    void insert(NodeId entry) override { m_lists.insert(entry); }
    void settle() override { m_lists.settle(); }
    void remove(NodeId entry) override { m_lists.remove(entry); }
    NodeId evict() override
    {
        if (const double share = m_tournaments.share(m_partition); share != m_share)
            m_lists.setWindowShare(m_share = share);
        return m_lists.evict();
    }

    std::size_t overheadBytes() const override { return m_sketch.bytes() + m_lists.ghostBytes(); }

private:
    const Tournaments &m_tournaments;
    const PartitionId m_partition;
    double m_share = 0;
    BlockNodes m_nodes;
    FrequencySketch m_sketch;
    WindowTinyLfu<BlockNodes> m_lists{m_nodes, m_sketch, SketchUse::Counts};
};

} // namespace insitecache
