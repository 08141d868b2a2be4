// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <insitecache/base/cachekey.h>

namespace insitecache {

/// "When `parent` changes, `child` is no longer right": a quote is the parent of the search results that show it.
/// An edge belongs to the child's entry: it is written with it and dies with it, and the next load writes it anew.
/// A parent need not be cached. An edge to itself and cycles are allowed; they say nothing new but do no harm.
struct Edge {
    CacheKey parent, child;
    friend bool operator==(const Edge &, const Edge &) = default;
};

struct Dependent {
    CacheKey key;
    int depth = 0; ///< shortest way from a root, in edges; a root that depends on another root is not listed
};

/// Everything that falls with a set of roots. A key is listed once, whatever the number of ways to it.
struct Closure {
    /// Beyond this many dependents an invalidation takes all keys instead of naming them.
    static constexpr std::size_t maxDependents = 100'000;

    std::vector<Dependent> dependents; ///< by depth
    bool complete = true;              ///< false: the cap was reached
};

/// All edges of a cache, each once, in no order that means anything.
struct EdgeList {
    std::vector<Edge> edges;
    bool complete = true; ///< false: there are more than were asked for
};

/// The keys at both ends of the edges, each once, sorted.
std::vector<CacheKey> endsOf(const std::vector<Edge> &edges);

/// What `depends show` tells of one key.
struct Neighbourhood {
    CacheKey key;
    std::vector<CacheKey> parents;             ///< direct ones, by text
    std::vector<Dependent> children;           ///< down to the depth asked for, by depth and text
    std::vector<std::vector<CacheKey>> cycles; ///< each way from the key back to itself, the key first; at most 20
};

} // namespace insitecache
