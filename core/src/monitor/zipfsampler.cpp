// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/zipfsampler.h"

#include <algorithm>
#include <cmath>

namespace insitecache {

namespace {

// (e^x - 1) / x and log(1 + x) / x with their limits at 0, where the quotient itself loses every digit.
double zipfExpm1Ratio(double x)
{
    return std::abs(x) > 1e-8 ? std::expm1(x) / x : 1 + x / 2;
}

double zipfLog1pRatio(double x)
{
    return std::abs(x) > 1e-8 ? std::log1p(x) / x : 1 - x / 2;
}

} // namespace

ZipfSampler::ZipfSampler(std::uint64_t ranks, double skew) :
    m_ranks(static_cast<double>(ranks)), m_skew(skew), m_lowest(integral(1.5) - 1), m_highest(integral(m_ranks + 0.5)),
    m_squeezed(2 - inverseIntegral(integral(2.5) - density(2)))
{}

double ZipfSampler::density(double x) const
{
    return std::exp(-m_skew * std::log(x));
}

double ZipfSampler::integral(double x) const
{
    const double logX = std::log(x);
    return zipfExpm1Ratio((1 - m_skew) * logX) * logX;
}

double ZipfSampler::inverseIntegral(double area) const
{
    // Rounding may push the argument of log1p below its domain at the left edge.
    const double scaled = std::max(area * (1 - m_skew), -1.0);
    return std::exp(zipfLog1pRatio(scaled) * area);
}

std::uint64_t ZipfSampler::next(Random &random) const
{
    for (;;) {
        const double area = m_highest + random.unit() * (m_lowest - m_highest);
        const double x = inverseIntegral(area);
        const double rank = std::clamp(std::floor(x + 0.5), 1.0, m_ranks);
        if (rank - x <= m_squeezed || area >= integral(rank + 0.5) - density(rank))
            return static_cast<std::uint64_t>(rank);
    }
}

} // namespace insitecache
