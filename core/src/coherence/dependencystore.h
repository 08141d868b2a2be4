// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <insitecache/base/selector.h>
#include <insitecache/coherence/dependency.h>

namespace insitecache {

/// Where edges are kept: in L3, shared by processes, or in memory where there is no L3. Edges of loaded values come
/// with their fills; this is for what people ask and declare.
/// Cache thread only; callbacks run there exactly once, possibly before the call returns.
class DependencyStore {
public:
    virtual ~DependencyStore() = default;
    /// An edge that a person declares: it stays until it is undeclared.
    virtual void declare(const Edge &edge, std::function<void(Status)> done) = 0;
    /// False: there was none.
    virtual void undeclare(const Edge &edge, std::function<void(Result<bool>)> done) = 0;
    /// Everything below the matching keys, which need not be cached; the matching keys themselves are not listed.
    virtual void closure(const Selector &roots, std::function<void(Result<Closure>)> done) = 0;
    virtual void neighbourhood(const CacheKey &key, int maxDepth, std::function<void(Result<Neighbourhood>)> done) = 0;
    /// At most `limit` of them.
    virtual void edges(std::size_t limit, std::function<void(Result<EdgeList>)> done) = 0;
};

} // namespace insitecache
