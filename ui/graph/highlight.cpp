// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/highlight.h"

namespace insitecache {

Highlight::Highlight(const KeyGraph &graph, const DrawnGraph &drawn, int node, bool withAbove) :
    chosen(node), below(drawn.nodes.size(), -1), above(drawn.nodes.size(), false)
{
    if (!isOn())
        return;
    const std::vector<int> &from = drawn.nodes[static_cast<std::size_t>(node)].members;
    for (const KeyGraph::Reached &reached : graph.reach(from, KeyGraph::Way::Down)) {
        const int at = drawn.indexOfKey(reached.node);
        if (at >= 0 && below[static_cast<std::size_t>(at)] < 0)
            below[static_cast<std::size_t>(at)] = reached.hops;
    }
    below[static_cast<std::size_t>(node)] = 0;
    if (!withAbove)
        return;
    for (const KeyGraph::Reached &reached : graph.reach(from, KeyGraph::Way::Up)) {
        if (const int at = drawn.indexOfKey(reached.node); at >= 0)
            above[static_cast<std::size_t>(at)] = true;
    }
}

bool Highlight::standsOut(int node) const
{
    const auto at = static_cast<std::size_t>(node);
    return !isOn() || below[at] >= 0 || above[at];
}

} // namespace insitecache
