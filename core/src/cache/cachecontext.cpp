// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/cachecontext.h"

#include "coherence/eventdispatcher.h"

namespace insitecache {

namespace {

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

WhatIf::Counted CacheContext::countedInL1() const
{
    const TierTotals l1 = parts.metrics->totals().tiers[static_cast<std::size_t>(Stage::L1)];
    return {l1.lookups, l1.hits};
}

std::optional<MissReason> CacheContext::reasonOf(Stage stage, const CacheKey &key, const TierRead &read) const
{
    const Sightings &seen = sightings[static_cast<std::size_t>(stage)];
    switch (read.outcome) {
    case Outcome::Negative: return MissReason::Negative;
    case Outcome::Corrupt: return MissReason::Corrupt;
    case Outcome::Miss: return read.why ? *read.why : seen.reasonOf(key.text(), now());
    case Outcome::Stale:
        return seen.reasonOf(key.text(), now()) == MissReason::Invalidated ? MissReason::Invalidated
                                                                           : MissReason::Expired;
    case Outcome::Timeout:
    case Outcome::Open:
    case Outcome::Error: return MissReason::Down;
    default: return std::nullopt;
    }
}

std::optional<MissReason> CacheContext::countMiss(Stage stage, const CacheKey &key, const TierRead &read)
{
    const auto why = reasonOf(stage, key, read);
    if (why)
        parts.metrics->tierMissed(stage, key.type(), *why);
    if (read.outcome == Outcome::Hit || read.outcome == Outcome::Negative)
        seenIn(stage).seen(key.text(), read.entry->staleUntil());
    return why;
}

EntryPtr CacheContext::finishEntry(EntryFields entry, Duration ttl, const Policy &policy)
{
    const SteadyTime start = now();
    entry.created = parts.clock->wall();
    entry.ttl = ttl;
    entry.version = ++lastVersion;
    entry.freshUntil = start + ttl;
    const bool refreshes = policy.refreshAhead > 0 && !entry.negative && !policy.l3IsTruth;
    entry.refreshAt = refreshes ? start + shareOf(ttl, policy.refreshAhead) : entry.freshUntil;
    return Entry::make(entry);
}

EntryPtr CacheContext::makeEntry(const CacheKey &key, std::string payload, std::string origin, const Policy &policy)
{
    EntryFields entry;
    entry.key = key;
    entry.payload = std::move(payload);
    entry.origin = std::move(origin);
    entry.staleFor = policy.staleFor;
    const double factor = 1.0 + policy.jitter * (2.0 * parts.random->unit() - 1.0);
    return finishEntry(std::move(entry), shareOf(policy.ttl, factor), policy);
}

// What an upstream or a calendar said is an end, so jitter only shortens.
EntryPtr CacheContext::makeLoaded(Fetched fetched, const Policy &policy, std::string &ttlReason)
{
    if (!policy.adaptiveTtl)
        return makeEntry(fetched.key, std::move(*fetched.payload), std::move(fetched.origin), policy);
    const auto closedUntil = parts.closedUntil ? parts.closedUntil(fetched.key, *fetched.payload) : std::nullopt;
    const TtlClues clues{now(), parts.clock->wall(), fetched.life, closedUntil};
    TtlAdvice advice = ttls.advise(fetched.key, *fetched.payload, clues, policy);
    ttlReason = std::move(advice.why);
    EntryFields entry;
    entry.key = fetched.key;
    entry.payload = std::move(*fetched.payload);
    entry.origin = std::move(fetched.origin);
    entry.staleFor = policy.staleFor;
    const double factor = 1.0 - policy.jitter * parts.random->unit();
    return finishEntry(std::move(entry), shareOf(advice.ttl, factor), policy);
}

EntryPtr CacheContext::makeNegative(const CacheKey &key, std::string origin, const Policy &policy)
{
    EntryFields entry;
    entry.key = key;
    entry.origin = std::move(origin);
    entry.negative = true;
    return finishEntry(std::move(entry), policy.negativeTtl, policy);
}

EntryPtr CacheContext::forTier(const EntryPtr &entry, Stage stage, const Policy &policy) const
{
    const bool keptForEver = policy.l3IsTruth && stage == Stage::L3;
    const SteadyTime latest = now() + (keptForEver ? foreverLife : shareOf(policy.longestTtl(), 1.0 + policy.jitter));
    if (!keptForEver && entry->freshUntil() <= latest)
        return entry;
    EntryFields copy = entry->fields();
    copy.ttl = keptForEver ? foreverLife : Duration(policy.longestTtl());
    copy.freshUntil = now() + copy.ttl;
    copy.refreshAt = copy.freshUntil;
    return Entry::make(copy);
}

} // namespace insitecache
