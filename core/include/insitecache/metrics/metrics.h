// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <insitecache/metrics/histogram.h>
#include <insitecache/tiers/tier.h>

namespace insitecache {

/// One counter: many writers, relaxed.
class Counter {
public:
    void add(std::uint64_t n = 1) { m_value.fetch_add(n, std::memory_order_relaxed); }
    std::uint64_t value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> m_value{0};
};

/// One level: the last one set, relaxed.
class Gauge {
public:
    void set(std::uint64_t level) { m_level.store(level, std::memory_order_relaxed); }
    std::uint64_t value() const { return m_level.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> m_level{0};
};

/// Totals of one tier since start. lookups counts only reads that *reached* the tier;
/// hits includes negative hits; stale, corrupt, errors and misses are the rest.
struct TierTotals {
    std::uint64_t lookups = 0, hits = 0, misses = 0, stale = 0, negative = 0, corrupt = 0, errors = 0;
    std::uint64_t fills = 0, fillsRefused = 0, fillsFailed = 0, removed = 0; ///< refused: overtaken by an invalidation
    MissCounts missReasons{}; ///< of the lookups that are no hits, and of the negative ones
    HistogramCounts latency;
};

/// Totals of whole lookups, over all types or of one.
struct LookupTotals {
    std::string type; ///< empty for the total
    std::uint64_t lookups = 0;
    std::uint64_t answeredBy[5] = {}; ///< by Stage, stale answers excluded; None counts errors
    std::uint64_t stale = 0, negative = 0, collapsed = 0, errors = 0;
    MissCounts missReasons[tierCount] = {}; ///< by tier
    HistogramCounts latency;

    /// Answered from a tier and not because the source failed.
    std::uint64_t hits() const { return answeredBy[0] + answeredBy[1] + answeredBy[2]; }
    /// 0 … 1; 0 without lookups.
    double hitRatio() const { return lookups ? double(hits()) / double(lookups) : 0.0; }
};

struct ChurnTotals {
    std::uint64_t writes = 0, invalidations = 0, invalidatedKeys = 0, refreshStarted = 0, refreshOk = 0,
                  refreshFailed = 0, sourceCalls = 0, sourceFailures = 0, undos = 0, restoredKeys = 0,
                  journalFailures = 0; ///< what was to survive a crash and could not be written down
    std::uint64_t scheduled = 0;       ///< of the invalidations, those that were put off until now
    std::uint64_t changes = 0;         ///< calls of Engine::changed()
    std::uint64_t changeOverflows = 0; ///< how often too many keys waited, so that all were invalidated
    std::uint64_t changesWaiting = 0;  ///< keys that wait for their invalidation now
};

/// What was brought into L1 before anybody asked for it (PreloadOptions). What is not yet used or wasted still waits.
struct PreloadTotals {
    std::uint64_t hottest = 0, next = 0; ///< keys loaded, by what wanted them
    std::uint64_t fromSource = 0;        ///< of these, those that no tier had
    std::uint64_t used = 0, wasted = 0;  ///< read; gone or ten minutes old without a read
};

/// What waits for a tier to take it. Not a total: how it stands now.
struct Backlog {
    std::uint64_t waiting = 0;
    Millis oldest{}; ///< how long the first one has been waiting
};

struct MetricsTotals {
    TierTotals tiers[tierCount];
    LookupTotals all;
    std::vector<LookupTotals> types;
    ChurnTotals churn;
    PreloadTotals preload;
};

/// Where the cache counts. Writers never wait for readers; totals() is collected by whoever asks.
/// Any thread.
class Metrics {
public:
    Metrics();
    ~Metrics();

    void tierRead(Stage tier, Outcome outcome, Duration took);
    /// A whole lookup that L1 answered with a value: counts what tierRead() and lookupDone() would, in less time.
    void memoryHit(std::string_view type, Duration took);
    void tierMissed(Stage tier, std::string_view type, MissReason why);
    void tierFill(Stage tier, FillOutcome outcome);
    void tierRemoved(Stage tier, std::uint64_t copies);
    void lookupDone(std::string_view type, Stage answeredBy, bool stale, bool negative, bool collapsed, Duration took);

    Counter writes, invalidations, invalidatedKeys, refreshStarted, refreshOk, refreshFailed, sourceCalls,
        sourceFailures, undos, restoredKeys, journalFailures, scheduled, changes, changeOverflows;
    Counter preloadHottest, preloadNext, preloadFromSource, preloadUsed, preloadWasted;
    Gauge changesWaiting;

    MetricsTotals totals() const;

private:
    struct TierSlot;
    struct TypeSlot;
    TypeSlot &slotFor(std::string_view type);

    static constexpr int maxTypes = 32; ///< further types are counted together as "other"
    std::unique_ptr<TierSlot[]> m_tiers;
    std::unique_ptr<TypeSlot[]> m_types;
    std::atomic<int> m_typeCount{0};
    std::mutex m_typeMutex;
};

} // namespace insitecache
