// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>

#include <insitecache/monitor/snapshot.h>

#include "monitor/slojudge.h"

namespace insitecache::test {

inline constexpr WallTime snapshotEnd{Millis(1'790'000'000'000)};

/// One second of a cache that warms up: `share` 0 … 1 is how warm it is.
inline Sample warmSample(WallTime time, double share)
{
    Sample s;
    s.time = time;
    s.lookups = 200;
    s.answeredBy[0] = static_cast<std::uint64_t>(120 * share);
    s.answeredBy[1] = static_cast<std::uint64_t>(30 * share);
    s.answeredBy[2] = static_cast<std::uint64_t>(20 * share);
    s.answeredBy[3] = s.lookups - s.answeredBy[0] - s.answeredBy[1] - s.answeredBy[2];
    std::uint64_t reached = s.lookups;
    for (int tier = 0; tier < tierCount; ++tier) {
        s.tierLookups[tier] = reached;
        s.tierHits[tier] = s.answeredBy[tier];
        reached -= s.answeredBy[tier];
        s.tierUp[tier] = true;
        s.tierBytes[tier] = static_cast<std::uint64_t>((4.0 + 3.0 * tier) * share * 1024 * 1024);
    }
    s.p50Ms = 0.02 + 2 * (1 - share);
    s.p95Ms = 20 + 60 * (1 - share);
    s.p99Ms = 70 + 90 * (1 - share);
    s.meanMs = 6 + 70 * (1 - share);
    s.writes = static_cast<std::uint64_t>(30 * (1.2 - share));
    s.expirations = static_cast<std::uint64_t>(6 * share);
    s.refreshes = static_cast<std::uint64_t>(4 * share);
    return s;
}

inline void fillWindow(Snapshot &snapshot)
{
    const std::size_t from = snapshot.series.size() > 60 ? snapshot.series.size() - 60 : 0;
    for (std::size_t i = from; i < snapshot.series.size(); ++i) {
        const Sample &s = snapshot.series[i];
        snapshot.window.lookups += s.lookups;
        for (int stage = 0; stage < 5; ++stage)
            snapshot.window.answeredBy[stage] += s.answeredBy[stage];
        snapshot.window.latency.count += s.lookups;
        snapshot.window.latency.sumNs += static_cast<std::uint64_t>(s.meanMs * 1e6 * double(s.lookups));
    }
    snapshot.totals.all = snapshot.window;
}

inline Snapshot emptySnapshot()
{
    Snapshot s;
    s.time = snapshotEnd;
    s.serial = 1;
    s.systemMemoryBytes = 24ull << 30;
    s.processBytes = 96ull << 20;
    for (TierState &tier : s.tiers) {
        tier.configured = true;
        tier.usage.up = true;
    }
    s.tiers[0].usage.detail = "inside this process, at most 256 MiB";
    s.tiers[1].usage.detail = "private Redis, unix socket";
    s.tiers[2].usage.detail = "sqlite";
    for (const char *name : {"yahoo", "reddit", "x"}) {
        SourceStatus source;
        source.name = name;
        s.sources.push_back(source);
    }
    return s;
}

/// What the objectives say at the first look.
inline void judge(Snapshot &snapshot)
{
    for (const SloKind kind : {SloKind::HitRatio, SloKind::MeanLatency, SloKind::Memory})
        snapshot.objectives[static_cast<int>(kind)] = SloJudge(kind).add({}, snapshot);
}

inline void addMarker(Snapshot &snapshot, Event event)
{
    event.id = ++snapshot.newestEvent;
    snapshot.markers.push_back(std::make_shared<const Event>(std::move(event)));
}

/// Five minutes that start cold and end warm, with a dip in the middle.
inline Snapshot normalSnapshot(int seconds = 300)
{
    Snapshot s = emptySnapshot();
    for (int i = seconds - 1; i >= 0; --i) {
        const double age = seconds - i;
        const double dip = 0.25 * std::exp(-std::pow((age - seconds * 0.6) / 10.0, 2.0));
        const double share = std::clamp(1.0 - std::exp(-age / 25.0) - dip + 0.02 * std::sin(age / 3.0), 0.0, 1.0);
        s.series.push_back(warmSample(s.time - std::chrono::seconds(i), share));
    }
    const std::uint64_t entries[] = {1204, 3918, 20411};
    for (int tier = 0; tier < tierCount; ++tier) {
        s.tiers[tier].usage.entries = entries[tier];
        s.tiers[tier].usage.bytes = s.series.back().tierBytes[tier];
    }
    addMarker(s, {.time = s.time - std::chrono::seconds(seconds), .kind = EventKind::WorkloadStarted});
    addMarker(s,
        {.time = s.time - std::chrono::seconds(seconds * 2 / 5),
            .kind = EventKind::InvalidationOfMany,
            .target = "search:*",
            .count = 213});
    s.workload = {.running = true, .askedRate = 200, .achievedRate = 199.6, .sent = 60'000};
    fillWindow(s);
    judge(s);
    return s;
}

/// L2 went away 80 s ago, answers are stale or fail, the upstream refuses.
inline Snapshot degradedSnapshot()
{
    Snapshot s = normalSnapshot();
    const std::size_t from = s.series.size() - 80;
    for (std::size_t i = from; i < s.series.size(); ++i) {
        Sample &sample = s.series[i];
        sample.tierUp[1] = false;
        sample.tierHits[1] = sample.tierLookups[1] = sample.tierBytes[1] = 0;
        sample.answeredBy[1] = 0;
        sample.answeredBy[0] = 90;
        sample.answeredBy[2] = 30;
        sample.answeredBy[3] = 20;
        sample.stale = 40;
        sample.answeredBy[4] = 20;
        sample.evictions = 3;
        sample.meanMs = 64;
        sample.p95Ms = 230;
        sample.p99Ms = 410;
    }
    s.tiers[1].usage.up = false;
    s.tiers[1].usage.detail = "Redis unix:/run/redis.sock does not answer (connection refused)";
    s.sources[2].frozenFor = Millis(372'000);
    s.sources[2].lastError = "X refuses for now (429)";
    addMarker(s,
        {.time = s.series[from].time,
            .kind = EventKind::TierDown,
            .severity = EventSeverity::Error,
            .target = "L2",
            .detail = s.tiers[1].usage.detail});
    s.spans.push_back({EventKind::TierDown, "L2", s.newestEvent, s.series[from].time});
    s.alerts.push_back({s.newestEvent, EventKind::TierDown, "L2", s.series[from].time});
    s.window = {};
    fillWindow(s);
    judge(s);
    return s;
}

inline std::shared_ptr<const Snapshot> shared(Snapshot snapshot)
{
    return std::make_shared<const Snapshot>(std::move(snapshot));
}

} // namespace insitecache::test
