// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include <insitecache/cache/tieredcache.h>

#include "cache/lookupunderway.h"

namespace insitecache {

/// Reads L2 for those who do not wait for it themselves, on a thread of its own that starts with the first of them: all
/// lookups that are there at the same time are one question to L2 (TieredCache::tryDirect). What is no plain hit there
/// is passed on, and so is a lookup of a key that one before it asks for and that L1 does not have afterwards: the
/// cache thread lets them share one flight.
/// Any thread. It must be closed before it is destroyed.
class LookupReader {
public:
    using Refresh = std::function<void(const CacheKey &)>;
    using PassOn = std::function<void(std::vector<LookupPtr>)>;

    /// Both are called on that thread; `refresh` when a hit is due for it.
    LookupReader(TieredCache &cache, Refresh refresh, PassOn passOn);
    ~LookupReader();

    /// Keeps the lookup's promise or passes it on; false: it is closed, and nothing happens.
    bool take(LookupPtr lookup);
    /// Passes on what waits, without reading it, and ends the thread. A second time does nothing.
    void close();

private:
    void run();
    void answer(std::vector<LookupPtr> lookups);
    void read(const std::vector<LookupPtr> &lookups);
    void takeHits(LookupUnderWay &lookup);
    void leaveAnswered(LookupUnderWay &lookup);

    TieredCache &m_cache;
    const Refresh m_refresh;
    const PassOn m_passOn;
    std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_wake;
    std::vector<LookupPtr> m_queued;
    bool m_closing = false;
    std::thread m_thread;
};

} // namespace insitecache
