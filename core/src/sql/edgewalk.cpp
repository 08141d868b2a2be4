// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/edgewalk.h"

#include <algorithm>
#include <utility>

namespace insitecache {

namespace {
constexpr std::size_t edgesPerStep = 1'000;
} // namespace

Result<bool> EdgeWalk::step(const EdgeStore &edges)
{
    const Status stepped = !m_started ? start(edges) : m_page.isFull ? stepParent(edges) : stepLevel(edges);
    if (!stepped)
        return tl::unexpected(stepped.error());
    if (!m_found.complete)
        return false;
    if (m_asked == m_level.size() && !m_page.isFull) {
        m_level = std::exchange(m_next, {});
        m_asked = 0;
        ++m_depth;
    }
    return !m_level.empty();
}

Status EdgeWalk::start(const EdgeStore &edges)
{
    auto roots = edges.rootsOf(m_roots);
    if (!roots)
        return tl::unexpected(roots.error());
    m_started = true;
    m_seen.insert(roots->begin(), roots->end());
    m_next = std::move(*roots);
    m_depth = 0;
    return {};
}

// Too many for one step: half as many parents are asked, and a single one has its children read page by page.
Status EdgeWalk::stepLevel(const EdgeStore &edges)
{
    const std::size_t count = std::min(m_together, m_level.size() - m_asked);
    const auto first = m_level.begin() + static_cast<std::ptrdiff_t>(m_asked);
    auto rows = edges.childrenOf({first, first + static_cast<std::ptrdiff_t>(count)}, edgesPerStep);
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->isFull && count > 1) {
        m_together = count / 2;
        return {};
    }
    m_together = std::min(keysPerStatement, m_together * 2);
    if (rows->isFull)
        return stepParent(edges);
    m_asked += count;
    take(std::move(rows->keys));
    return {};
}

Status EdgeWalk::stepParent(const EdgeStore &edges)
{
    auto rows = edges.childrenAfter(m_level[m_asked], m_page, edgesPerStep);
    if (!rows)
        return tl::unexpected(rows.error());
    take(std::exchange(rows->keys, {}));
    m_page = std::move(*rows);
    if (!m_page.isFull) {
        m_page = {};
        ++m_asked;
    }
    return {};
}

void EdgeWalk::take(std::vector<CacheKey> children)
{
    for (CacheKey &child : children) {
        if (!m_seen.insert(child).second)
            continue;
        m_next.push_back(child);
        if (m_roots.matches(child.text()))
            continue;
        if (m_found.dependents.size() == m_cap) {
            m_found.complete = false;
            return;
        }
        m_found.dependents.push_back({std::move(child), m_depth});
    }
}

} // namespace insitecache
