// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <vector>

#include <insitecache/cache/policy.h>
#include <insitecache/monitor/snapshot.h>

namespace insitecache {

/// What one look at the cache saw: totals, not differences.
struct Reading {
    WallTime time{};
    SteadyTime steady{};
    MetricsTotals totals;
    std::array<bool, tierCount> configured{};
    std::array<TierUsage, tierCount> usage;
    std::vector<SourceStatus> sources;
    WorkloadState workload;
    PolicyRegistry::Snapshot policies; ///< null: not looked at
    Backlog outbox, writeBehind;
    std::optional<WhatIfReport> whatIf;
    std::uint64_t systemMemoryBytes = 0;
};

} // namespace insitecache
