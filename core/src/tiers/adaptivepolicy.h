// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tiers/blocknodes.h"
#include "eviction/windowtinylfu.h"
#include "eviction/windowtournament.h"

namespace insitecache {

/// What L1 evicts by: WindowTinyLfu, its window as wide as the tournament of the whole cache says.
class AdaptivePolicy final : public EvictionPolicy {
public:
    explicit AdaptivePolicy(const WindowTournament &tournament) : m_tournament(tournament) {}

    void insert(NodeId entry) override { m_lists.insert(entry); }
    void settle() override { m_lists.settle(); }
    void remove(NodeId entry) override { m_lists.remove(entry); }
    NodeId evict() override
    {
        if (const double share = m_tournament.share(); share != m_share)
            m_lists.setWindowShare(m_share = share);
        return m_lists.evict();
    }

private:
    const WindowTournament &m_tournament;
    double m_share = 0;
    BlockNodes m_nodes;
    FrequencySketch m_sketch;
    WindowTinyLfu<BlockNodes> m_lists{m_nodes, m_sketch, SketchUse::Counts};
};

} // namespace insitecache
