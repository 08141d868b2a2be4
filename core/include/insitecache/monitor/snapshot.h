// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <insitecache/metrics/metrics.h>
#include <insitecache/monitor/event.h>
#include <insitecache/monitor/slo.h>
#include <insitecache/tiers/whatifreport.h>
#include <insitecache/sources/source.h>
#include <insitecache/tiers/tier.h>

namespace insitecache {

/// One second of the cache's life: differences, not totals. What charts draw.
struct Sample {
    WallTime time{};
    double seconds = 1.0; ///< how long the bucket really was
    std::uint64_t lookups = 0;
    std::uint64_t answeredBy[5] = {}; ///< by Stage, stale answers excluded; None = error
    std::uint64_t stale = 0, negative = 0;
    std::uint64_t tierLookups[tierCount] = {}, tierHits[tierCount] = {};
    double meanMs = 0, p50Ms = 0, p95Ms = 0, p99Ms = 0; ///< 0 when lookups == 0
    std::uint64_t tierBytes[tierCount] = {};
    bool tierUp[tierCount] = {};
    std::uint64_t writes = 0, invalidatedKeys = 0, evictions = 0, expirations = 0, refreshes = 0;
};

struct TierState {
    bool configured = false;
    bool degraded = false; ///< it answers, but slowly or with errors
    TierUsage usage;
    TierTotals totals;
};

/// State of the workload driver.
struct WorkloadState {
    bool running = false;
    double askedRate = 0, achievedRate = 0;
    std::uint64_t sent = 0, dropped = 0; ///< dropped: too many were still in flight
};

/// Something that lasts, or lasted: a band on the time axis of every chart.
struct Span {
    EventKind kind = EventKind::TierDown; ///< TierDown, TierDegraded or RateLimited
    std::string target;                   ///< the tier or upstream
    std::uint64_t event = 0;              ///< that began it
    WallTime from{};
    std::optional<WallTime> until{}; ///< when it ended, or of RateLimited will end; none: it goes on
};

/// Something that is not fine now.
struct Alert {
    std::uint64_t event = 0; ///< that told of it
    EventKind kind = EventKind::TierDown;
    std::string target;
    WallTime since{};
    bool acknowledged = false; ///< somebody has seen it
};

/// Everything the dashboard draws, taken once a second. Immutable.
struct Snapshot {
    WallTime time{};
    std::uint64_t serial = 0;
    TierState tiers[tierCount];
    MetricsTotals totals;
    LookupTotals window; ///< the last 60 s
    std::vector<SourceStatus> sources;
    std::vector<Sample> series;          ///< oldest first, at most 360, the range asked for
    std::vector<EventPtr> markers;       ///< newest two hundred events, oldest first
    std::vector<Span> spans;             ///< newest hundred, by their beginning
    std::vector<Alert> alerts;           ///< by their beginning
    std::uint64_t newestEvent = 0;       ///< its id; see Monitor::eventsAfter()
    SloReading objectives[sloKindCount]; ///< by SloKind
    WorkloadState workload;
    std::optional<WhatIfReport> whatIf;
    Backlog outbox;      ///< removals that a tier has not confirmed
    Backlog writeBehind; ///< writes that L3 does not have yet
    std::uint64_t systemMemoryBytes = 0;
    std::uint64_t processBytes = 0; ///< resident set of this process
};

/// What L1 and L2 hold, as far as they can be asked.
std::uint64_t cacheMemory(const Snapshot &snapshot);

} // namespace insitecache
