// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <optional>

#include "monitor/reading.h"
#include "monitor/series.h"

namespace insitecache {

/// Turns successive readings into seconds and a sliding window.
/// Not thread-safe: the monitor's lock guards it.
class Sampler {
public:
    void add(const Reading &reading);

    /// The newest reading as a snapshot with the series of that range.
    Snapshot snapshot(SeriesRange range) const;

private:
    static SampleBucket difference(const Reading &before, const Reading &after);
    LookupTotals window() const;

    std::optional<Reading> m_last;
    std::uint64_t m_serial = 0;
    Series m_series;
    std::deque<std::pair<SteadyTime, LookupTotals>> m_totals; ///< of the last minute, oldest first
};

} // namespace insitecache
