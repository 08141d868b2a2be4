// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <insitecache/base/random.h>
#include <insitecache/cache/lookup.h>
#include <insitecache/cache/policy.h>
#include <insitecache/coherence/dependency.h>
#include <insitecache/coherence/invalidation.h>
#include <insitecache/coherence/schedule.h>
#include <insitecache/metrics/metrics.h>
#include <insitecache/tiers/whatifreport.h>
#include <insitecache/sources/source.h>
#include <insitecache/tiers/tier.h>

namespace insitecache {

class DependencyStore;
class DirectReads;
class EventDispatcher;
class Journal;
class MemoryTier;
class ScheduleStore;

/// What the coordinator works with. L1 always exists; L2, L3 and sources may be missing.
struct TieredCacheParts {
    std::shared_ptr<MemoryTier> l1;
    std::shared_ptr<Tier> l2, l3;
    std::vector<std::shared_ptr<Source>> sources;
    std::shared_ptr<PolicyRegistry> policies;
    std::shared_ptr<Metrics> metrics;
    const Clock *clock = &Clock::system();
    std::shared_ptr<Random> random;                                ///< for jitter; cache thread only
    std::function<std::vector<CacheKey>(const Entry &)> parentsOf; ///< what a value was made from; none: no edges
    std::shared_ptr<DependencyStore> dependencies;                 ///< of L3; none: edges are kept in memory
    std::shared_ptr<Journal> journal{};        ///< none: what is owed to a tier is forgotten with the process
    std::shared_ptr<ScheduleStore> schedule{}; ///< of L3; none: nothing can be scheduled
    std::shared_ptr<EventDispatcher> events{}; ///< none: nobody is told of changes
    std::shared_ptr<DirectReads> l2Direct{};   ///< L2 for threads that wait; none: they wait for the cache thread
    /// Until when this value cannot change, because its exchange is closed; none: nothing is known of exchanges.
    std::function<std::optional<WallTime>(const CacheKey &, std::string_view payload)> closedUntil{};
};

/// How a key that was to be brought into L1 fared. Present: it was there already, or somebody is loading it.
enum class WarmOutcome { Present, Loaded, FromSource, Missing };

/// The coordinator: read-through L1 → L2 → L3 → source with single-flight, promotion with the *remaining* TTL,
/// negative entries, stale-if-error and refresh-ahead; writes by the type's strategy; invalidation from the
/// deepest tier up.
///
/// Single-flight: concurrent lookups of one key share one walk and one answer. An invalidation or write that
/// arrives while a walk is under way keeps that walk from storing what it found.
///
/// Threads: tryHit() and tryDirect() from any thread. Everything else on the cache thread, callbacks too, exactly once.
class TieredCache {
public:
    template <class T>
    using Callback = std::function<void(T)>;

    explicit TieredCache(TieredCacheParts parts);
    ~TieredCache();

    /// A fresh L1 copy, or false without touching `out`. Counts the lookup when it hits. No lock is held while
    /// another thread waits, nothing is allocated but the key copy. May mark the hit as due for refresh:
    /// the caller must then pass `out.key` to refresh() on the cache thread.
    bool tryHit(const CacheKey &key, Lookup &out);

    /// A key and where its answer goes, which is a new one.
    struct Asked {
        const CacheKey *key;
        Lookup *answer;
    };
    /// For what tryHit() did not answer: plain hits in L2, read and copied into L1 by the calling thread, which waits
    /// for them, briefly also where Redis is silent. How many were answered; the answers to the others stay untouched,
    /// and lookup() has to be asked. A hit may be due for refresh, as above.
    std::size_t tryDirect(std::span<const Asked> asked);

    /// Is there a way to L2 for tryDirect()? Any thread.
    bool hasDirect() const;

