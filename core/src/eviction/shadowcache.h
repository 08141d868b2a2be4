// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "eviction/windowtinylfu.h"

namespace insitecache {

/// A cache of hashes without values: what a window of a given share would have done with the same requests.
/// Not thread-safe. Standard C++ only.
class ShadowCache {
public:
    /// `use`: does it count the uses in the sketch, or does its owner?
    ShadowCache(double windowShare, FrequencySketch &sketch, SketchUse use = SketchUse::ReadOnly);

    /// Asks for a key and keeps it. Was it there?
    bool use(std::uint64_t hash);
    void drop(std::uint64_t hash);
    /// A time that its owner keeps with a key, 0 at first; null for a key that is not there.
    std::int64_t *dueOf(std::uint64_t hash);
    /// Calls `visit(hash, due)` for every key, in no order.
    template <class Visit>
    void forEach(Visit visit);
    /// At most that many from now on.
    void setLimit(std::size_t entries);
    void setWindowShare(double share) { m_lists.setWindowShare(share); }
    std::size_t count() const { return m_lists.count(); }
    std::size_t bytes() const
    {
        return m_nodes.all.capacity() * sizeof(Nodes::Node) + m_table.size() * sizeof(NodeId) + m_lists.ghostBytes();
    }
    void clear();

private:
    /// Where its lists keep their links. Every entry weighs one.
    class Nodes {
    public:
        struct Node {
            std::uint64_t hash = 0;
            std::int64_t due = 0;
            NodeId previous = 0, next = 0;
            NodeId chained = 0; ///< the next with the same place in the table; the next free one
            std::uint8_t segment = 0;
            std::uint8_t hits = 0;
        };
        std::vector<Node> all{1}; ///< 0 is none

        NodeId next(NodeId id) const { return all[id].next; }
        NodeId previous(NodeId id) const { return all[id].previous; }
        void setNext(NodeId id, NodeId to) { all[id].next = to; }
        void setPrevious(NodeId id, NodeId to) { all[id].previous = to; }
        unsigned segment(NodeId id) const { return all[id].segment; }
        void setSegment(NodeId id, unsigned segment) { all[id].segment = std::uint8_t(segment); }
        std::uint64_t weight(NodeId) const { return 1; }
        std::uint64_t hash(NodeId id) const { return all[id].hash; }
        bool wasHit(NodeId id) const { return all[id].hits > 0; }
        unsigned takeHits(NodeId id) { return std::exchange(all[id].hits, std::uint8_t(0)); }
    };

    NodeId &placeOf(std::uint64_t hash) { return m_table[(hash >> 20) & (m_table.size() - 1)]; }
    NodeId find(std::uint64_t hash);
    NodeId add(std::uint64_t hash);
    void erase(NodeId node);
    void rehash();

    Nodes m_nodes;
    WindowTinyLfu<Nodes> m_lists;
    std::vector<NodeId> m_table;
    NodeId m_free = 0;
    std::size_t m_limit = SIZE_MAX;
};

template <class Visit>
void ShadowCache::forEach(Visit visit)
{
    for (NodeId node : m_table) {
        for (; node != 0; node = m_nodes.all[node].chained)
            visit(m_nodes.all[node].hash, m_nodes.all[node].due);
    }
}

} // namespace insitecache
