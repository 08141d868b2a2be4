// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/preloadledger.h"

#include <unordered_map>

namespace insitecache {

void PreloadLedger::add(Preloaded what, const Judge &judge)
{
    if (!m_keys.insert(what.key).second)
        return;
    m_followed.push_back(std::move(what));
    if (m_followed.size() <= maxFollowed)
        return;
    const Preloaded oldest = std::move(m_followed.front());
    m_followed.pop_front();
    m_keys.erase(oldest.key);
    judge(oldest, false);
}

void PreloadLedger::look(Tier &l1, SteadyTime now, std::size_t count, const Judge &judge)
{
    std::list<Preloaded> looked;
    std::vector<CacheKey> keys;
    while (looked.size() < count && !m_followed.empty()) {
        keys.push_back(m_followed.front().key);
        looked.splice(looked.end(), m_followed, m_followed.begin());
    }
    if (keys.empty())
        return;
    std::unordered_map<CacheKey, std::uint64_t> hits;
    const std::size_t limit = keys.size();
    l1.list(Selector::keys(std::move(keys)), limit, [&](const Result<TierListing> &listing) {
        for (const TierEntryInfo &info : listing ? listing->entries : std::vector<TierEntryInfo>())
            hits[info.key] = info.hits;
    });
    for (auto one = looked.begin(); one != looked.end();) {
        const auto found = hits.find(one->key);
        const bool used = found != hits.end() && found->second > 0;
        const bool waits = found != hits.end() && now < one->since + waitsFor;
        const auto here = one++;
        if (used || !waits) {
            m_keys.erase(here->key);
            judge(*here, used);
            looked.erase(here);
        }
    }
    m_followed.splice(m_followed.end(), looked);
}

} // namespace insitecache
