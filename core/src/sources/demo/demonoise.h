// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace insitecache {

/// Chance without a state: every number is a hash of what it is for, so the same question has the same answer in any
/// order and nothing grows with time. A value type: copy it freely. Any thread.
class DemoNoise {
public:
    explicit DemoNoise(std::uint64_t seed = 0) : m_seed(seed) {}

    /// An independent noise, for one symbol or one purpose.
    DemoNoise fork(std::uint64_t purpose) const { return DemoNoise(mixed(m_seed, purpose)); }

    std::uint64_t bits(std::int64_t at) const { return mixed(m_seed, static_cast<std::uint64_t>(at)); }
    /// Uniform in [0, 1).
    double unit(std::int64_t at) const { return static_cast<double>(bits(at) >> 11) * 0x1.0p-53; }
    /// Nearly normal, mean 0 and variance 1, within ±3.5: the sum of four uniform numbers.
    double normal(std::int64_t at) const;
    /// Uniform in 0 … count − 1.
    std::uint64_t pick(std::int64_t at, std::uint64_t count) const { return bits(at) % count; }

    /// A random walk at integer times, built by halving (P. Lévy's construction of Brownian motion): between anchors
    /// `span` apart, each independent with deviation `anchorDeviation`, the middle of an interval of length n is the
    /// mean of its ends plus a normal number of deviation stepDeviation · √n / 2. So any time costs log2(span) steps,
    /// neighbours differ by about stepDeviation, and the walk never leaves its level for good.
    /// Precondition: `span` is a power of two.
    double walk(std::int64_t time, std::int64_t span, double stepDeviation, double anchorDeviation) const;

private:
    /// SplitMix64's output function (Steele, Lea, Flood 2014) over both words.
    static std::uint64_t mixed(std::uint64_t seed, std::uint64_t value);

    std::uint64_t m_seed;
};

} // namespace insitecache
