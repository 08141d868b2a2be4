// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/sampler.h"

#include <algorithm>

namespace insitecache {

namespace {

constexpr Duration windowLength = std::chrono::seconds(60);
constexpr std::size_t maxMarkers = 200;
constexpr Millis sameBurst{10'000};

LookupTotals lookupDifference(const LookupTotals &after, const LookupTotals &before)
{
    LookupTotals out;
    out.lookups = after.lookups - before.lookups;
    for (int i = 0; i < 5; ++i)
        out.answeredBy[i] = after.answeredBy[i] - before.answeredBy[i];
    out.stale = after.stale - before.stale;
    out.negative = after.negative - before.negative;
    out.collapsed = after.collapsed - before.collapsed;
    out.errors = after.errors - before.errors;
    for (std::size_t tier = 0; tier < tierCount; ++tier) {
        for (std::size_t why = 0; why < missReasonCount; ++why)
            out.missReasons[tier][why] = after.missReasons[tier][why] - before.missReasons[tier][why];
    }
    out.latency = after.latency - before.latency;
    return out;
}

/// A tier that was reopened counts from zero again; a difference is never negative.
std::uint64_t grown(std::uint64_t before, std::uint64_t after)
{
    return after > before ? after - before : 0;
}

void readTiers(Sample &sample, const Reading &before, const Reading &after)
{
    for (std::size_t i = 0; i < tierCount; ++i) {
        const TierTotals &earlier = before.totals.tiers[i];
        const TierTotals &later = after.totals.tiers[i];
        sample.tierLookups[i] = later.lookups - earlier.lookups;
        sample.tierHits[i] = later.hits - earlier.hits;
        sample.tierBytes[i] = after.usage[i].bytes;
        sample.tierUp[i] = after.configured[i] && after.usage[i].up;
        sample.evictions += grown(before.usage[i].evictions, after.usage[i].evictions);
        sample.expirations += grown(before.usage[i].expirations, after.usage[i].expirations);
    }
}

bool isFrozen(const SourceStatus &source)
{
    return source.frozenFor && *source.frozenFor > Millis::zero();
}

} // namespace

SampleBucket Sampler::difference(const Reading &before, const Reading &after)
{
    const LookupTotals lookups = lookupDifference(after.totals.all, before.totals.all);
    SampleBucket bucket;
    Sample &sample = bucket.sample;
    sample.time = after.time;
    sample.seconds = std::chrono::duration<double>(after.steady - before.steady).count();
    sample.lookups = lookups.lookups;
    std::copy(std::begin(lookups.answeredBy), std::end(lookups.answeredBy), sample.answeredBy);
    sample.stale = lookups.stale;
    sample.negative = lookups.negative;
    sample.writes = after.totals.churn.writes - before.totals.churn.writes;
    sample.invalidatedKeys = after.totals.churn.invalidatedKeys - before.totals.churn.invalidatedKeys;
    sample.refreshes = after.totals.churn.refreshOk - before.totals.churn.refreshOk;
    readTiers(sample, before, after);
    bucket.latency = lookups.latency;
    return bucket;
}

void Sampler::add(const Reading &reading)
{
    if (m_last) {
        m_series.add(difference(*m_last, reading));
        markChanges(*m_last, reading);
    }
    m_totals.emplace_back(reading.steady, reading.totals.all);
    while (m_totals.size() > 2 && reading.steady - m_totals[1].first >= windowLength)
        m_totals.pop_front();
    m_last = reading;
    ++m_serial;
}

void Sampler::markChanges(const Reading &before, const Reading &after)
{
    for (std::size_t i = 0; i < tierCount; ++i) {
        if (after.configured[i] && before.usage[i].up != after.usage[i].up)
            mark({after.time, after.usage[i].up ? Marker::Kind::TierUp : Marker::Kind::TierDown,
                std::string(stageName(static_cast<Stage>(i))) + ": " + after.usage[i].detail});
    }
    markPolicies(before, after);
    if (before.workload.running != after.workload.running)
        mark({after.time, after.workload.running ? Marker::Kind::WorkloadStarted : Marker::Kind::WorkloadStopped, {}});
    for (std::size_t i = 0; i < std::min(before.sources.size(), after.sources.size()); ++i) {
        if (!isFrozen(before.sources[i]) && isFrozen(after.sources[i]))
            mark({after.time, Marker::Kind::RateLimited, after.sources[i].name + ": " + after.sources[i].lastError});
    }
}

void Sampler::markPolicies(const Reading &before, const Reading &after)
{
    if (!before.policies || !after.policies || before.policies == after.policies)
        return;
    std::string types;
    for (const Policy &policy : *after.policies) {
        if (std::find(before.policies->begin(), before.policies->end(), policy) == before.policies->end())
            types += (types.empty() ? "" : ", ") + policy.type;
    }
    if (!types.empty())
        mark({after.time, Marker::Kind::PolicyChange, types});
}

void Sampler::mark(Marker marker)
{
    m_markers.push_back(std::move(marker));
    if (m_markers.size() > maxMarkers)
        m_markers.pop_front();
}

void Sampler::markElsewhere(WallTime time, const std::string &what)
{
    const auto newest = std::find_if(m_markers.rbegin(), m_markers.rend(),
        [](const Marker &marker) { return marker.kind == Marker::Kind::InvalidationElsewhere; });
    if (newest == m_markers.rend() || time - newest->time >= sameBurst) {
        m_elsewhere = what;
        m_elsewhereMore = 0;
        return mark({time, Marker::Kind::InvalidationElsewhere, what});
    }
    newest->text = m_elsewhere + " +" + std::to_string(++m_elsewhereMore);
}

LookupTotals Sampler::window() const
{
    if (m_totals.size() < 2)
        return {};
    return lookupDifference(m_totals.back().second, m_totals.front().second);
}

// Stale answers have a column of their own, so that the columns of a sample add up to its lookups.
Snapshot Sampler::snapshot(SeriesRange range) const
{
    Snapshot out;
    if (!m_last)
        return out;
    out.time = m_last->time;
    out.serial = m_serial;
    for (std::size_t i = 0; i < tierCount; ++i)
        out.tiers[i] = {m_last->configured[i], m_last->usage[i], m_last->totals.tiers[i]};
    out.totals = m_last->totals;
    out.window = window();
    out.sources = m_last->sources;
    out.series = m_series.samples(range);
    out.markers.assign(m_markers.begin(), m_markers.end());
    out.workload = m_last->workload;
    out.outbox = m_last->outbox;
    out.writeBehind = m_last->writeBehind;
    out.whatIf = m_last->whatIf;
    return out;
}

} // namespace insitecache
