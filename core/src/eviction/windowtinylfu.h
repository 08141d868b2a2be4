// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

#include "eviction/frequencysketch.h"
#include "eviction/ghostset.h"
#include "eviction/nodelist.h"

namespace insitecache {

/// Who adds the uses of entries to the sketch: the lists, when they come by, or somebody else.
enum class SketchUse : bool { ReadOnly, Counts };

/// W-TinyLFU whose hits cost nothing and whose window has a memory.
///
/// A new entry enters a window. What leaves the window competes with the next victim of the main part, which consists
/// of probation and protected; the one used more often for its weight stays (Einziger, Friedman, Manes, "TinyLFU",
/// ACM TOS 2017). Differences:
/// - a hit only counts in the entry; the lists move when the hand comes by, as in CLOCK, so hits need no lock;
/// - keys that lost at the end of the window are remembered, half as many as there are entries. One that comes back
///   goes to the main part at once: the sketch alone is slow to let a returning key in (the ghosts of ARC and S3-FIFO);
/// - the share of the window may change at any time.
///
/// Nothing is remembered or counted before the first eviction, and no memory taken for it.
/// Nodes: see NodeList. Threads: one at a time. Standard C++ only.
template <class Nodes>
class WindowTinyLfu {
public:
    WindowTinyLfu(Nodes &nodes, FrequencySketch &sketch, SketchUse use) : m_nodes(nodes), m_sketch(sketch), m_use(use)
    {}

    std::size_t count() const { return m_window.count() + mainCount(); }

    /// 0 … 1 of the weight; 1 is CLOCK over everything.
    void setWindowShare(double share)
    {
        m_windowShare = share;
        settle();
    }

    void insert(NodeId node)
    {
        const std::uint64_t hash = m_nodes.hash(node);
        const bool cameBack = m_ghosts.take(hash);
        if (m_prepared > 0 && m_use == SketchUse::Counts)
            m_sketch.add(hash);
        (cameBack ? m_probation : m_window).pushFront(node);
    }

    /// There is room: what the window has too much joins the main part without a contest.
    void settle()
    {
        while (m_window.count() > 1 && isWindowOver())
            m_probation.pushFront(m_window.popBack());
    }

    NodeId evict()
    {
        if (count() == 0)
            return 0;
        prepare();
        if (mainCount() == 0 || (m_window.count() > 1 && isWindowOver()))
            return decideAtWindow();
        const NodeId victim = mainVictim();
        remove(victim);
        return victim;
    }

    void remove(NodeId node)
    {
        if (NodeList<Nodes> *list = listOf(m_nodes.segment(node)))
            list->remove(node);
    }

    std::size_t ghostBytes() const { return m_ghosts.bytes(); }

private:
    enum Segment : unsigned { None, Window, Probation, Protected };
    static constexpr int secondChances = 16; ///< in one search; then the hand takes what it finds
    static constexpr double protectedShare = 0.8;

    NodeList<Nodes> *listOf(unsigned segment)
    {
        switch (segment) {
        case Window: return &m_window;
        case Probation: return &m_probation;
        case Protected: return &m_protected;
        default: return nullptr;
        }
    }
    std::size_t mainCount() const { return m_probation.count() + m_protected.count(); }
    std::uint64_t mainWeight() const { return m_probation.weight() + m_protected.weight(); }
    bool isWindowOver() const
    {
        return double(m_window.weight()) > m_windowShare * double(m_window.weight() + mainWeight());
    }
    bool isProtectedOver() const { return double(m_protected.weight()) > protectedShare * double(mainWeight()); }

    /// The memory of the past is made for the number of entries there are now, again when they have doubled, and anew
    /// when three quarters of them are gone.
    void prepare()
    {
        if (count() * 4 < m_prepared)
            forget();
        if (m_prepared * 2 > count())
            return;
        const bool first = m_prepared == 0;
        m_prepared = count();
        m_ghosts.reserve(m_prepared / 2 + 1);
        if (m_use == SketchUse::ReadOnly)
            return;
        m_sketch.reserve(m_prepared);
        for (NodeList<Nodes> *list : {&m_window, &m_probation, &m_protected}) {
            for (NodeId node = first ? list->front() : 0; node != 0; node = m_nodes.next(node))
                m_sketch.add(m_nodes.hash(node));
        }
    }

    void forget()
    {
        m_ghosts = {};
        if (m_use == SketchUse::Counts)
            m_sketch = {};
        m_prepared = 0;
    }

    /// The hits since the hand was here last go to the sketch.
    void note(NodeId node)
    {
        if (m_nodes.wasHit(node))
            note(node, m_nodes.hash(node));
    }
    void note(NodeId node, std::uint64_t hash)
    {
        const unsigned hits = m_nodes.takeHits(node);
        if (hits > 0 && m_use == SketchUse::Counts)
            m_sketch.add(hash, hits);
    }

    NodeId windowVictim()
    {
        for (int chance = 0; chance < secondChances && m_window.count() > 1 && m_nodes.wasHit(m_window.back());
             ++chance) {
            const NodeId node = m_window.popBack();
            note(node);
            m_window.pushFront(node);
        }
        return m_window.back();
    }

    NodeId mainVictim()
    {
        for (int chance = 0; chance < secondChances && !m_probation.isEmpty() && m_nodes.wasHit(m_probation.back());
             ++chance) {
            const NodeId node = m_probation.popBack();
            note(node);
            m_protected.pushFront(node);
            shrinkProtected();
        }
        return m_probation.isEmpty() ? m_protected.back() : m_probation.back();
    }

    void shrinkProtected()
    {
        for (int chance = 0; m_protected.count() > 1 && isProtectedOver();) {
            const NodeId node = m_protected.popBack();
            const bool stays = m_nodes.wasHit(node) && ++chance < secondChances;
            note(node);
            (stays ? m_protected : m_probation).pushFront(node);
        }
    }

    NodeId decideAtWindow()
    {
        const NodeId candidate = windowVictim();
        const std::uint64_t hash = m_nodes.hash(candidate);
        m_window.remove(candidate);
        note(candidate, hash);
        if (mainCount() > 0) {
            const NodeId victim = mainVictim();
            if (prevails(candidate, hash, victim)) {
                remove(victim);
                m_probation.pushFront(candidate);
                return victim;
            }
        }
        m_ghosts.put(hash);
        return candidate;
    }

    /// Uses for each byte: a large entry must earn the room of all those that it pushes out.
    bool prevails(NodeId candidate, std::uint64_t candidateHash, NodeId victim) const
    {
        const std::uint64_t candidateUses = m_sketch.estimate(candidateHash);
        const std::uint64_t victimUses = m_sketch.estimate(m_nodes.hash(victim));
        return candidateUses * m_nodes.weight(victim) > victimUses * m_nodes.weight(candidate);
    }

    Nodes &m_nodes;
    FrequencySketch &m_sketch;
    const SketchUse m_use;
    GhostSet m_ghosts;
    NodeList<Nodes> m_window{m_nodes, Window};
    NodeList<Nodes> m_probation{m_nodes, Probation};
    NodeList<Nodes> m_protected{m_nodes, Protected};
    double m_windowShare = 0.08;
    std::size_t m_prepared = 0; ///< entries that the sketch and the ghosts were made for
};

} // namespace insitecache
