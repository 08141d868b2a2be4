// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/sampler.h"

#include <algorithm>

namespace insitecache {

namespace {

constexpr Duration windowLength = std::chrono::seconds(60);

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
    if (m_last)
        m_series.add(difference(*m_last, reading));
    m_totals.emplace_back(reading.steady, reading.totals.all);
    while (m_totals.size() > 2 && reading.steady - m_totals[1].first >= windowLength)
        m_totals.pop_front();
    m_last = reading;
    ++m_serial;
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
        out.tiers[i] = {m_last->configured[i], false, m_last->usage[i], m_last->totals.tiers[i]};
    out.totals = m_last->totals;
    out.window = window();
    out.sources = m_last->sources;
    out.series = m_series.samples(range);
    out.workload = m_last->workload;
    out.outbox = m_last->outbox;
    out.writeBehind = m_last->writeBehind;
    out.whatIf = m_last->whatIf;
    out.systemMemoryBytes = m_last->systemMemoryBytes;
    return out;
}

} // namespace insitecache
