// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/lookupreader.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace insitecache {

namespace {

/// Takes those out that ask for a key of one before them, or twice for their own.
std::vector<LookupPtr> takeRepeated(std::vector<LookupPtr> &lookups)
{
    std::size_t count = 0;
    for (const LookupPtr &lookup : lookups)
        count += lookup->open.keys.size();
    std::unordered_set<std::string_view> asked;
    asked.reserve(count);
    std::vector<LookupPtr> first, repeated;
    first.reserve(lookups.size());
    for (LookupPtr &lookup : lookups) {
        bool isFirst = true;
        for (const CacheKey &key : lookup->open.keys)
            isFirst = asked.insert(key.text()).second && isFirst;
        (isFirst ? first : repeated).push_back(std::move(lookup));
    }
    lookups = std::move(first);
    return repeated;
}

} // namespace

LookupReader::LookupReader(TieredCache &cache, Refresh refresh, PassOn passOn) :
    m_cache(cache), m_refresh(std::move(refresh)), m_passOn(std::move(passOn))
{}

LookupReader::~LookupReader() = default;

bool LookupReader::take(LookupPtr lookup)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_closing)
            return false;
        m_queued.push_back(std::move(lookup));
        if (m_queued.size() > 1)
            return true;
        if (!m_thread.joinable())
            m_thread = std::thread([this] { run(); });
    }
    m_wake.notify_one();
    return true;
}

void LookupReader::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void LookupReader::run()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, [this] { return !m_queued.empty() || m_closing; });
        auto lookups = std::exchange(m_queued, {});
        const bool closing = m_closing;
        lock.unlock();
        if (closing && !lookups.empty())
            m_passOn(std::move(lookups));
        if (closing)
            return;
        answer(std::move(lookups));
        lock.lock();
    }
}

void LookupReader::answer(std::vector<LookupPtr> lookups)
{
    std::vector<LookupPtr> repeated;
    if (lookups.size() > 1)
        repeated = takeRepeated(lookups);
    read(lookups);
    for (LookupPtr &lookup : repeated) {
        takeHits(*lookup);
        lookups.push_back(std::move(lookup));
    }
    const auto open = std::stable_partition(
        lookups.begin(), lookups.end(), [](const LookupPtr &lookup) { return lookup->open.keys.empty(); });
    std::vector<LookupPtr> rest(std::make_move_iterator(open), std::make_move_iterator(lookups.end()));
    lookups.erase(open, lookups.end());
    if (!rest.empty())
        m_passOn(std::move(rest));
    keepPromises(lookups);
}

void LookupReader::read(const std::vector<LookupPtr> &lookups)
{
    std::vector<TieredCache::Asked> asked;
    for (const LookupPtr &lookup : lookups) {
        const OpenLookups &open = lookup->open;
        for (std::size_t i = 0; i < open.keys.size(); ++i)
            asked.push_back({&open.keys[i], &lookup->answers[open.places[i]]});
    }
    if (m_cache.tryDirect(asked) == 0)
        return;
    for (const LookupPtr &lookup : lookups)
        leaveAnswered(*lookup);
}

void LookupReader::takeHits(LookupUnderWay &lookup)
{
    const OpenLookups &open = lookup.open;
    for (std::size_t i = 0; i < open.keys.size(); ++i)
        m_cache.tryHit(open.keys[i], lookup.answers[open.places[i]]);
    leaveAnswered(lookup);
}

void LookupReader::leaveAnswered(LookupUnderWay &lookup)
{
    for (const std::size_t place : lookup.open.places) {
        if (lookup.answers[place].refreshing)
            m_refresh(lookup.answers[place].key);
    }
    lookup.open.leaveAnswered(lookup.answers);
}

} // namespace insitecache
