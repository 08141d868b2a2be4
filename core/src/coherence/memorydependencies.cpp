// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/memorydependencies.h"

namespace insitecache {

void MemoryDependencies::replaceParents(const CacheKey &child, const std::vector<CacheKey> &parents)
{
    if (m_graph.edgeCount() + parents.size() > maxEdges)
        forgetLoaded();
    m_graph.dropEdgesOf({child});
    for (const CacheKey &parent : parents)
        m_graph.add({parent, child});
    for (const auto &[parent, declared] : m_declared) {
        if (declared == child)
            m_graph.add({parent, child});
    }
}

void MemoryDependencies::forgetLoaded()
{
    m_graph = {};
    for (const auto &[parent, child] : m_declared)
        m_graph.add({parent, child});
}

void MemoryDependencies::declare(const Edge &edge, std::function<void(Status)> done)
{
    m_declared.emplace(edge.parent, edge.child);
    m_graph.add(edge);
    done({});
}

void MemoryDependencies::undeclare(const Edge &edge, std::function<void(Result<bool>)> done)
{
    m_declared.erase({edge.parent, edge.child});
    done(m_graph.remove(edge));
}

void MemoryDependencies::closure(const Selector &roots, std::function<void(Result<Closure>)> done)
{
    done(m_graph.closure(m_graph.parentsMatching(roots)));
}

void MemoryDependencies::neighbourhood(
    const CacheKey &key, int maxDepth, std::function<void(Result<Neighbourhood>)> done)
{
    done(m_graph.neighbourhood(key, maxDepth));
}

void MemoryDependencies::edges(std::size_t limit, std::function<void(Result<EdgeList>)> done)
{
    done(m_graph.edges(limit));
}

} // namespace insitecache
