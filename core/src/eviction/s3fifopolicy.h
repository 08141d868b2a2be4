// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <utility>

#include "eviction/ghostlist.h"
#include "eviction/nodelist.h"

namespace insitecache {

/// S3-FIFO (Yang, Zhang, Qiu, Yue, Vigfusson: FIFO queues are all you need for cache eviction, SOSP 2023). Here to be
/// compared with.
///
/// A small queue of a tenth of the weight, a main queue, and ghosts of what left the small one unused. Who is new waits
/// in the small queue, who is a ghost goes to the main one at once. At the end of the small queue whoever was hit
/// twice moves on to the main one, and of the main queue whoever was hit goes round again, up to three times.
///
/// The paper evicts first and inserts then; here the newcomer is known first. So it stays outside the queues until the
/// eviction is over.
/// Standard C++ only.
template <class Nodes>
class S3FifoPolicy final : public EvictionPolicy {
public:
    explicit S3FifoPolicy(Nodes &nodes) : m_nodes(nodes), m_small(nodes, smallSegment), m_main(nodes, mainSegment) {}

    void insert(NodeId entry) override
    {
        placeNewest();
        m_newest = entry;
        m_newestWasGhost = m_ghosts.take(m_nodes.hash(entry));
    }
    void settle() override { placeNewest(); }

    NodeId evict() override
    {
        sizeGhosts();
        while (!m_small.isEmpty() || !m_main.isEmpty()) {
            if (const NodeId gone = isSmallsTurn() ? takeFromSmall() : takeFromMain())
                return gone;
        }
        return std::exchange(m_newest, 0);
    }

    void remove(NodeId entry) override
    {
        placeNewest();
        if (m_nodes.segment(entry) == smallSegment)
            m_small.remove(entry);
        else
            m_main.remove(entry);
    }
    std::size_t overheadBytes() const override { return m_ghosts.bytes(); }

private:
    // An entry of the main queue is in segment mainSegment + r when it may still go round r times unless it is hit.
    static constexpr unsigned smallSegment = 1, mainSegment = 2;
    static constexpr unsigned maxHits = 3;

    bool isSmallsTurn() const
    {
        return !m_small.isEmpty()
            && (m_main.isEmpty() || m_small.weight() >= (m_small.weight() + m_main.weight()) / 10);
    }
    NodeId takeFromSmall()
    {
        const NodeId oldest = m_small.popBack();
        if (m_nodes.takeHits(oldest) > 1) {
            pushMain(oldest, 0);
            return 0;
        }
        m_ghosts.put(m_nodes.hash(oldest));
        return oldest;
    }
    NodeId takeFromMain()
    {
        const unsigned rounds = m_nodes.segment(m_main.back()) - mainSegment;
        const NodeId oldest = m_main.popBack();
        const unsigned hits = std::min(maxHits, rounds + m_nodes.takeHits(oldest));
        if (hits == 0)
            return oldest;
        pushMain(oldest, hits - 1);
        return 0;
    }
    void placeNewest()
    {
        const NodeId newest = std::exchange(m_newest, 0);
        if (newest == 0)
            return;
        if (m_newestWasGhost)
            pushMain(newest, 0);
        else
            m_small.pushFront(newest);
    }
    void pushMain(NodeId entry, unsigned rounds)
    {
        m_main.pushFront(entry);
        m_nodes.setSegment(entry, mainSegment + rounds);
    }
    // As many as the main queue has room for. Making them anew costs a walk over all, so not for every little change.
    void sizeGhosts()
    {
        const std::size_t wanted = (m_small.count() + m_main.count()) * 9 / 10;
        const std::size_t now = m_ghosts.limit();
        if (wanted > now + now / 8 || wanted < now - now / 8)
            m_ghosts.resize(wanted);
    }

    Nodes &m_nodes;
    NodeList<Nodes> m_small, m_main;
    GhostList m_ghosts;
    NodeId m_newest = 0;
    bool m_newestWasGhost = false;
};

} // namespace insitecache
