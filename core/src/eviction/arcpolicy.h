// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <utility>

#include "eviction/countedghosts.h"
#include "eviction/nodelist.h"

namespace insitecache {

/// ARC, the adaptive replacement cache (Megiddo & Modha, FAST 2003, figure 4). Here to be compared with.
///
/// Two LRU lists, of what was used once (T1) and of what was used again (T2), each with ghosts of what it evicted (B1,
/// B2). A hit among the ghosts of one list moves the target for the length of T1 its way.
///
/// The paper knows the capacity as a number of pages. Here it is how many entries there are whenever one has to go, and
/// follows when they become larger or smaller. The paper evicts first and inserts then; here the newcomer is known
/// first, so it stays outside the lists until the eviction is over.
/// Standard C++ only.
template <class Nodes>
class ArcPolicy final : public EvictionPolicy {
public:
    explicit ArcPolicy(Nodes &nodes) : m_nodes(nodes), m_once(nodes, onceSegment), m_again(nodes, againSegment) {}

    bool needsEveryHit() const override { return true; }
    void hit(NodeId entry) override
    {
        placeNewest();
        listOf(entry).remove(entry);
        m_again.pushFront(entry);
    }

    void insert(NodeId entry) override
    {
        placeNewest();
        m_newest = entry;
        m_newestFrom = whereItWas(m_nodes.hash(entry));
    }
    void settle() override { placeNewest(); }

    NodeId evict() override
    {
        m_capacity = m_once.count() + m_again.count();
        if (m_capacity == 0)
            return std::exchange(m_newest, 0);
        m_target = std::min(m_target, double(m_capacity));
        if (m_newestFrom != From::Nowhere)
            return replace();
        if (m_again.isEmpty()) {
            m_onceGhosts.trim(0);
            return m_once.popBack();
        }
        m_onceGhosts.trim(m_capacity - 1 - std::min(m_capacity - 1, m_once.count()));
        m_againGhosts.trim(m_capacity - 1 - m_onceGhosts.count());
        return replace();
    }

    void remove(NodeId entry) override
    {
        placeNewest();
        listOf(entry).remove(entry);
    }
    std::size_t overheadBytes() const override { return m_onceGhosts.bytes() + m_againGhosts.bytes(); }

private:
    static constexpr unsigned onceSegment = 1, againSegment = 2;
    enum class From { Nowhere, OnceGhosts, AgainGhosts };

    NodeList<Nodes> &listOf(NodeId entry) { return m_nodes.segment(entry) == onceSegment ? m_once : m_again; }

    // And moves the target for T1, the faster the fewer ghosts there are of its kind.
    From whereItWas(std::uint64_t hash)
    {
        const double once = double(m_onceGhosts.count()), again = double(m_againGhosts.count());
        if (m_onceGhosts.take(hash)) {
            m_target = std::min(double(m_capacity), m_target + std::max(again / once, 1.0));
            return From::OnceGhosts;
        }
        if (m_againGhosts.take(hash)) {
            m_target = std::max(0.0, m_target - std::max(once / again, 1.0));
            return From::AgainGhosts;
        }
        return From::Nowhere;
    }
    NodeId replace()
    {
        const double length = double(m_once.count());
        const bool isOver = length > m_target || (m_newestFrom == From::AgainGhosts && length == m_target);
        const bool fromOnce = m_again.isEmpty() || (!m_once.isEmpty() && isOver);
        const NodeId gone = (fromOnce ? m_once : m_again).popBack();
        (fromOnce ? m_onceGhosts : m_againGhosts).put(m_nodes.hash(gone));
        return gone;
    }
    void placeNewest()
    {
        const NodeId newest = std::exchange(m_newest, 0);
        if (newest != 0)
            (m_newestFrom == From::Nowhere ? m_once : m_again).pushFront(newest);
        m_newestFrom = From::Nowhere;
    }

    Nodes &m_nodes;
    NodeList<Nodes> m_once, m_again;
    CountedGhosts m_onceGhosts, m_againGhosts;
    double m_target = 0;
    std::size_t m_capacity = 0;
    NodeId m_newest = 0;
    From m_newestFrom = From::Nowhere;
};

} // namespace insitecache
