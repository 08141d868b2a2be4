// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include <insitecache/base/clock.h>

namespace insitecache {

/// A copy of a histogram's counts. Subtract two to get a window.
struct HistogramCounts {
    /// Log-linear buckets: 8 per power of two from 64 ns to about 70 s; the last one takes what is longer.
    static constexpr int bucketCount = 248;
    std::array<std::uint64_t, bucketCount> buckets{};
    std::uint64_t count = 0;
    std::uint64_t sumNs = 0;

    double meanMs() const;
    /// The value below which `q` (0 … 1) of the samples lie, within 12.5 %. 0 without samples.
    double quantileMs(double q) const;
    HistogramCounts operator-(const HistogramCounts &earlier) const;
    HistogramCounts &operator+=(const HistogramCounts &other);
};

/// Latencies, recorded without locks. Any thread.
class Histogram {
public:
    void record(Duration value);
    HistogramCounts counts() const;

    static int bucketOf(std::uint64_t ns);
    static std::uint64_t lowerBoundNs(int bucket);

private:
    std::array<std::atomic<std::uint64_t>, HistogramCounts::bucketCount> m_buckets{};
    std::atomic<std::uint64_t> m_sumNs{0};
};

} // namespace insitecache
