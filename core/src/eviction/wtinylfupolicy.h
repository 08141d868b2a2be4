// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "eviction/frequencysketch.h"
#include "eviction/nodelist.h"

namespace insitecache {

/// W-TinyLFU with a window of fixed size (Einziger, Friedman, Manes: TinyLFU, a highly efficient cache admission
/// policy, ACM TOS 2017). Here to be compared with.
///
/// An LRU window of 1 % of the weight for who is new; then a segmented LRU, 80 % of it protected for those that were
/// hit there. Who leaves the window when something has to go stays only if it is asked for more often than the one
/// whose turn it is in the main part; equals are not let in.
/// Standard C++ only.
template <class Nodes>
class WTinyLfuPolicy final : public EvictionPolicy {
public:
    explicit WTinyLfuPolicy(Nodes &nodes) :
        m_nodes(nodes), m_window(nodes, windowSegment), m_probation(nodes, probationSegment),
        m_protected(nodes, protectedSegment)
    {}

    bool needsEveryHit() const override { return true; }
    void hit(NodeId entry) override
    {
        m_sketch.add(m_nodes.hash(entry));
        NodeList<Nodes> &home = listOf(entry);
        home.remove(entry);
        (&home == &m_window ? m_window : m_protected).pushFront(entry);
        while (m_protected.weight() > protectedLimit())
            m_probation.pushFront(m_protected.popBack());
    }

    void insert(NodeId entry) override
    {
        m_window.pushFront(entry);
        m_sketch.reserve(m_window.count() + m_probation.count() + m_protected.count());
        m_sketch.add(m_nodes.hash(entry));
    }
    void settle() override { leaveWindow(); }

    NodeId evict() override
    {
        const NodeId candidate = leaveWindow();
        const NodeId oldest = m_probation.back();
        const NodeId victim = oldest == 0 || oldest == candidate ? m_protected.back() : oldest;
        if (victim == 0)
            return takeOut(candidate != 0 ? candidate : m_window.back());
        return takeOut(candidate != 0 && !isPreferred(candidate, victim) ? candidate : victim);
    }

    void remove(NodeId entry) override { listOf(entry).remove(entry); }
    std::size_t overheadBytes() const override { return m_sketch.bytes(); }

private:
    static constexpr unsigned windowSegment = 1, probationSegment = 2, protectedSegment = 3;

    std::uint64_t weight() const { return m_window.weight() + m_probation.weight() + m_protected.weight(); }
    std::uint64_t windowLimit() const { return weight() / 100; }
    std::uint64_t protectedLimit() const { return (weight() - windowLimit()) * 4 / 5; }

    NodeList<Nodes> &listOf(NodeId entry)
    {
        switch (m_nodes.segment(entry)) {
        case windowSegment: return m_window;
        case probationSegment: return m_probation;
        default: return m_protected;
        }
    }
    bool isPreferred(NodeId candidate, NodeId victim) const
    {
        return m_sketch.estimate(m_nodes.hash(candidate)) > m_sketch.estimate(m_nodes.hash(victim));
    }
    // The last that had to leave; 0: none. Whoever is newest stays.
    NodeId leaveWindow()
    {
        NodeId left = 0;
        while (m_window.count() > 1 && m_window.weight() > windowLimit()) {
            left = m_window.popBack();
            m_probation.pushFront(left);
        }
        return left;
    }
    NodeId takeOut(NodeId entry)
    {
        if (entry != 0)
            listOf(entry).remove(entry);
        return entry;
    }

    Nodes &m_nodes;
    NodeList<Nodes> m_window, m_probation, m_protected;
    FrequencySketch m_sketch;
};

} // namespace insitecache
