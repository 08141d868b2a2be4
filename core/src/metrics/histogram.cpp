// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/metrics/histogram.h>

#include <algorithm>
#include <bit>

namespace insitecache {

namespace {
constexpr int firstExponent = 6; // 64 ns
constexpr int subBuckets = 8;
} // namespace

// Bucket 0 takes everything below 64 ns; then 8 equal steps per power of two.
int Histogram::bucketOf(std::uint64_t ns)
{
    if (ns < (1u << firstExponent))
        return 0;
    const int exponent = static_cast<int>(std::bit_width(ns)) - 1;
    const int step = static_cast<int>((ns >> (exponent - 3)) & (subBuckets - 1));
    const int bucket = 1 + (exponent - firstExponent) * subBuckets + step;
    return std::min(bucket, HistogramCounts::bucketCount - 1);
}

std::uint64_t Histogram::lowerBoundNs(int bucket)
{
    if (bucket <= 0)
        return 0;
    const int exponent = firstExponent + (bucket - 1) / subBuckets;
    const auto step = static_cast<std::uint64_t>((bucket - 1) % subBuckets);
    return (std::uint64_t(1) << exponent) + (step << (exponent - 3));
}

void Histogram::record(Duration value)
{
    const auto ns = static_cast<std::uint64_t>(std::max<Duration::rep>(0, value.count()));
    m_buckets[static_cast<std::size_t>(bucketOf(ns))].fetch_add(1, std::memory_order_relaxed);
    m_sumNs.fetch_add(ns, std::memory_order_relaxed);
}

HistogramCounts Histogram::counts() const
{
    HistogramCounts out;
    for (std::size_t i = 0; i < out.buckets.size(); ++i) {
        out.buckets[i] = m_buckets[i].load(std::memory_order_relaxed);
        out.count += out.buckets[i];
    }
    out.sumNs = m_sumNs.load(std::memory_order_relaxed);
    return out;
}

double HistogramCounts::meanMs() const
{
    return count ? double(sumNs) / double(count) / 1e6 : 0.0;
}

double HistogramCounts::quantileMs(double q) const
{
    if (count == 0)
        return 0.0;
    const double wanted = std::clamp(q, 0.0, 1.0) * double(count);
    double seen = 0;
    for (int i = 0; i < bucketCount; ++i) {
        const double inBucket = double(buckets[static_cast<std::size_t>(i)]);
        if (inBucket == 0 || seen + inBucket < wanted) {
            seen += inBucket;
            continue;
        }
        const double low = double(Histogram::lowerBoundNs(i));
        const double high = double(Histogram::lowerBoundNs(std::min(i + 1, bucketCount - 1)));
        return (low + (high - low) * (wanted - seen) / inBucket) / 1e6;
    }
    return double(Histogram::lowerBoundNs(bucketCount - 1)) / 1e6;
}

HistogramCounts HistogramCounts::operator-(const HistogramCounts &earlier) const
{
    HistogramCounts out;
    for (std::size_t i = 0; i < buckets.size(); ++i) {
        out.buckets[i] = buckets[i] >= earlier.buckets[i] ? buckets[i] - earlier.buckets[i] : 0;
        out.count += out.buckets[i];
    }
    out.sumNs = sumNs >= earlier.sumNs ? sumNs - earlier.sumNs : 0;
    return out;
}

HistogramCounts &HistogramCounts::operator+=(const HistogramCounts &other)
{
    for (std::size_t i = 0; i < buckets.size(); ++i)
        buckets[i] += other.buckets[i];
    count += other.count;
    sumNs += other.sumNs;
    return *this;
}

} // namespace insitecache
