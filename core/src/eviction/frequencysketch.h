// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace insitecache {

/// Estimates how often each key was asked for lately, in 4 bits a counter, also for keys that are not in the cache.
///
/// A count-min sketch (Cormode & Muthukrishnan 2005) whose four counters of a key lie in one cache line; after 20 uses
/// for each entry of the cache all counters are halved, so that the past fades (TinyLFU: Einziger, Friedman, Manes,
/// ACM TOS 2017). Takes about 8 bytes for each entry it was made for.
/// Not thread-safe. Standard C++ only.
class FrequencySketch {
public:
    static constexpr unsigned maxEstimate = 15;

    /// Makes it large enough for a cache of that many entries; never shrinks. Estimates are kept.
    void reserve(std::size_t entries);
    bool isReady() const { return !m_lines.empty(); }

    void add(std::uint64_t hash, unsigned times = 1);
    /// At least as often as it was, never above maxEstimate.
    unsigned estimate(std::uint64_t hash) const;
    std::size_t bytes() const { return m_lines.size() * sizeof(Line); }

private:
    static constexpr std::size_t entriesPerLine = 8;
    static constexpr unsigned rows = 4;
    static constexpr std::uint64_t usesPerEntry = 20;

    struct alignas(64) Line {
        std::array<std::uint64_t, 8> words{};
    };
    struct Counter {
        unsigned word;
        unsigned shift;
    };
    static Counter counter(std::uint64_t mixed, unsigned row);
    void halve();

    std::vector<Line> m_lines;
    std::uint64_t m_uses = 0;
    std::uint64_t m_usesUntilHalved = 0;
};

} // namespace insitecache
