// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chartseries.h"

#include <algorithm>
#include <numeric>

namespace insitecache {

namespace {

constexpr int poolBuckets = 15;

double sampleX(const Sample &sample)
{
    return static_cast<double>(sample.time.time_since_epoch().count());
}

/// Starts a new run where the data has a hole.
class RunBuilder {
public:
    explicit RunBuilder(SeriesRange range) : m_reachMs(poolBuckets * 1000.0 * bucketSeconds(range)) {}

    void add(const QPointF &point)
    {
        if (m_broken || (!m_runs.last().isEmpty() && point.x() - m_runs.last().last().x() > m_reachMs))
            m_runs.append(QList<QPointF>());
        m_broken = false;
        m_runs.last().append(point);
    }
    void breakRun() { m_broken = true; }
    Runs take() { return std::move(m_runs); }

private:
    double m_reachMs;
    bool m_broken = true;
    Runs m_runs;
};

} // namespace

int rangeSeconds(SeriesRange range)
{
    switch (range) {
    case SeriesRange::Minute1: return 60;
    case SeriesRange::Minutes5: return 300;
    case SeriesRange::Minutes15: return 900;
    case SeriesRange::Hour1: return 3600;
    case SeriesRange::Hours6: break;
    }
    return 21'600;
}

int bucketSeconds(SeriesRange range)
{
    switch (range) {
    case SeriesRange::Minute1:
    case SeriesRange::Minutes5: return 1;
    case SeriesRange::Minutes15: return 5;
    case SeriesRange::Hour1: return 15;
    case SeriesRange::Hours6: break;
    }
    return 60;
}

int shownSeconds(const Snapshot &snapshot, SeriesRange range)
{
    if (snapshot.series.empty())
        return rangeSeconds(range);
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(snapshot.time - snapshot.series.front().time);
    for (const int step : {60, 120, 300, 900, 1800, 3600, 7200}) {
        if (age.count() < step && step < rangeSeconds(range))
            return step;
    }
    return rangeSeconds(range);
}

bool isGap(const Sample &before, const Sample &after, SeriesRange range)
{
    // A late reading makes one longer bucket, not a hole: three buckets of silence do.
    const auto apart = after.time - before.time;
    return apart <= Millis::zero() || apart > std::chrono::seconds(3 * bucketSeconds(range));
}

Share overallShare(const Sample &sample)
{
    const auto hits = sample.answeredBy[0] + sample.answeredBy[1] + sample.answeredBy[2];
    return {static_cast<double>(hits), static_cast<double>(sample.lookups)};
}

Share tierShare(const Sample &sample, int tier)
{
    if (!sample.tierUp[tier])
        return {};
    return {static_cast<double>(sample.tierHits[tier]), static_cast<double>(sample.tierLookups[tier])};
}

std::vector<std::optional<Share>> pooledShares(const std::vector<Sample> &samples, SeriesRange range, const ShareOf &of)
{
    std::vector<std::optional<Share>> out(samples.size());
    std::vector<Share> own(samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
        own[i] = of(samples[i]);
        Share pool = own[i];
        for (std::size_t back = i; !pool.isFirm() && back > 0 && i - back + 1 < poolBuckets; --back) {
            if (isGap(samples[back - 1], samples[back], range))
                break;
            pool.hits += own[back - 1].hits;
            pool.lookups += own[back - 1].lookups;
        }
        if (own[i].lookups > 0)
            out[i] = pool;
    }
    return out;
}

Runs shareRuns(const std::vector<Sample> &samples, SeriesRange range, const ShareOf &of)
{
    const std::vector<std::optional<Share>> shares = pooledShares(samples, range, of);
    return valueRuns(samples, range, [&, i = std::size_t{0}](const Sample &) mutable -> std::optional<double> {
        const std::optional<Share> &share = shares[i++];
        return share ? std::optional(share->ratio()) : std::nullopt;
    });
}

Runs valueRuns(const std::vector<Sample> &samples, SeriesRange range, const ValueOf &of)
{
    RunBuilder builder(range);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        if (i > 0 && isGap(samples[i - 1], samples[i], range))
            builder.breakRun();
        if (const std::optional<double> value = of(samples[i]))
            builder.add({sampleX(samples[i]), *value});
    }
    return builder.take();
}

std::vector<Runs> stackedRuns(
    const std::vector<Sample> &samples, SeriesRange range, const std::vector<std::function<double(const Sample &)>> &of)
{
    std::vector<Runs> layers;
    for (std::size_t top = 1; top <= of.size(); ++top) {
        layers.push_back(valueRuns(samples, range, [&](const Sample &sample) {
            return std::accumulate(of.begin(), of.begin() + static_cast<std::ptrdiff_t>(top), 0.0,
                [&](double sum, const auto &value) { return sum + value(sample); });
        }));
    }
    return layers;
}

double largest(const Runs &runs)
{
    double most = 0;
    for (const QList<QPointF> &run : runs) {
        for (const QPointF &point : run)
            most = std::max(most, point.y());
    }
    return most;
}

std::optional<SeriesRange> rangeThatReaches(Millis ago)
{
    using Range = SeriesRange;
    for (const Range range : {Range::Minute1, Range::Minutes5, Range::Minutes15, Range::Hour1, Range::Hours6}) {
        if (ago < std::chrono::seconds(rangeSeconds(range)))
            return range;
    }
    return std::nullopt;
}

} // namespace insitecache
