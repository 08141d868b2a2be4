// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/recentscopes.h"

#include <algorithm>

namespace insitecache {

void RecentScopes::raise(Selector which)
{
    raiseAt(m_next, std::move(which));
}

void RecentScopes::raiseAt(std::uint64_t position, Selector which)
{
    m_next = position + 1;
    m_raised.push_back({position, std::move(which)});
    m_names += m_raised.back().names();
    while (m_raised.size() > m_capacity || m_names > maxNames) {
        m_oldestKnown = m_raised.front().position + 1;
        m_names -= m_raised.front().names();
        m_raised.pop_front();
    }
}

void RecentScopes::reset(std::uint64_t position)
{
    m_raised.clear();
    m_names = 0;
    m_next = position;
    m_oldestKnown = position;
}

bool RecentScopes::covers(std::uint64_t since, const CacheKey &key, const std::vector<CacheKey> &parents) const
{
    if (since < m_oldestKnown)
        return true;
    const auto first = std::lower_bound(m_raised.begin(), m_raised.end(), since,
        [](const Raised &raised, std::uint64_t position) { return raised.position < position; });
    return std::any_of(first, m_raised.end(), [&](const Raised &raised) {
        return raised.which.matches(key.text())
            || std::any_of(parents.begin(), parents.end(),
                [&](const CacheKey &parent) { return raised.which.matches(parent.text()); });
    });
}

} // namespace insitecache
