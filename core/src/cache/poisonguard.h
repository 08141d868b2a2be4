// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <unordered_map>

#include <insitecache/base/cachekey.h>
#include <insitecache/base/clock.h>

namespace insitecache {

/// Keys whose stored copies turned out damaged again and again: whatever damages them would damage the next one too, so
/// for a while they are answered without being cached.
/// Bounded: beyond `maxKeys` the oldest knowledge is given up. Cache thread only, but for isAnyPaused().
class PoisonGuard {
public:
    static constexpr int failuresAllowed = 3; ///< the third one within `window` is one too many
    static constexpr Duration window = std::chrono::seconds(60);
    static constexpr Duration pause = std::chrono::seconds(60);
    static constexpr std::size_t maxKeys = 10'000;

    void failed(const CacheKey &key, SteadyTime now);
    bool isPaused(const CacheKey &key, SteadyTime now) const;
    /// Is any key paused? Any thread.
    bool isAnyPaused(SteadyTime now) const { return now < m_pausedUntil.load(); }

private:
    struct Record {
        SteadyTime first;
        int failures = 0;
        SteadyTime pausedUntil{};
    };
    std::unordered_map<CacheKey, Record> m_records;
    std::atomic<SteadyTime> m_pausedUntil{SteadyTime::min()}; ///< of all keys, the latest
};

} // namespace insitecache
