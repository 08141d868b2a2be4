// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>
#include <mutex>

#include "tiers/blocknodes.h"
#include "eviction/nodelist.h"
#include "tiers/dropmarks.h"
#include "tiers/entrytable.h"
#include "tiers/expirywheel.h"

namespace insitecache {

/// One part of L1: the entries whose hashes fall to it, the order in which they go, and when they expire.
///
/// An entry lies either in the eviction policy, as long as it is fresh, or among the stale ones, which go first; the
/// table holds one reference to it. Bounds are the business of MemoryStore.
///
/// Threads: `table.find()` from any; everything else under `mutex`. No call waits for I/O.
/// Standard C++ only.
class MemoryPart {
public:
    using Id = EntryTable::Id;

    /// `drops` hears why entries go, and is shared by all parts.
    MemoryPart(std::unique_ptr<EvictionPolicy> policy, DropMarks &drops) : m_policy(std::move(policy)), m_drops(drops)
    {}
    ~MemoryPart();

    std::mutex mutex;
    EntryTable table;

    EvictionPolicy &policy() { return *m_policy; }
    bool isStale(Id id) const { return m_nodes.segment(id) == staleSegment; }
    std::size_t staleCount() const { return m_stale.count(); }
    std::uint64_t weight() const { return m_weight.load(std::memory_order_relaxed); } ///< from any thread

    /// Keeps an entry whose key is not there; false when it cannot.
    bool insert(EntryPtr entry, std::uint64_t hash);
    /// Puts another entry in the place of one; it keeps its hits.
    bool replace(Id old, EntryPtr entry, std::uint64_t hash);
    void erase(Id id, MissReason why);
    /// There was room for what was inserted last.
    void settle() { m_policy->settle(); }
    /// The stale one that expired first, or the one whose turn it is. 0: nothing is left.
    Id evictStale();
    Id evictFresh();
    /// Moves what is no longer fresh to the stale ones, and drops what is past that. How many were dropped.
    std::size_t expire(SteadyTime now);

private:
    static constexpr unsigned staleSegment = 7;

    void addWeight(std::uint64_t more) { m_weight.store(weight() + more, std::memory_order_relaxed); }

    ExpiryWheel::Tick dueOf(Id id) const;
    bool fire(Id id, SteadyTime now);
    void enlist(Id id);
    void unlist(Id id);
    void forget(Id id, MissReason why);
    void renewWheel();

    BlockNodes m_nodes;
    NodeList<BlockNodes> m_stale{m_nodes, staleSegment};
    std::unique_ptr<EvictionPolicy> m_policy;
    DropMarks &m_drops;
    ExpiryWheel m_wheel;
    std::atomic<std::uint64_t> m_weight{0};
};

} // namespace insitecache
