// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/series.h"

#include <algorithm>

namespace insitecache {

namespace {

constexpr std::size_t maxPoints = 360;

void readLatency(SampleBucket &bucket)
{
    Sample &sample = bucket.sample;
    sample.meanMs = bucket.latency.meanMs();
    sample.p50Ms = bucket.latency.quantileMs(0.50);
    sample.p95Ms = bucket.latency.quantileMs(0.95);
    sample.p99Ms = bucket.latency.quantileMs(0.99);
}

long long bucketIndex(WallTime time, int seconds)
{
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count() / seconds;
}

} // namespace

// Counts add up; what is a state (bytes, up) is that of the later second.
void SampleBucket::add(const SampleBucket &later)
{
    Sample &mine = sample;
    const Sample &other = later.sample;
    mine.seconds += other.seconds;
    mine.lookups += other.lookups;
    for (int i = 0; i < 5; ++i)
        mine.answeredBy[i] += other.answeredBy[i];
    mine.stale += other.stale;
    mine.negative += other.negative;
    for (int i = 0; i < tierCount; ++i) {
        mine.tierLookups[i] += other.tierLookups[i];
        mine.tierHits[i] += other.tierHits[i];
        mine.tierBytes[i] = other.tierBytes[i];
        mine.tierUp[i] = other.tierUp[i];
    }
    mine.writes += other.writes;
    mine.invalidatedKeys += other.invalidatedKeys;
    mine.evictions += other.evictions;
    mine.expirations += other.expirations;
    mine.refreshes += other.refreshes;
    latency += later.latency;
    readLatency(*this);
}

void SeriesRing::add(const SampleBucket &second)
{
    const bool joins = !m_buckets.empty()
        && bucketIndex(m_buckets.back().sample.time, m_seconds) == bucketIndex(second.sample.time, m_seconds)
        && m_seconds > 1;
    if (joins) {
        m_buckets.back().add(second);
        return;
    }
    m_buckets.push_back(second);
    readLatency(m_buckets.back());
    if (m_buckets.size() > m_max)
        m_buckets.pop_front();
}

std::vector<Sample> SeriesRing::samples(std::size_t newest) const
{
    std::vector<Sample> out;
    const std::size_t count = std::min(newest, m_buckets.size());
    out.reserve(count);
    for (auto it = m_buckets.end() - static_cast<std::ptrdiff_t>(count); it != m_buckets.end(); ++it)
        out.push_back(it->sample);
    return out;
}

Series::Series() :
    m_oneSecond(1, maxPoints), m_fiveSeconds(5, maxPoints), m_quarterMinute(15, maxPoints), m_minute(60, maxPoints)
{}

void Series::add(const SampleBucket &second)
{
    for (SeriesRing *ring : {&m_oneSecond, &m_fiveSeconds, &m_quarterMinute, &m_minute})
        ring->add(second);
}

std::vector<Sample> Series::samples(SeriesRange range) const
{
    switch (range) {
    case SeriesRange::Minute1: return m_oneSecond.samples(60);
    case SeriesRange::Minutes5: return m_oneSecond.samples(300);
    case SeriesRange::Minutes15: return m_fiveSeconds.samples(180);
    case SeriesRange::Hour1: return m_quarterMinute.samples(240);
    case SeriesRange::Hours6: return m_minute.samples(360);
    }
    return {};
}

} // namespace insitecache
