// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/sightings.h"

#include <algorithm>

#include "tiers/entryhash.h"

namespace insitecache {

namespace {

constexpr std::size_t sightingSets = 4096;
constexpr std::size_t mostScopes = 64;

std::uint32_t wholeSecondsUntil(SteadyTime time)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(time.time_since_epoch()).count();
    return std::uint32_t(std::clamp<std::int64_t>(seconds, 1, UINT32_MAX));
}

std::uint32_t sightingFingerprint(std::uint64_t hash)
{
    return std::uint32_t(hash >> 32);
}

} // namespace

Sightings::Mark *Sightings::find(std::uint64_t hash) const
{
    if (!m_sets)
        return nullptr;
    Set &set = m_sets[hash % sightingSets];
    const auto mark = std::find_if(set.begin(), set.end(),
        [&](const Mark &one) { return one.seen != 0 && one.fingerprint == sightingFingerprint(hash); });
    return mark == set.end() ? nullptr : &*mark;
}

void Sightings::seen(std::string_view key, SteadyTime until)
{
    const std::uint64_t hash = hashOfKey(key);
    const std::lock_guard lock(m_mutex);
    if (!m_sets)
        m_sets = std::make_unique<Set[]>(sightingSets);
    Set &set = m_sets[hash % sightingSets];
    Mark *mark = find(hash);
    Mark *place = mark ? mark : &set.back();
    std::move_backward(set.data(), place, place + 1);
    set.front() = {sightingFingerprint(hash), wholeSecondsUntil(until), m_position};
}

void Sightings::invalidated(const Selector &which)
{
    const std::lock_guard lock(m_mutex);
    if (!m_sets)
        return;
    const std::vector<CacheKey> *named = which.namedKeys();
    if (!named) {
        m_scopes.push_back({++m_position, which});
        if (m_scopes.size() > mostScopes)
            m_scopes.pop_front();
        return;
    }
    for (const CacheKey &key : *named) {
        if (Mark *mark = find(hashOfKey(key.text())))
            mark->until = 0;
    }
}

bool Sightings::isCovered(const Mark &mark, std::string_view key) const
{
    return std::any_of(m_scopes.begin(), m_scopes.end(),
        [&](const Scope &scope) { return scope.position > mark.seen && scope.which.matches(key); });
}

MissReason Sightings::reasonOf(std::string_view key, SteadyTime now) const
{
    const std::lock_guard lock(m_mutex);
    const Mark *mark = find(hashOfKey(key));
    if (!mark)
        return MissReason::Cold;
    if (mark->until == 0 || isCovered(*mark, key))
        return MissReason::Invalidated;
    return now.time_since_epoch() >= std::chrono::seconds(mark->until) ? MissReason::Expired : MissReason::Evicted;
}

} // namespace insitecache
