// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>
#include <vector>

#include "eviction/evictionpolicy.h"

namespace insitecache::test {

/// The words of an eviction policy in an array, for entries that are nothing but a number: entry n has id n + 1.
class ArrayNodes {
public:
    explicit ArrayNodes(std::size_t count) : m_nodes(count + 1) {}

    NodeId next(NodeId id) const { return m_nodes[id].next; }
    NodeId previous(NodeId id) const { return m_nodes[id].previous; }
    void setNext(NodeId id, NodeId to) { m_nodes[id].next = to; }
    void setPrevious(NodeId id, NodeId to) { m_nodes[id].previous = to; }
    unsigned segment(NodeId id) const { return m_nodes[id].segment; }
    void setSegment(NodeId id, unsigned segment) { m_nodes[id].segment = segment; }
    std::uint64_t weight(NodeId id) const { return m_nodes[id].weight; }
    void setWeight(NodeId id, std::uint64_t weight) { m_nodes[id].weight = weight; }
    /// Spreads the number over all bits; no two have the same.
    std::uint64_t hash(NodeId id) const { return hashOf(id); }
    static std::uint64_t hashOf(NodeId id)
    {
        const std::uint64_t x = (id + 1) * 0x9e3779b97f4a7c15ULL;
        return (x ^ (x >> 29)) * 0xbf58476d1ce4e5b9ULL;
    }
    bool wasHit(NodeId id) const { return m_nodes[id].hits != 0; }
    unsigned takeHits(NodeId id) { return std::exchange(m_nodes[id].hits, 0u); }
    void countHit(NodeId id) { ++m_nodes[id].hits; }
    /// As it is when its entry is made.
    void clear(NodeId id) { m_nodes[id] = {}; }

private:
    struct Node {
        NodeId next = 0, previous = 0;
        unsigned segment = 0, hits = 0;
        std::uint64_t weight = 1;
    };
    std::vector<Node> m_nodes;
};

} // namespace insitecache::test
