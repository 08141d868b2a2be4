// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/dependencygraph.h"

#include <algorithm>

namespace insitecache {

namespace {

constexpr std::size_t maxCycles = 20;

template <class T>
bool contains(const std::vector<T> &values, const T &value)
{
    return std::find(values.begin(), values.end(), value) != values.end();
}

/// The order of neighbours has no meaning, so a removal need not shift the rest.
template <class T>
bool takeOut(std::vector<T> &values, const T &value)
{
    const auto found = std::find(values.begin(), values.end(), value);
    if (found == values.end())
        return false;
    *found = values.back();
    values.pop_back();
    return true;
}

} // namespace

DependencyGraph::Number DependencyGraph::numberOf(const CacheKey &key) const
{
    const auto found = m_numbers.find(key);
    return found == m_numbers.end() ? nobody : found->second;
}

DependencyGraph::Number DependencyGraph::makeNumber(const CacheKey &key)
{
    if (const Number known = numberOf(key); known != nobody)
        return known;
    Number number = static_cast<Number>(m_nodes.size());
    if (m_free.empty()) {
        m_nodes.push_back({key, {}, {}});
    } else {
        number = m_free.back();
        m_free.pop_back();
        m_nodes[number].key = key;
    }
    m_numbers.emplace(key, number);
    return number;
}

void DependencyGraph::forgetIfLonely(Number number)
{
    Node &node = m_nodes[number];
    if (node.key.isEmpty() || !node.parents.empty() || !node.children.empty())
        return;
    m_numbers.erase(node.key);
    node.key = {};
    m_free.push_back(number);
}

// A child has few parents, a parent may have a hundred thousand children: the shorter list is searched.
DependencyGraph::Added DependencyGraph::add(const Edge &edge)
{
    const Number parent = makeNumber(edge.parent);
    const Number child = makeNumber(edge.child);
    if (contains(m_nodes[child].parents, parent))
        return Added::Known;
    const bool closesCycle = parent == child || reaches(child, parent);
    m_nodes[parent].children.push_back(child);
    m_nodes[child].parents.push_back(parent);
    ++m_edges;
    return closesCycle ? Added::NewClosesCycle : Added::New;
}

bool DependencyGraph::remove(const Edge &edge)
{
    const Number parent = numberOf(edge.parent);
    const Number child = numberOf(edge.child);
    if (parent == nobody || child == nobody || !takeOut(m_nodes[child].parents, parent))
        return false;
    takeOut(m_nodes[parent].children, child);
    --m_edges;
    forgetIfLonely(parent);
    forgetIfLonely(child);
    return true;
}

// Each parent's list is filtered once, whatever the number of its children that go: a root may lose all of its
// hundred thousand at one time.
std::size_t DependencyGraph::dropEdgesOf(const std::vector<CacheKey> &children)
{
    std::vector<bool> gone(m_nodes.size(), false);
    std::vector<Number> dropped, parents;
    for (const CacheKey &child : children) {
        const Number number = numberOf(child);
        if (number == nobody || gone[number])
            continue;
        gone[number] = true;
        dropped.push_back(number);
        parents.insert(parents.end(), m_nodes[number].parents.begin(), m_nodes[number].parents.end());
        m_nodes[number].parents.clear();
    }
    const std::size_t edges = parents.size();
    m_edges -= edges;
    std::sort(parents.begin(), parents.end());
    parents.erase(std::unique(parents.begin(), parents.end()), parents.end());
    for (const Number parent : parents)
        std::erase_if(m_nodes[parent].children, [&](Number child) { return gone[child]; });
    for (const auto &list : {parents, dropped})
        std::for_each(list.begin(), list.end(), [this](Number number) { forgetIfLonely(number); });
    return edges;
}

/// Visits every key below the roots once, nearest first; `visit(number, depth)` returns false to stop.
template <class Visit>
void DependencyGraph::walk(const std::vector<Number> &roots, Visit visit) const
{
    std::vector<bool> seen(m_nodes.size(), false);
    for (const Number root : roots)
        seen[root] = true;
    std::vector<Number> level = roots;
    for (int depth = 1; !level.empty(); ++depth) {
        std::vector<Number> next;
        for (const Number number : level) {
            for (const Number child : m_nodes[number].children) {
                if (seen[child])
                    continue;
                seen[child] = true;
                if (!visit(child, depth))
                    return;
                next.push_back(child);
            }
        }
        level = std::move(next);
    }
}

bool DependencyGraph::reaches(Number from, Number to) const
{
    if (m_nodes[from].children.empty() || m_nodes[to].parents.empty())
        return false;
    bool found = false;
    walk({from}, [&](Number number, int) { return !(found = number == to); });
    return found;
}

Closure DependencyGraph::closure(const std::vector<CacheKey> &roots, std::size_t cap) const
{
    std::vector<Number> known;
    for (const CacheKey &root : roots) {
        if (const Number number = numberOf(root); number != nobody)
            known.push_back(number);
    }
    Closure closure;
    walk(known, [&](Number number, int depth) {
        closure.complete = closure.dependents.size() < cap;
        if (closure.complete)
            closure.dependents.push_back({m_nodes[number].key, depth});
        return closure.complete;
    });
    return closure;
}

std::vector<CacheKey> DependencyGraph::parentsMatching(const Selector &which) const
{
    if (const auto *named = which.namedKeys())
        return *named;
    std::vector<CacheKey> parents;
    for (const Node &node : m_nodes) {
        if (!node.children.empty() && which.matches(node.key.text()))
            parents.push_back(node.key);
    }
    return parents;
}

Neighbourhood DependencyGraph::neighbourhood(const CacheKey &key, int maxDepth) const
{
    Neighbourhood out;
    out.key = key;
    const Number number = numberOf(key);
    if (number == nobody)
        return out;
    for (const Number parent : m_nodes[number].parents)
        out.parents.push_back(m_nodes[parent].key);
    std::sort(out.parents.begin(), out.parents.end());
    walk({number}, [&](Number child, int depth) {
        if (depth <= maxDepth)
            out.children.push_back({m_nodes[child].key, depth});
        return depth <= maxDepth;
    });
    std::sort(out.children.begin(), out.children.end(),
        [](const Dependent &a, const Dependent &b) { return a.depth != b.depth ? a.depth < b.depth : a.key < b.key; });
    findCycles(number, out.cycles);
    return out;
}

EdgeList DependencyGraph::edges(std::size_t limit) const
{
    EdgeList list;
    list.complete = m_edges <= limit;
    list.edges.reserve(std::min(m_edges, limit));
    for (const Node &parent : m_nodes) {
        for (const Number child : parent.children) {
            if (list.edges.size() == limit)
                return list;
            list.edges.push_back({parent.key, m_nodes[child].key});
        }
    }
    return list;
}

/// One shortest cycle for each child of the start that leads back to it: all simple cycles would be exponentially many.
void DependencyGraph::findCycles(Number start, std::vector<std::vector<CacheKey>> &cycles) const
{
    for (const Number first : m_nodes[start].children) {
        if (cycles.size() == maxCycles)
            return;
        std::unordered_map<Number, Number> cameFrom{{first, start}};
        std::vector<Number> queue{first};
        for (std::size_t i = 0; i < queue.size() && queue.back() != start; ++i) {
            for (const Number child : m_nodes[queue[i]].children) {
                if (cameFrom.try_emplace(child, queue[i]).second)
                    queue.push_back(child);
                if (child == start)
                    break;
            }
        }
        if (queue.back() != start)
            continue;
        std::vector<CacheKey> cycle;
        for (Number at = cameFrom.at(start); at != start; at = cameFrom.at(at))
            cycle.push_back(m_nodes[at].key);
        cycle.push_back(m_nodes[start].key);
        std::reverse(cycle.begin(), cycle.end());
        cycles.push_back(std::move(cycle));
    }
}

} // namespace insitecache
