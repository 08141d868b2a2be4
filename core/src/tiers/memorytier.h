// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <mutex>

#include <insitecache/tiers/tier.h>
#include <insitecache/tiers/tieroptions.h>

#include "tiers/hotkey.h"
#include "tiers/memorystore.h"
#include "tiers/recentscopes.h"

namespace insitecache {

/// L1: entries inside the process (MemoryStore), behind the protocol that keeps every tier coherent.
///
/// A fill is checked against the invalidations seen while the part of the store it goes to is locked, and an
/// invalidation is noted before it takes anything out of that part: so either the fill is refused, or what it stored is
/// taken out.
///
/// Threads: tryGet() and the counters from any thread, without a lock on a hit; the Tier methods answer before they
/// return, so they too may be called from any thread, although the coordinator calls them on the cache thread only.
/// Standard C++ only.
class MemoryTier final : public Tier {
public:
    MemoryTier(const MemoryTierOptions &options, const Clock &clock);
    ~MemoryTier() override;

    using Hit = MemoryHit;
    /// A fresh copy and its use counted, or false and nothing counted.
    bool tryGet(const CacheKey &key, SteadyTime now, Hit &hit) { return m_store.tryGet(key.text(), now, hit); }
    /// After a failed refresh: the next hit after `when` may try again.
    void deferRefresh(const CacheKey &key, SteadyTime when) { m_store.deferRefresh(key.text(), when); }
    /// The copy as it is, without counting the use.
    EntryPtr peek(const CacheKey &key) const { return m_store.peek(key.text()); }
    /// Why there is no fresh copy. `there`: what peek() just gave, which is not fresh, or null. Any thread.
    MissReason missReason(const CacheKey &key, const EntryPtr &there) const
    {
        return m_store.missReason(key.text(), there != nullptr);
    }
    WhatIf &whatIf() { return m_store.whatIf(); }
    /// The keys that were answered most often since they were loaded, the hottest first. Looks at every entry.
    std::vector<HotKey> hottest(std::size_t count);
    /// What claim() hands out, at once: the same for every key. Any thread.
    FillTicket ticket() const;
    /// Would fill() refuse it because of its ticket? Any thread.
    bool isVoid(const Fill &fill) const;
    /// Any thread; see MemoryStore.
    void setGuarantees(const std::vector<TypeGuarantee> &guarantees) { m_store.setGuarantees(guarantees); }
    /// Drops entries that are past their stale time, about `limit` at most.
    std::size_t purgeExpired(std::size_t limit) { return m_store.purgeExpired(m_clock.now(), limit); }

    Stage stage() const override { return Stage::L1; }
    void get(const std::vector<CacheKey> &keys, Callback<std::vector<TierRead>> done) override;
    void peek(const std::vector<CacheKey> &keys, Callback<Result<std::vector<EntryPtr>>> done) override;
    void claim(const std::vector<CacheKey> &keys, Callback<std::vector<FillTicket>> done) override;
    void fill(const std::vector<Fill> &fills, Callback<std::vector<FillOutcome>> done) override;
    void put(const std::vector<Fill> &fills, Callback<Status> done) override;
    void remove(const Selector &which, Callback<Result<std::uint64_t>> done) override;
    void expire(const Selector &which, Callback<Result<std::uint64_t>> done) override;
    void count(const Selector &which, Callback<Result<TierCount>> done) override;
    void list(const Selector &which, std::size_t limit, Callback<Result<TierListing>> done) override;
    void usage(Callback<TierUsage> done) override;
    void close() override { m_closed = true; }

private:
    void raise(const Selector &which);
    TierRead read(const CacheKey &key, SteadyTime now);
    FillOutcome fillOne(const Fill &fill, SteadyTime now);
    void putOne(const Fill &fill, SteadyTime now);

    const Clock &m_clock;
    MemoryStore m_store;
    mutable std::mutex m_scopesMutex; ///< taken with a part of the store locked, never the other way round
    RecentScopes m_scopes;
    std::atomic<bool> m_closed{false};
};

} // namespace insitecache
