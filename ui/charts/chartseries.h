// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <QList>
#include <QPointF>

#include <insitecache/monitor/monitor.h>

/// From samples to points, without a screen. Any thread.
namespace insitecache {

/// Points that belong together: x is milliseconds since 1970, a gap in the data lies between two runs.
using Runs = QList<QList<QPointF>>;

int rangeSeconds(SeriesRange range);
int bucketSeconds(SeriesRange range);
/// How much of the range to show: all of it, or as little as holds what there is yet, so that a young cache does not
/// draw in a sliver. Grows in steps, never beyond the range.
int shownSeconds(const Snapshot &snapshot, SeriesRange range);

/// Is there a hole in the data between two neighbouring samples (suspend, time jump)?
bool isGap(const Sample &before, const Sample &after, SeriesRange range);

/// Hits out of lookups.
struct Share {
    double hits = 0, lookups = 0;
    double ratio() const { return lookups > 0 ? hits / lookups : 0; }
    /// Enough to be more than a guess.
    bool isFirm() const { return lookups >= firmLookups; }
    static constexpr double firmLookups = 20;
};

using ShareOf = std::function<Share(const Sample &)>;
using ValueOf = std::function<std::optional<double>(const Sample &)>;

/// Of a whole lookup, and of one tier (out of the lookups that reached it; nothing while it is down).
Share overallShare(const Sample &sample);
Share tierShare(const Sample &sample, int tier);

/// One share per sample. A second with few lookups says little, so each share pools backwards until it is firm, at
/// most 15 buckets and never over a gap. Empty where nothing was looked up.
std::vector<std::optional<Share>> pooledShares(
    const std::vector<Sample> &samples, SeriesRange range, const ShareOf &of);

/// Lines through the measured points. A gap, or more than 15 buckets without a value, ends a run.
Runs shareRuns(const std::vector<Sample> &samples, SeriesRange range, const ShareOf &of);
Runs valueRuns(const std::vector<Sample> &samples, SeriesRange range, const ValueOf &of);

/// What lies on top of what: layer n is the sum of the values 0 … n. All layers have the same runs and x.
std::vector<Runs> stackedRuns(const std::vector<Sample> &samples, SeriesRange range,
    const std::vector<std::function<double(const Sample &)>> &of);

double largest(const Runs &runs);

/// The shortest range that shows what was so long ago; none: no range goes back that far.
std::optional<SeriesRange> rangeThatReaches(Millis ago);

} // namespace insitecache
