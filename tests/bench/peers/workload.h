// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <insitecache/base/error.h>

namespace insitecache::bench {

/// Which key every peer touches when, drawn once for a contest and handed over as a file, so that all peers do the same
/// work and drawing costs none of them time. Keys are the numbers of makeKeys(keyCount, keyDigits): 20 bytes of text,
/// scattered over the ranks.
///
/// The file is five streams of equal length: hot(0), hot(1), warm(), mixed(0), mixed(1). They follow a head of four
/// numbers: keyCount, capacity, valueBytes, the length of a stream. All are little-endian and 32 bits wide, so that
/// peers in other languages can read them.
class Workload {
public:
    using Stream = std::span<const std::uint32_t>;

    static constexpr std::uint32_t keyCount = 1'000'000;
    static constexpr std::uint32_t capacity = 100'000; ///< entries, of the caches that evict
    static constexpr std::uint32_t keyDigits = 13;
    static constexpr std::uint32_t keyBytes = 20;
    static constexpr std::uint32_t valueBytes = 64;
    static constexpr std::uint32_t streamLength = 1'000'000;
    static constexpr int threads = 2;                    ///< for which there are streams
    static constexpr double skew = 0.99;                 ///< of the Zipf distributions
    static constexpr std::uint32_t writeMark = 1u << 31; ///< on a draw that the mixed workload takes as a write

    static Workload draw();
    /// Errors: Io.
    static Result<Workload> load(const std::string &file);
    Status save(const std::string &file) const;

    Stream hot(int thread) const { return stream(thread); }                 ///< over the first `capacity` keys only
    Stream warm() const { return stream(threads); }                         ///< over all keys, before the time is taken
    Stream mixed(int thread) const { return stream(threads + 1 + thread); } ///< over all keys; a quarter are writes

    /// What every key has.
    static std::string_view value();

private:
    Stream stream(int at) const { return Stream(m_draws).subspan(std::size_t(at) * streamLength, streamLength); }

    std::vector<std::uint32_t> m_draws;
};

} // namespace insitecache::bench
