// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <deque>

#include <insitecache/monitor/monitor.h>

namespace insitecache {

/// One second's differences with what is needed to join several into a longer bucket.
struct SampleBucket {
    Sample sample;
    HistogramCounts latency;

    void add(const SampleBucket &later);
};

/// A bounded series of equally long buckets; the newest one may still be filling.
class SeriesRing {
public:
    SeriesRing(int secondsPerBucket, std::size_t maxBuckets) : m_seconds(secondsPerBucket), m_max(maxBuckets) {}

    void add(const SampleBucket &second);
    /// Oldest first, at most `newest` of them.
    std::vector<Sample> samples(std::size_t newest) const;

private:
    int m_seconds;
    std::size_t m_max;
    std::deque<SampleBucket> m_buckets;
};

/// Every range that charts show, filled from the same seconds, so that an hour costs no more than a minute.
class Series {
public:
    Series();
    void add(const SampleBucket &second);
    std::vector<Sample> samples(SeriesRange range) const;

private:
    SeriesRing m_oneSecond, m_fiveSeconds, m_quarterMinute, m_minute;
};

} // namespace insitecache
