// SPDX-License-Identifier: GPL-3.0-or-later
#include "eviction/minicache.h"

namespace insitecache {

namespace {
constexpr std::size_t deadDuesAllowed = 256; ///< beside three for each entry
} // namespace

bool MiniCache::use(std::uint64_t hash, Tick now, Tick life)
{
    expire(now);
    if (m_shadow.use(hash))
        return true;
    setDue(hash, now + life);
    return false;
}

void MiniCache::renew(std::uint64_t hash, Tick now, Tick life)
{
    expire(now);
    if (!m_shadow.dueOf(hash))
        m_shadow.use(hash);
    setDue(hash, now + life);
}

void MiniCache::expire(Tick now)
{
    for (; !m_dues.empty() && m_dues.top().time <= now; m_dues.pop()) {
        const std::int64_t *due = m_shadow.dueOf(m_dues.top().hash);
        if (due && *due == m_dues.top().time)
            m_shadow.drop(m_dues.top().hash);
    }
}

// A small limit may have put it out again at once.
void MiniCache::setDue(std::uint64_t hash, Tick due)
{
    std::int64_t *known = m_shadow.dueOf(hash);
    if (!known)
        return;
    *known = due;
    m_dues.push({due, hash});
    if (m_dues.size() <= 3 * m_shadow.count() + deadDuesAllowed)
        return;
    std::vector<Due> alive;
    m_shadow.forEach([&](std::uint64_t one, std::int64_t time) { alive.push_back({time, one}); });
    m_dues = Dues({}, std::move(alive));
}

void MiniCache::keepOnly(const std::function<bool(std::uint64_t)> &stays)
{
    std::vector<std::uint64_t> leaving;
    m_shadow.forEach([&](std::uint64_t hash, std::int64_t) {
        if (!stays(hash))
            leaving.push_back(hash);
    });
    for (const std::uint64_t hash : leaving)
        m_shadow.drop(hash);
}

} // namespace insitecache
