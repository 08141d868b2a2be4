// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/keygraph.h"

#include <algorithm>

#include "models/strongparts.h"

namespace insitecache {

KeyGraph::KeyGraph(DependencyPage page, EntryContext context) :
    m_entries{std::move(page.entries), std::move(context)}, m_refills(std::move(page.refills)),
    m_complete(page.complete)
{
    addEdges(page.edges);
    findRows();
    findCycles();
    findOlder();
}

void KeyGraph::addEdges(const std::vector<Edge> &edges)
{
    for (CacheKey &key : endsOf(edges))
        m_nodes.push_back({std::move(key)});
    for (const Edge &edge : edges) {
        const int parent = numberOf(edge.parent);
        const int child = numberOf(edge.child);
        m_nodes[static_cast<std::size_t>(parent)].children.push_back(child);
        m_nodes[static_cast<std::size_t>(child)].parents.push_back(parent);
    }
    for (Node &node : m_nodes) {
        for (std::vector<int> *ends : {&node.parents, &node.children}) {
            std::sort(ends->begin(), ends->end());
            ends->erase(std::unique(ends->begin(), ends->end()), ends->end());
        }
        m_edges += node.children.size();
    }
}

// Both are sorted by key.
void KeyGraph::findRows()
{
    const std::vector<EntryRow> &rows = m_entries.page.rows;
    std::size_t row = 0;
    for (Node &node : m_nodes) {
        while (row < rows.size() && rows[row].key < node.key)
            ++row;
        if (row < rows.size() && rows[row].key == node.key)
            node.row = static_cast<int>(row);
    }
}

void KeyGraph::findCycles()
{
    std::vector<std::vector<int>> children;
    children.reserve(m_nodes.size());
    for (const Node &node : m_nodes)
        children.push_back(node.children);
    for (const std::vector<int> &part : strongParts(children)) {
        const std::vector<int> &ends = node(part.front()).children;
        if (part.size() == 1 && !std::binary_search(ends.begin(), ends.end(), part.front()))
            continue;
        for (const int number : part)
            m_nodes[static_cast<std::size_t>(number)].cycle = m_cycles;
        ++m_cycles;
    }
}

void KeyGraph::findOlder()
{
    for (Node &node : m_nodes) {
        const EntryRow *own = node.row < 0 ? nullptr : &m_entries.page.rows[static_cast<std::size_t>(node.row)];
        node.isOlder = own && std::any_of(node.parents.begin(), node.parents.end(), [&](int parent) {
            const EntryRow *from = row(parent);
            return from && from->created > own->created;
        });
    }
}

QString KeyGraph::type(int number) const
{
    const std::string_view type = node(number).key.type();
    return QString::fromLatin1(type.data(), static_cast<qsizetype>(type.size()));
}

int KeyGraph::numberOf(const CacheKey &key) const
{
    const auto place = std::lower_bound(m_nodes.begin(), m_nodes.end(), key,
        [](const Node &node, const CacheKey &wanted) { return node.key < wanted; });
    return place != m_nodes.end() && place->key == key ? static_cast<int>(place - m_nodes.begin()) : -1;
}

const EntryRow *KeyGraph::row(int number) const
{
    const int row = node(number).row;
    return row < 0 ? nullptr : &m_entries.page.rows[static_cast<std::size_t>(row)];
}

EntryMoment KeyGraph::moment(int number, Millis since) const
{
    if (const EntryRow *held = row(number))
        return momentOf(*held, m_entries.context, since);
    EntryRow none;
    none.key = node(number).key;
    return momentOf(none, m_entries.context, since);
}

const std::vector<int> &KeyGraph::neighbours(int number, Way way) const
{
    return way == Way::Down ? node(number).children : node(number).parents;
}

std::vector<KeyGraph::Reached> KeyGraph::reach(const std::vector<int> &from, Way way, int mostHops) const
{
    std::vector<bool> seen(m_nodes.size(), false);
    std::vector<Reached> found;
    for (const int number : from) {
        seen[static_cast<std::size_t>(number)] = true;
        found.push_back({number, 0});
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
        const Reached at = found[i];
        if (at.hops == mostHops)
            break;
        for (const int next : neighbours(at.node, way)) {
            if (seen[static_cast<std::size_t>(next)])
                continue;
            seen[static_cast<std::size_t>(next)] = true;
            found.push_back({next, at.hops + 1});
        }
    }
    found.erase(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(from.size()));
    return found;
}

bool KeyGraph::isOnCycle(int parent, int child) const
{
    return node(parent).cycle >= 0 && node(parent).cycle == node(child).cycle;
}

int KeyGraph::olderCount() const
{
    return static_cast<int>(
        std::count_if(m_nodes.begin(), m_nodes.end(), [](const Node &node) { return node.isOlder; }));
}

const std::vector<ProviderCalls> &KeyGraph::callsFor(std::string_view type) const
{
    static const std::vector<ProviderCalls> nobody;
    const auto refill = std::find_if(m_refills.begin(), m_refills.end(),
        [type](const DependencyPage::Refill &candidate) { return candidate.type == type; });
    return refill == m_refills.end() ? nobody : refill->calls;
}

bool KeyGraph::hasSameShape(const KeyGraph &other) const
{
    return std::equal(m_nodes.begin(), m_nodes.end(), other.m_nodes.begin(), other.m_nodes.end(),
        [](const Node &a, const Node &b) { return a.key == b.key && a.children == b.children; });
}

} // namespace insitecache
