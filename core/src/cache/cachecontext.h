// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <optional>
#include <string>

#include <insitecache/cache/tieredcache.h>

#include <insitecache/coherence/subscription.h>

#include "cache/flight.h"
#include "cache/poisonguard.h"
#include "cache/sightings.h"
#include "cache/ttladvisor.h"
#include "cache/turns.h"
#include "cache/writebehind.h"
#include "coherence/memorydependencies.h"
#include "coherence/outbox.h"
#include "coherence/undorecords.h"
#include "tiers/memorytier.h"

namespace insitecache {

/// What the coordinator's operations share: the parts, the flights, and how entries get their times.
/// Cache thread only, but for parts.l1, policies, metrics and sightings, which are thread-safe themselves.
struct CacheContext {
    TieredCacheParts parts;
    TtlAdvisor ttls;
    FlightTable flights;
    Turns turns;
    PoisonGuard poison;
    MemoryDependencies memoryDependencies; ///< used where L3 keeps none
    Outbox outbox{*this};
    WriteBehind writeBehind{*this};
    std::array<Sightings, tierCount> sightings; ///< by tier; nobody asks that of L1, which knows what it drops
    std::uint64_t lastVersion = 0;
    UndoRecords undoRecords;
    bool closed = false;

    SteadyTime now() const { return parts.clock->now(); }
    /// Compares the clocks again: about once a second, since the wall's may be set.
    void compareClocks() { m_wallAhead = parts.clock->wall().time_since_epoch() - now().time_since_epoch(); }
    /// What the clock on the wall says at `now`, without asking it: two clocks are too many for a hit in L1. Any
    /// thread.
    WallTime wallAt(SteadyTime now) const
    {
        return WallTime(
            std::chrono::floor<Millis>(now.time_since_epoch() + m_wallAhead.load(std::memory_order_relaxed)));
    }
    /// The tier at that stage, or null.
    Tier *tier(Stage stage) const;
    DependencyStore &dependencies();
    std::vector<CacheKey> parentsOf(const Entry &entry) const;
    /// These keys are written or invalidated: no lookup joins a flight from before, and no undo but that of `own`
    /// brings them back.
    void overtake(const Selector &which, const UndoRecord *own = nullptr);
    bool isListenedTo() const;
    /// Tells subscribers of what this process did. `known`: keys of a scope that names none.
    void tell(CacheEvent::Kind kind, const Selector &scope, const std::string &reason,
        std::vector<CacheKey> known = {}) const;

    /// Does the type use that tier, by the policy that an operation began with and by the one that holds now?
    bool uses(const Policy &begun, std::string_view type, Stage stage) const;

    /// What L1 answered so far.
    WhatIf::Counted countedInL1() const;
    Sightings &seenIn(Stage stage) { return sightings[static_cast<std::size_t>(stage)]; }
    /// Notes what L2 or L3 said of the key; why that is no fresh value, counted, or nothing.
    std::optional<MissReason> countMiss(Stage stage, const CacheKey &key, const TierRead &read);

    /// A fresh entry as the policy wants it, its life jittered.
    EntryPtr makeEntry(const CacheKey &key, std::string payload, std::string origin, const Policy &policy);
    /// What a source gave; `ttlReason` is set where the policy is adaptive. Needs a payload.
    EntryPtr makeLoaded(Fetched fetched, const Policy &policy, std::string &ttlReason);
    EntryPtr makeNegative(const CacheKey &key, std::string origin, const Policy &policy);
    /// The entry as a tier keeps it: never longer than the policy's life; for ever where L3 is the truth.
    EntryPtr forTier(const EntryPtr &entry, Stage stage, const Policy &policy) const;

private:
    std::optional<MissReason> reasonOf(Stage stage, const CacheKey &key, const TierRead &read) const;
    EntryPtr finishEntry(EntryFields entry, Duration ttl, const Policy &policy);

    std::atomic<Duration> m_wallAhead{Duration::zero()};
};

} // namespace insitecache
