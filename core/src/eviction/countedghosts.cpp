// SPDX-License-Identifier: GPL-3.0-or-later
#include "eviction/countedghosts.h"

namespace insitecache {

void CountedGhosts::put(std::uint64_t hash)
{
    take(hash);
    m_order.push_front(hash);
    m_places.emplace(hash, m_order.begin());
}

bool CountedGhosts::take(std::uint64_t hash)
{
    const auto found = m_places.find(hash);
    if (found == m_places.end())
        return false;
    m_order.erase(found->second);
    m_places.erase(found);
    return true;
}

void CountedGhosts::trim(std::size_t limit)
{
    while (m_order.size() > limit) {
        m_places.erase(m_order.back());
        m_order.pop_back();
    }
}

} // namespace insitecache
