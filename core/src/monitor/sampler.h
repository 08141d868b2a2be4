// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <deque>
#include <optional>

#include "monitor/series.h"

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
};

/// Turns successive readings into seconds, a sliding window and markers.
/// Not thread-safe: the monitor's lock guards it.
class Sampler {
public:
    void add(const Reading &reading);
    void mark(Marker marker);
    /// Another process invalidated something. Several soon after one another become one marker: a busy neighbour must
    /// not push everything else out.
    void markElsewhere(WallTime time, const std::string &what);

    /// The newest reading as a snapshot with the series of that range.
    Snapshot snapshot(SeriesRange range) const;

private:
    static SampleBucket difference(const Reading &before, const Reading &after);
    void markChanges(const Reading &before, const Reading &after);
    void markPolicies(const Reading &before, const Reading &after);
    LookupTotals window() const;

    std::optional<Reading> m_last;
    std::uint64_t m_serial = 0;
    Series m_series;
    std::deque<std::pair<SteadyTime, LookupTotals>> m_totals; ///< of the last minute, oldest first
    std::deque<Marker> m_markers;
    std::string m_elsewhere;         ///< what the newest marker of that kind began with
    std::size_t m_elsewhereMore = 0; ///< and how many came after that
};

} // namespace insitecache
