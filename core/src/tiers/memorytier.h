// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <list>
#include <map>
#include <mutex>
#include <string_view>
#include <unordered_map>

#include <insitecache/tiers/tier.h>
#include <insitecache/tiers/tieroptions.h>

#include "tiers/recentscopes.h"

namespace insitecache {

/// L1: entries inside the process, bounded by bytes and by number, exactly.
///
/// Eviction: first what is past its fresh life, oldest expiry first; only then the least recently used. So an
/// expired entry is never kept over a live one. One mutex guards everything; no call ever waits for I/O under it.
///
/// Threads: tryGet() and the counters from any thread; the Tier methods answer before they return, so they too
/// may be called from any thread, although the coordinator calls them on the cache thread only.
/// Standard C++ only.
class MemoryTier final : public Tier {
public:
    MemoryTier(const MemoryTierOptions &options, const Clock &clock);
    ~MemoryTier() override;

    struct Hit {
        EntryPtr entry;
        bool refreshDue = false; ///< this caller, and only this one, shall start a refresh
    };
    /// A fresh copy and its use counted, or false and nothing counted.
    bool tryGet(const CacheKey &key, SteadyTime now, Hit &hit);
    /// After a failed refresh: the next hit after `when` may try again.
    void deferRefresh(const CacheKey &key, SteadyTime when);
    /// The copy as it is, without counting the use.
    EntryPtr peek(const CacheKey &key) const;
    /// What claim() hands out, at once: the same for every key. Any thread.
    FillTicket ticket() const;
    /// Would fill() refuse it because of its ticket? Any thread.
    bool isVoid(const Fill &fill) const;
    /// Drops up to `limit` entries that are past their stale time.
    std::size_t purgeExpired(std::size_t limit);

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
    void close() override;

private:
    struct Node;
    using Nodes = std::list<Node>;                                       // most recently used first
    using Index = std::unordered_map<std::string_view, Nodes::iterator>; // views into Node::entry
    using Expiries = std::multimap<SteadyTime, Nodes::iterator>;         // by freshUntil
    struct Node {
        EntryPtr entry;
        std::uint64_t hits = 0;
        std::uint64_t bytes = 0;
        SteadyTime refreshAt{};
        Expiries::iterator expiry{};
    };

    // All of these need m_mutex held.
    bool insert(const EntryPtr &entry, SteadyTime now);
    void drop(std::string_view key);
    bool isOvertaken(const Fill &fill) const;
    bool isNewer(const Fill &fill, SteadyTime now) const;
    void erase(Nodes::iterator node);
    void replaceEntry(Nodes::iterator node, EntryPtr entry);
    void makeRoom(std::uint64_t bytes, SteadyTime now);
    TierRead readNode(const CacheKey &key, SteadyTime now);
    template <class Visit>
    void forEachMatch(const Selector &which, Visit visit);
    static TierEntryInfo infoOf(const Node &node, SteadyTime now);

    const MemoryTierOptions m_options;
    const Clock &m_clock;

    mutable std::mutex m_mutex;
    Nodes m_nodes;
    Index m_index;
    Expiries m_byExpiry;
    RecentScopes m_scopes;
    std::uint64_t m_bytes = 0;
    std::uint64_t m_evictions = 0;
    std::uint64_t m_expirations = 0;
    bool m_closed = false;
};

} // namespace insitecache
