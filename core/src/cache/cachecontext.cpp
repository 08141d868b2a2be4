// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/cachecontext.h"

#include "coherence/eventdispatcher.h"

namespace insitecache {

namespace {

/// "Does not expire": far enough for every database, near enough to add to a clock without overflow.
constexpr Duration foreverTtl = std::chrono::hours(24 * 366 * 100);

Duration shareOf(Duration whole, double share)
{
    return std::chrono::duration_cast<Duration>(whole * share);
}

} // namespace

Tier *CacheContext::tier(Stage stage) const
{
    switch (stage) {
    case Stage::L1: return parts.l1.get();
    case Stage::L2: return parts.l2.get();
    case Stage::L3: return parts.l3.get();
    default: return nullptr;
    }
}

DependencyStore &CacheContext::dependencies()
{
    return parts.dependencies ? *parts.dependencies : memoryDependencies;
}

std::vector<CacheKey> CacheContext::parentsOf(const Entry &entry) const
{
    return parts.parentsOf ? parts.parentsOf(entry) : std::vector<CacheKey>();
}

void CacheContext::overtake(const Selector &which, const UndoRecord *own)
{
    flights.leaveBehind(which);
    undoRecords.overtake(which, own);
}

bool CacheContext::uses(const Policy &begun, std::string_view type, Stage stage) const
{
    return begun.uses(stage) && parts.policies->policyFor(type)->uses(stage);
}

bool CacheContext::isListenedTo() const
{
    return parts.events && parts.events->isListenedTo();
}

void CacheContext::tell(
    CacheEvent::Kind kind, const Selector &scope, const std::string &reason, std::vector<CacheKey> known) const
{
    if (isListenedTo())
        parts.events->publish({kind, scope, std::move(known), false, reason, parts.clock->wall()});
}

EntryPtr CacheContext::finishEntry(Entry entry, Duration ttl, const Policy &policy)
{
    const SteadyTime start = now();
    entry.created = parts.clock->wall();
    entry.ttl = ttl;
    entry.version = ++lastVersion;
    entry.freshUntil = start + ttl;
    entry.staleUntil = entry.freshUntil + entry.staleFor;
    const bool refreshes = policy.refreshAhead > 0 && !entry.negative && !policy.l3IsTruth;
    entry.refreshAt = refreshes ? start + shareOf(ttl, policy.refreshAhead) : entry.freshUntil;
    return std::make_shared<const Entry>(std::move(entry));
}

EntryPtr CacheContext::makeEntry(const CacheKey &key, std::string payload, std::string origin, const Policy &policy)
{
    Entry entry;
    entry.key = key;
    entry.payload = std::move(payload);
    entry.origin = std::move(origin);
    entry.staleFor = policy.staleFor;
    const double factor = 1.0 + policy.jitter * (2.0 * parts.random->unit() - 1.0);
    return finishEntry(std::move(entry), shareOf(policy.ttl, factor), policy);
}

EntryPtr CacheContext::makeNegative(const CacheKey &key, std::string origin, const Policy &policy)
{
    Entry entry;
    entry.key = key;
    entry.origin = std::move(origin);
    entry.negative = true;
    return finishEntry(std::move(entry), policy.negativeTtl, policy);
}

EntryPtr CacheContext::forTier(const EntryPtr &entry, Stage stage, const Policy &policy) const
{
    const bool keptForEver = policy.l3IsTruth && stage == Stage::L3;
    const SteadyTime latest = now() + (keptForEver ? foreverTtl : shareOf(policy.ttl, 1.0 + policy.jitter));
    if (!keptForEver && entry->freshUntil <= latest)
        return entry;
    auto copy = std::make_shared<Entry>(*entry);
    copy->ttl = keptForEver ? foreverTtl : Duration(policy.ttl);
    copy->freshUntil = now() + copy->ttl;
    copy->staleUntil = copy->freshUntil + copy->staleFor;
    copy->refreshAt = copy->freshUntil;
    return copy;
}

} // namespace insitecache
