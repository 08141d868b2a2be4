// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/owedremovals.h"

#include <algorithm>

namespace insitecache {

void OwedRemovals::add(const CacheKey &key)
{
    m_isAnyOwed = true;
    m_keys[key] = ++m_last;
    if (m_keys.size() > maxKeys)
        add(Selector::all());
}

void OwedRemovals::add(const Selector &which)
{
    if (const auto *named = which.namedKeys(); named && named->size() <= maxKeys) {
        for (const CacheKey &key : *named)
            add(key);
        return;
    }
    const bool everything = which.isAll() || m_selectors.size() >= maxSelectors;
    if (everything) {
        m_keys.clear();
        m_selectors.clear();
    }
    m_isAnyOwed = true;
    m_selectors.emplace_back(everything ? Selector::all() : which, ++m_last);
}

bool OwedRemovals::covers(const CacheKey &key) const
{
    if (m_keys.contains(key))
        return true;
    return std::any_of(
        m_selectors.begin(), m_selectors.end(), [&](const auto &owed) { return owed.first.matches(key.text()); });
}

OwedRemovals::Bill OwedRemovals::bill() const
{
    Bill bill;
    bill.upTo = m_last;
    std::vector<CacheKey> keys;
    for (const auto &[key, when] : m_keys)
        keys.push_back(key);
    if (!keys.empty())
        bill.items.push_back(Selector::keys(std::move(keys)));
    for (const auto &[selector, when] : m_selectors)
        bill.items.push_back(selector);
    return bill;
}

void OwedRemovals::settle(const CacheKey &key)
{
    m_keys.erase(key);
    m_isAnyOwed = !isEmpty();
}

void OwedRemovals::settle(std::uint64_t upTo)
{
    std::erase_if(m_keys, [&](const auto &owed) { return owed.second <= upTo; });
    std::erase_if(m_selectors, [&](const auto &owed) { return owed.second <= upTo; });
    m_isAnyOwed = !isEmpty();
}

} // namespace insitecache
