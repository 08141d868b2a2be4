// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unordered_set>

#include "sql/edgestore.h"
#include "sql/sqlkeys.h"

namespace insitecache {

/// Everything below the matching keys, breadth-first with a visited set, in steps of about a thousand edges: between
/// two of them the database thread does what others asked for. An edge that comes or goes meanwhile may be met or not.
/// Blocks; each step on the database thread.
class EdgeWalk {
public:
    EdgeWalk(Selector roots, std::size_t cap) : m_roots(std::move(roots)), m_cap(cap) {}

    /// False: that was the last one, and found() is complete, or has reached the cap and says so.
    Result<bool> step(const EdgeStore &edges);
    Closure &found() { return m_found; }

private:
    Status start(const EdgeStore &edges);
    Status stepLevel(const EdgeStore &edges);
    Status stepParent(const EdgeStore &edges);
    void take(std::vector<CacheKey> children);

    Selector m_roots;
    std::size_t m_cap;
    bool m_started = false;
    std::vector<CacheKey> m_level, m_next;     ///< whose children are asked, and their children
    std::size_t m_asked = 0;                   ///< of m_level
    std::size_t m_together = keysPerStatement; ///< how many of m_level are asked at once
    EdgeStore::ChildRows m_page;               ///< of one parent with more children than fit a step
    int m_depth = 1;
    std::unordered_set<CacheKey> m_seen;
    Closure m_found;
};

} // namespace insitecache
