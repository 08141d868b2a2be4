// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>

namespace insitecache {

/// Where chance comes from: TTL jitter, back-off, the demo market, the workload. Seeded in tests.
/// One thread each.
class Random {
public:
    virtual ~Random() = default;
    virtual std::uint64_t bits() = 0;

    /// Uniform in [0, 1).
    double unit() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }
    /// Uniform in [low, high).
    double between(double low, double high) { return low + (high - low) * unit(); }

    /// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same numbers on every machine.
    static std::unique_ptr<Random> seeded(std::uint64_t seed);
    /// Seeded from the operating system.
    static std::unique_ptr<Random> fromSystem();
};

} // namespace insitecache
