// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

#include "eviction/evictionpolicy.h"

namespace insitecache {

/// A doubly linked list through words that the entries hold for it, so that it allocates nothing. Which list an entry
/// is in, its segment, is written into the entry; one entry is in one list at most.
///
/// `Nodes` says where those words are:
///     NodeId next(NodeId), previous(NodeId); void setNext(NodeId, NodeId), setPrevious(NodeId, NodeId);
///     unsigned segment(NodeId); void setSegment(NodeId, unsigned);   // 0: in no list; at most 7
///     std::uint64_t weight(NodeId);                                  // at least 1
///     std::uint64_t hash(NodeId);                                    // of its key
///     unsigned takeHits(NodeId);                                     // since the last call
///     bool wasHit(NodeId);
/// Standard C++ only.
template <class Nodes>
class NodeList {
public:
    NodeList(Nodes &nodes, unsigned segment) : m_nodes(nodes), m_segment(segment) {}

    bool isEmpty() const { return m_count == 0; }
    std::size_t count() const { return m_count; }
    std::uint64_t weight() const { return m_weight; }
    NodeId front() const { return m_front; }
    NodeId back() const { return m_back; }

    void pushFront(NodeId node)
    {
        m_nodes.setSegment(node, m_segment);
        m_nodes.setPrevious(node, 0);
        m_nodes.setNext(node, m_front);
        (m_front ? setPreviousOf(m_front, node) : setBack(node));
        m_front = node;
        ++m_count;
        m_weight += m_nodes.weight(node);
    }

    void remove(NodeId node)
    {
        const NodeId previous = m_nodes.previous(node);
        const NodeId next = m_nodes.next(node);
        (previous ? m_nodes.setNext(previous, next) : setFront(next));
        (next ? m_nodes.setPrevious(next, previous) : setBack(previous));
        m_nodes.setSegment(node, 0);
        --m_count;
        m_weight -= m_nodes.weight(node);
    }

    NodeId popBack()
    {
        const NodeId node = m_back;
        remove(node);
        return node;
    }

private:
    void setPreviousOf(NodeId node, NodeId previous) { m_nodes.setPrevious(node, previous); }
    void setFront(NodeId node) { m_front = node; }
    void setBack(NodeId node) { m_back = node; }

    Nodes &m_nodes;
    unsigned m_segment;
    NodeId m_front = 0;
    NodeId m_back = 0;
    std::size_t m_count = 0;
    std::uint64_t m_weight = 0;
};

} // namespace insitecache
