// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>

#include "coherence/dependencygraph.h"
#include "coherence/dependencystore.h"

namespace insitecache {

/// The edges where there is no L3: of this process alone, and gone with it. Bounded: beyond `maxEdges` the edges of
/// loaded values are forgotten, so that a long life without a database does not grow; their values end by their TTL.
/// Cache thread only.
class MemoryDependencies final : public DependencyStore {
public:
    static constexpr std::size_t maxEdges = 500'000;

    /// The value of `child` was loaded from these parents; what it was loaded from before no longer counts.
    void replaceParents(const CacheKey &child, const std::vector<CacheKey> &parents);

    void declare(const Edge &edge, std::function<void(Status)> done) override;
    void undeclare(const Edge &edge, std::function<void(Result<bool>)> done) override;
    void closure(const Selector &roots, std::function<void(Result<Closure>)> done) override;
    void neighbourhood(const CacheKey &key, int maxDepth, std::function<void(Result<Neighbourhood>)> done) override;
    void edges(std::size_t limit, std::function<void(Result<EdgeList>)> done) override;

private:
    void forgetLoaded();

    DependencyGraph m_graph;
    std::set<std::pair<CacheKey, CacheKey>> m_declared; ///< parent, child
};

} // namespace insitecache
