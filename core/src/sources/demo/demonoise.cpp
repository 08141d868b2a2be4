// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo/demonoise.h"

#include <cmath>

namespace insitecache {

std::uint64_t DemoNoise::mixed(std::uint64_t seed, std::uint64_t value)
{
    std::uint64_t z = seed + 0x9E3779B97F4A7C15ull * (value + 1);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    z ^= z >> 31;
    // A second round: the seeds of neighbours differ by few bits only.
    z = (z ^ seed) * 0xD6E8FEB86659FD93ull;
    return z ^ (z >> 32);
}

double DemoNoise::normal(std::int64_t at) const
{
    const std::uint64_t word = bits(at);
    double sum = 0;
    for (int part = 0; part < 4; ++part)
        sum += static_cast<double>((word >> (16 * part)) & 0xFFFF) / 65536.0;
    // Four uniform numbers have mean 2 and variance 1/3.
    return (sum - 2) * std::sqrt(3.0);
}

double DemoNoise::walk(std::int64_t time, std::int64_t span, double stepDeviation, double anchorDeviation) const
{
    const DemoNoise anchors = fork(1), middles = fork(2);
    std::int64_t left = time - ((time % span) + span) % span;
    double leftValue = anchors.normal(left) * anchorDeviation;
    double rightValue = anchors.normal(left + span) * anchorDeviation;
    for (std::int64_t length = span; time != left; length /= 2) {
        const std::int64_t middle = left + length / 2;
        const double deviation = stepDeviation * std::sqrt(static_cast<double>(length)) / 2;
        const double value = (leftValue + rightValue) / 2 + middles.normal(middle) * deviation;
        if (time < middle) {
            rightValue = value;
        } else {
            left = middle;
            leftValue = value;
        }
    }
    return leftValue;
}

} // namespace insitecache
