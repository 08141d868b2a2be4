// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/entryarrangement.h"

namespace insitecache {

/// The dependencies between keys, numbered in the order of their keys, with what the tiers hold of each. Everything
/// that the graph page tells is worked out from here; nobody is asked. Immutable once shared; any thread.
class KeyGraph {
public:
    struct Node {
        CacheKey key;
        int row = -1;                           ///< in the entries; −1: no tier holds it
        std::vector<int> parents{}, children{}; ///< direct ones, ascending
        int cycle = -1;                         ///< which cycle it lies on; −1: none
        bool isOlder = false;                   ///< loaded before one of its parents was
    };
    struct Reached {
        int node = 0;
        int hops = 0; ///< shortest way, in edges
    };
    enum class Way { Down, Up };

    KeyGraph() = default;
    KeyGraph(DependencyPage page, EntryContext context);

    int count() const { return static_cast<int>(m_nodes.size()); }
    const Node &node(int number) const { return m_nodes[static_cast<std::size_t>(number)]; }
    QString text(int number) const { return QString::fromStdString(node(number).key.text()); }
    QString type(int number) const;
    /// −1: there is no such key at the end of any edge.
    int numberOf(const CacheKey &key) const;
    /// Null where no tier holds the key.
    const EntryRow *row(int number) const;
    EntryMoment moment(int number, Millis since) const;
    const std::vector<int> &neighbours(int number, Way way) const;
    /// Everything that can be reached from these, nearest first, each once, without themselves.
    std::vector<Reached> reach(const std::vector<int> &from, Way way, int mostHops = -1) const;
    /// An edge that is part of a cycle, or one from a key to itself.
    bool isOnCycle(int parent, int child) const;

    std::size_t edgeCount() const { return m_edges; }
    int cycleCount() const { return m_cycles; }
    int olderCount() const;
    bool isComplete() const { return m_complete; }
    const EntryPage &entries() const { return m_entries.page; }
    const EntryContext &context() const { return m_entries.context; }
    /// What is asked to load one key of that type; empty: nobody.
    const std::vector<ProviderCalls> &callsFor(std::string_view type) const;

    /// The same keys and edges, whatever the tiers hold.
    bool hasSameShape(const KeyGraph &other) const;

private:
    void addEdges(const std::vector<Edge> &edges);
    void findRows();
    void findCycles();
    void findOlder();

    std::vector<Node> m_nodes;
    EntrySnapshot m_entries;
    std::vector<DependencyPage::Refill> m_refills;
    std::size_t m_edges = 0;
    int m_cycles = 0;
    bool m_complete = true;
};
using KeyGraphPtr = std::shared_ptr<const KeyGraph>;

} // namespace insitecache
