// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include <insitecache/base/random.h>

namespace insitecache {

/// Draws ranks 1 … n with probability proportional to rank^-s, exactly, in O(1) time and memory.
///
/// Rejection-inversion (W. Hörmann, G. Derflinger: "Rejection-inversion to generate variates from monotone discrete
/// distributions", ACM TOMACS 6(3), 1996): invert the integral H of the continuous hat x^-s, round to the nearest
/// rank, and accept when the point lies under the bar of that rank. Less than 1.2 tries per draw on average. The
/// integral is written with expm1 and log1p, so that s = 1 (where it is a logarithm) and its neighbourhood need no
/// case of their own; s = 0 is the uniform distribution.
/// Immutable; any thread, with a Random of that thread.
class ZipfSampler {
public:
    /// Preconditions: ranks ≥ 1, skew ≥ 0.
    ZipfSampler(std::uint64_t ranks, double skew);
    std::uint64_t next(Random &random) const;

private:
    double density(double x) const;
    double integral(double x) const;
    double inverseIntegral(double area) const;

    double m_ranks;
    double m_skew;
    double m_lowest;   ///< area at the left edge of rank 1's bar
    double m_highest;  ///< area at the right edge of the last bar
    double m_squeezed; ///< so near to its rank a point is under the bar without a look
};

} // namespace insitecache
