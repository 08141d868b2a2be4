// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <vector>

#include "eviction/shadowcache.h"

namespace insitecache {

/// Finds the share of the window that suits the requests of today.
///
/// Six shadow caches, each with another share, see the same sample of keys: all the requests of one key in so many, as
/// chosen by its hash, against a capacity that is smaller by the same factor, which predicts the hit ratio of the whole
/// (SHARDS: Waldspurger et al., FAST 2015; MiniSim: Waldspurger et al., USENIX ATC 2017). The share whose shadow hit
/// most lately is used; old hits fade, and another share must be clearly better to take over.
///
/// Threads: any. A use is written into a ring that loses some when it is written faster than it is read; whoever finds
/// it filling up reads it, unless somebody already does. Nobody waits.
/// Standard C++ only.
class WindowTournament {
public:
    /// How many entries the cache may come to hold, as far as one can say.
    explicit WindowTournament(std::size_t expectedEntries);

    bool isSampled(std::uint64_t hash) const
    {
        return ((hash >> 8) & m_sampleMask.load(std::memory_order_relaxed)) == 0;
    }
    /// The key was asked for; isSampled(hash). `entries`: how many the cache has; `isFull`: it had to evict before.
    void use(std::uint64_t hash, std::size_t entries, bool isFull);
    static constexpr double firstShare() { return shares[startingShare]; }
    double share() const { return m_share.load(std::memory_order_relaxed); }
    /// The memory it takes, as of late.
    std::size_t bytes() const { return m_bytes.load(std::memory_order_relaxed); }
    /// What it would take for that many entries, at most.
    static std::size_t bytesFor(std::size_t entries);
    /// Of one key in how many the requests are seen.
    std::uint64_t sampleRate() const { return m_sampleMask.load(std::memory_order_relaxed) + 1; }

private:
    static constexpr std::size_t startingShare = 3;
    static constexpr std::array shares{1.0, 0.5, 0.2, 0.08, 0.03, 0.01};
    static constexpr std::size_t ringSize = 256;
    static constexpr std::size_t readAfter = 64;
    static constexpr std::size_t shadowEntries = 1024; ///< a shadow has at least that many where the cache has

    // These need m_mutex.
    void readRing(std::size_t entries, bool isFull);
    void play(std::uint64_t hash);
    void endRound(std::size_t entries, bool isFull);
    void fit(std::size_t entries, bool isFull);
    void weigh();

    std::array<std::atomic<std::uint64_t>, ringSize> m_ring{};
    std::atomic<std::size_t> m_written{0};
    std::atomic<std::uint64_t> m_sampleMask;
    std::atomic<std::size_t> m_bytes{0};
    std::atomic<double> m_share{shares[startingShare]};

    std::mutex m_mutex;
    std::size_t m_read = 0;
    FrequencySketch m_sketch;
    std::vector<ShadowCache> m_shadows;
    std::array<double, shares.size()> m_scores{};
    std::array<std::uint64_t, shares.size()> m_hits{};
    std::size_t m_leader = startingShare;
    std::size_t m_uses = 0;    ///< in this round
    std::size_t m_round = 256; ///< uses that make a round
    std::size_t m_fitted = 0;  ///< entries of the cache that the shadows were fitted to
};

} // namespace insitecache
