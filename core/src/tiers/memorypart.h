// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <memory>

#include "tiers/blocknodes.h"
#include "tiers/briefmutex.h"
#include "eviction/nodelist.h"
#include "tiers/dropmarks.h"
#include "tiers/entrytable.h"
#include "tiers/expirywheel.h"
#include "tiers/partitionledger.h"

namespace insitecache {

/// One part of L1: the entries whose hashes fall to it, the order in which they go, and when they expire.
///
/// An entry lies either in the eviction policy of its partition, as long as it is fresh, or among the stale ones, which
/// go first; the table holds one reference to it. Bounds are the business of MemoryStore.
///
/// Threads: `table.find()` from any; everything else under `mutex`. No call waits for I/O.
/// Standard C++ only.
class MemoryPart {
public:
    using Id = EntryTable::Id;

    using PolicyMaker = std::function<std::unique_ptr<EvictionPolicy>(PartitionId)>;
    using Map = std::shared_ptr<const PartitionMap>;

    /// What it holds is added up in `ledger`, at the latest by settleTotals(); `drops` hears why entries go. Both are
    /// shared by all parts.
    MemoryPart(PartitionLedger &ledger, DropMarks &drops, PolicyMaker makePolicy, Map map) :
        m_ledger(ledger), m_drops(drops), m_makePolicy(std::move(makePolicy)), m_map(std::move(map))
    {}
    ~MemoryPart();

    BriefMutex mutex;
    EntryTable table;

    /// Memory beyond what the entries are charged: of the policies, and of the table while it is emptier than it was.
    std::uint64_t overheadBytes() const;
    bool isStale(Id id) const { return m_nodes.segment(id) == staleSegment; }
    std::size_t staleCount() const { return m_stale.count(); }
    std::uint64_t evictions() const { return m_evictions.load(std::memory_order_relaxed); } ///< from any thread
    /// What all parts hold, with what this one did not tell them yet.
    const PartitionLedger::Draft &totals() const { return m_totals; }
    /// To be called before the lock is let go.
    void settleTotals() { m_totals.settle(); }
    std::uint64_t weight(PartitionId id) const ///< from any thread
    {
        return m_weights[id].load(std::memory_order_relaxed);
    }
    PartitionId partitionFor(std::string_view keyText) const { return m_map->of(keyText); }
    /// Every entry moves to its partition of that map.
    void divide(Map map);

    /// Keeps an entry whose key is not there; false when it cannot.
    bool insert(EntryPtr entry, std::uint64_t hash, SteadyTime now);
    /// Puts another entry in the place of one; it keeps its hits.
    bool replace(Id old, EntryPtr entry, std::uint64_t hash);
    void erase(Id id, MissReason why);
    /// A single hit, for a policy that wants to know.
    void hit(Id id);
    /// There was room for what was inserted last in that partition.
    void settle(PartitionId id) { policyOf(id).settle(); }
    /// The stale one that expired first, or the one of the partition whose turn it is. 0: nothing is left.
    Id evictStale();
    Id evictFresh(PartitionId partition);
    /// Moves what is no longer fresh to the stale ones, and drops what is past that, looking at `limit` entries at
    /// most. How many were dropped.
    std::size_t expire(SteadyTime now, std::size_t limit);
    /// expire() did not get to the end of what was due. From any thread.
    bool isBehind() const { return m_isBehind.load(std::memory_order_relaxed); }

    /// What the table and the timers take.
    std::size_t indexBytes() const { return table.bytes() + m_wheel.bytes(); }

private:
    static constexpr unsigned staleSegment = 7;

    EvictionPolicy &policyOf(PartitionId id);
    void count(Id id);
    void discount(Id id);
    void addWeight(PartitionId id, std::uint64_t more)
    {
        m_weights[id].store(weight(id) + more, std::memory_order_relaxed);
    }
    void noteOverhead(PartitionId id);
    void move(Id id, PartitionId to);
    ExpiryWheel::Tick dueOf(Id id) const;
    bool fire(Id id, ExpiryWheel::Tick now);
    void enlist(Id id);
    void unlist(Id id);
    void leaveList(Id id);
    void forget(Id id, MissReason why);

    BlockNodes m_nodes;
    NodeList<BlockNodes> m_stale{m_nodes, staleSegment};
    PartitionLedger &m_ledger;
    PartitionLedger::Draft m_totals{m_ledger};
    DropMarks &m_drops;
    const PolicyMaker m_makePolicy;
    Map m_map;
    std::array<std::unique_ptr<EvictionPolicy>, partitionCount> m_policies; ///< made when first needed
    std::array<std::uint64_t, partitionCount> m_overheads{};                ///< of the policies, as of late
    std::uint64_t m_policyBytes = 0;                                        ///< their sum
    std::array<std::atomic<std::uint64_t>, partitionCount> m_weights{};
    ExpiryWheel m_wheel;
    std::atomic<std::uint64_t> m_evictions{0};
    std::atomic<bool> m_isBehind{false};
};

} // namespace insitecache
