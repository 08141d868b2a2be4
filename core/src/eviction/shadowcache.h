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
    ShadowCache(double windowShare, FrequencySketch &sketch);

    /// Asks for a key and keeps it. Was it there?
    bool use(std::uint64_t hash);
    /// At most that many from now on.
    void setLimit(std::size_t entries);
    std::size_t count() const { return m_lists.count(); }
    void clear();

private:
    /// Where its lists keep their links. Every entry weighs one.
    class Nodes {
    public:
        struct Node {
            std::uint64_t hash = 0;
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

    const double m_windowShare;
    FrequencySketch &m_sketch;
    Nodes m_nodes;
    WindowTinyLfu<Nodes> m_lists;
    std::vector<NodeId> m_table;
    NodeId m_free = 0;
    std::size_t m_limit = SIZE_MAX;
};

} // namespace insitecache
