// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include <insitecache/base/selector.h>
#include <insitecache/tiers/tier.h>
#include <insitecache/tiers/tieroptions.h>

#include "tiers/dropmarks.h"
#include "tiers/memorypart.h"
#include "tiers/tournaments.h"
#include "tiers/whatif.h"

namespace insitecache {

/// What a hit in L1 gives.
struct MemoryHit {
    EntryPtr entry;
    bool refreshDue = false; ///< this caller, and only this one, shall start a refresh
};

/// The entries of L1: bounded by bytes and by number over all its parts, expired ones going before live ones. Among
/// the live ones each type keeps what it is guaranteed, whatever others store (PartitionLedger).
///
/// It is not a tier: it knows nothing of tickets or invalidations, and whoever fills it says whether that may be.
///
/// Reads take no lock and allocate nothing: a hit finds the entry (EntryTable), takes hold of it and counts itself.
/// Writes lock the one part of the store that the key falls to. The bounds hold whenever a call returns and nobody
/// else is in one.
///
/// Threads: any, for every method. Standard C++ only.
class MemoryStore {
public:
    /// May this, loaded because it was asked for, take the place of what is there? Called with the part locked; `there`
    /// is null where there is nothing.
    using MayReplace = std::function<bool(const Entry *there)>;

    explicit MemoryStore(const MemoryTierOptions &options);
    ~MemoryStore();

    /// A fresh copy, its use counted; otherwise false and nothing counted.
    bool tryGet(std::string_view key, SteadyTime now, MemoryHit &hit);
    /// A copy that is usable at `now`, stale or not, its use counted.
    EntryPtr get(std::string_view key, SteadyTime now);
    /// The copy as it is, nothing counted.
    EntryPtr peek(std::string_view key) const;
    /// Why there is no fresh copy of it; `stale`: there is one that is not fresh. Expired, Evicted, Invalidated or
    /// Cold.
    MissReason missReason(std::string_view key, bool stale) const;

    /// Puts it in the place of what is there; without `mayReplace` it is a write, not a load. False: it was not let, is
    /// too large, or there is no memory for it; what was there is gone all the same unless `mayReplace` said no.
    bool insert(const EntryPtr &entry, SteadyTime now, const MayReplace &mayReplace = {});
    void erase(std::string_view key);
    /// After a failed refresh: the next hit after `when` may try again.
    void deferRefresh(std::string_view key, SteadyTime when);

    /// Visits every entry that matches, stale ones too, in no order. Part by part: what moves meanwhile may be missed.
    void forEach(const Selector &which, const std::function<void(const Entry &)> &visit);
    /// Takes out what matches; how many of them were usable.
    std::uint64_t erase(const Selector &which, SteadyTime now);
    /// Ends the fresh life of what matches and keeps it for its stale time, negative entries excepted.
    std::uint64_t endFreshLife(const Selector &which, SteadyTime now);
    /// Drops what is past its stale time: `limit` of them and a few more at most, a few at a time while a part is
    /// locked. How many were dropped.
    std::size_t purgeExpired(SteadyTime now, std::size_t limit);

    /// Holds at once, for what is here too: where other types are guaranteed something than before, every entry is
    /// looked at, the writers of one part waiting meanwhile. Types that are not named are guaranteed nothing.
    void setGuarantees(const std::vector<TypeGuarantee> &guarantees);
    /// What those types have that are guaranteed something, then all others together, under no name. Empty: no type is.
    std::vector<TypeUsage> usageByType() const;

    /// What an entry takes here, everything counted.
    static std::uint64_t costOf(const Entry &entry);
    static std::uint64_t hitsOf(const Entry &entry);
    /// What the tables and the timers take now; costOf() counts it by the entry.
    std::size_t indexBytes() const;

    WhatIf &whatIf() { return m_whatIf; }

    std::uint64_t entries() const { return m_ledger.entries(); }
    /// Of the entries and of what is kept beside them.
    std::uint64_t bytes() const { return m_ledger.bytes() + overheadBytes(); }
    /// What ghosts, counters, shadows and tables take that no entry is charged for.
    std::uint64_t overheadBytes() const { return m_ledger.overhead() + m_tournaments.bytes(); }
    std::uint64_t evictions() const;
    std::uint64_t expirations() const { return m_expirations.load(std::memory_order_relaxed); }

private:
    using Id = MemoryPart::Id;

    std::unique_ptr<EvictionPolicy> makePolicy(PartitionId partition);
    MemoryPart &partOf(std::uint64_t hash) const { return *m_parts[(hash >> 40) & (m_parts.size() - 1)]; }
    void countUse(const Entry &entry, std::uint64_t hash, SteadyTime now);
    /// For the what-if: a value of that partition that lives so long.
    WhatIf::Use useOf(std::uint64_t hash, PartitionId partition, SteadyTime now, Duration life) const;
    std::size_t capacity() const;
    void invalidated(std::uint64_t hash);
    void invalidated(const Selector &which);
    /// For entries.
    std::uint64_t available() const;
    bool isOver(std::uint64_t entryBytes, std::uint64_t entries) const;
    bool isOver() const { return isOver(m_ledger.bytes(), entries()); }
    bool isOver(const MemoryPart &part) const { return isOver(part.totals().bytes(), part.totals().entries()); }
    bool fits(const Entry &entry, PartitionId partition) const;
    bool place(MemoryPart &part, const EntryPtr &entry, std::uint64_t hash, SteadyTime now);
    bool isPoor(const MemoryPart &part, PartitionId partition) const;
    /// As far as the part can alone, which the caller has locked. Did the newcomer have to compete for its place?
    bool makeRoomWithin(MemoryPart &part, PartitionId partition, SteadyTime now);
    /// The same from all parts, none of which is locked.
    bool makeRoom(MemoryPart &own, PartitionId partition, SteadyTime now);
    bool evictStale();
    /// From which part; null: the partition has nothing.
    MemoryPart *evictFresh(MemoryPart &own, PartitionId partition);
    bool evictFreshFrom(MemoryPart &part, PartitionId partition);
    void expireSome(SteadyTime now);
    bool catchUp(SteadyTime now);
    /// Locks the part, and adds to the totals what `change` makes of it, which it returns.
    template <class Change>
    auto inPart(MemoryPart &part, Change change);
    /// Calls `visit(part, id)`, which may erase or replace the entry.
    template <class Visit>
    void visitMatches(const Selector &which, Visit visit);

    const MemoryTierOptions m_options;
    BlockNodes m_nodes;
    PartitionLedger m_ledger;
    Tournaments m_tournaments;
    DropMarks m_drops;
    WhatIf m_whatIf;
    mutable std::mutex m_mapMutex; ///< taken before the lock of a part
    MemoryPart::Map m_map = std::make_shared<PartitionMap>();
    const bool m_countsEveryHit;
    std::vector<std::unique_ptr<MemoryPart>> m_parts; ///< a power of two
    std::atomic<std::uint64_t> m_stale{0};
    std::atomic<std::uint64_t> m_behind{0}; ///< parts in which something is overdue
    std::atomic<std::uint64_t> m_expirations{0};
    std::atomic<std::int64_t> m_expiredUntil{INT64_MIN}; ///< the wheels were last looked at in this millisecond
    std::atomic<std::size_t> m_turn{0};                  ///< of the parts, when one has nothing of its own to evict
};

} // namespace insitecache
