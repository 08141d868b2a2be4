// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <set>

#include "models/keygraph.h"

namespace insitecache {

/// Which part of the graph is to be drawn.
struct GraphScope {
    std::optional<CacheKey> focus; ///< only what is at most `hops` edges above or below it; not set: everything
    int hops = 2;
    std::optional<CacheKey> pinned; ///< drawn by itself, whatever is grouped
    std::set<QString> expanded;     ///< ids of groups whose content is shown as far as there is room
};

/// What stands for one key or, where there are too many, for several of one type.
struct DrawnNode {
    QString id;               ///< the same after the next reading: the key, or the name of a group
    std::vector<int> members; ///< numbers in the graph, ascending; a group has several
    QString prefix;           ///< what the keys of a group begin with
    bool isRest = false;      ///< a group of what has no group of its own

    bool isGroup() const { return members.size() > 1; }
};

struct DrawnEdge {
    int from = 0, to = 0;
    bool isOnCycle = false;
    friend bool operator==(const DrawnEdge &, const DrawnEdge &) = default;
};

/// At most `mostNodes` nodes, so that it can be taken in and drawn at once. What does not fit is grouped by type, and
/// expanded groups by what their keys begin with; the keys with the most dependents are shown by themselves first.
/// A pure function; any thread.
struct DrawnGraph {
    static constexpr int mostNodes = 150;

    std::vector<DrawnNode> nodes;
    std::vector<DrawnEdge> edges; ///< each once
    int groups = 0;

    DrawnGraph() = default;
    DrawnGraph(const KeyGraph &graph, const GraphScope &scope);

    int indexOf(const QString &id) const;
    /// The node that stands for that key; −1: it is out of the scope.
    int indexOfKey(int number) const;
    /// The same nodes and edges, whoever is in the groups.
    bool hasSameShape(const DrawnGraph &other) const;

private:
    void addEdges(const KeyGraph &graph);

    std::vector<int> m_nodeOf; ///< by number in the graph
};

} // namespace insitecache