    void lookup(std::vector<CacheKey> keys, LookupOptions options, Callback<std::vector<Lookup>> done);
    /// Brings keys into L1 as a lookup does, without being one: nothing is counted but calls of sources, no refresh is
    /// started, and a lookup that comes meanwhile joins in. Where no source may be asked, L2 and L3 are looked at
    /// without a ticket, so that a key which is in neither can be stored by whoever loads it next. Missing: no tier has
    /// it and no source was asked or could tell, or the type stays out of L1.
    void warm(std::vector<CacheKey> keys, bool mayAskSource, Callback<std::vector<WarmOutcome>> done);
    /// `seen` gets the keys of a lookup that L1 could not answer, before they are loaded; none: nobody looks.
    void onLoading(std::function<void(const std::vector<CacheKey> &)> seen);
    /// Starts the background refresh of a live key, once.
    void refresh(const CacheKey &key);
    /// `payload` is CBOR. Stores by the type's strategy; the error names the first tier that failed.
    void write(const CacheKey &key, std::string payload, std::string origin, Callback<Status> done);
    /// What each tier has of the selection, at most `limit` entries a tier; unset where there is no tier. Touches
    /// nothing.
    using Listings = std::array<std::optional<Result<TierListing>>, tierCount>;
    void list(const Selector &which, std::size_t limit, Callback<Listings> done);
    void preview(const Invalidation &what, Callback<InvalidationPreview> done);
    void invalidate(const Invalidation &what, Callback<InvalidationResult> done);
    /// Puts back what an undoable invalidation took, once, within 30 s, unless a later one needed the room (10,000
    /// keys, 64 MiB). Errors: NotFound.
    void undo(std::uint64_t id, Callback<Result<UndoResult>> done);

    /// An invalidation to come. Errors: InvalidArgument (due in the past), Unavailable (there is no L3).
    void schedule(const Invalidation &what, WallTime due, Callback<Result<ScheduledInvalidation>> done);
    /// By due time. Errors: Unavailable.
    void scheduled(Callback<Result<std::vector<ScheduledInvalidation>>> done);
    /// False: there was none, or it is being carried out.
    void cancelScheduled(std::uint64_t id, Callback<Result<bool>> done);
    /// Carries out what is due, one after the other, and runs `done`. Call it about once a second.
    void carryOutDue(std::function<void()> done);
    /// What was carried out since the last call, the newest hundred.
    std::vector<CarriedOut> takeCarriedOut();

    /// A dependency that a person declares: it stays until it is undeclared.
    void declare(const Edge &edge, Callback<Status> done);
    /// False: there was no such dependency.
    void undeclare(const Edge &edge, Callback<Result<bool>> done);
    void neighbourhood(const CacheKey &key, int maxDepth, Callback<Result<Neighbourhood>> done);
    /// All dependencies, at most `limit`. Read a page at a time, so one that comes or goes meanwhile may be there or
    /// not.
    void edges(std::size_t limit, Callback<Result<EdgeList>> done);

    /// Replaces the policy and sweeps the type from every tier that it leaves, but never a value's only copy. A change
    /// of "default" is about the types without a policy of their own. Errors: as Policy::validate(); of a tier that
    /// could not be swept, and then the policy holds all the same.
    void setPolicy(const Policy &policy, Callback<Status> done);

    /// The tier, or null when there is none at that stage.
    Tier *tier(Stage stage) const;
    const std::vector<std::shared_ptr<Source>> &sources() const;
    const PolicyRegistry &policies() const;
    Metrics &metrics() const;
    const Clock &clock() const;

    /// Removals that a tier has not confirmed: until it does, those keys are not read there.
    Backlog outbox() const;
    /// What another L1 would do for the requests of late; none where MemoryTierOptions say so.
    std::optional<WhatIfReport> whatIf() const;
    /// Writes that were acknowledged and have not reached L3 (WriteStrategy::Behind).
    Backlog writeBehind() const;

    /// That tier answers again: what it owes is removed at once.
    void tierIsBack(Stage stage);
    /// The tier may hold a copy that it could not drop: it is not read there until it could.
    void owe(Stage stage, const CacheKey &key);
    /// Another process invalidated this where both of us read: L1 lets go of it, and lookups under way do not put it
    /// back. `untold`: L2 or L3, where that tier is not the other one's and has not been told: it is done there too, as
    /// soon as the tier allows it, and until then those keys are not read there.
    void heard(const Selector &which, std::optional<Stage> untold = {});
    /// Lets go of what was kept for an undo and is past its time. Call it about once a second.
    void purge();
    /// Ends intake: pending and later lookups get Cancelled.
    void close();
    /// Runs `done` when no answered lookup is filling tiers any more.
    void whenFilled(std::function<void()> done);
    /// For the end, once: runs `done` when all acknowledged writes have reached L3, or after half a second. Those that
    /// have not are in the journal.
    void whenWritten(std::function<void()> done);

private:
    class Impl;
    std::unique_ptr<Impl> d;
};

} // namespace insitecache
