// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>

#include <insitecache/coherence/invalidation.h>
#include <insitecache/metrics/metrics.h>

namespace insitecache {

/// Keys that changed upstream, told of faster than they can be invalidated. A key waits once, however often it is
/// told of, so a burst costs no more memory than it has keys; with too many keys all of them are meant.
/// Any thread. It never waits for an invalidation.
class ChangeQueue {
public:
    static constexpr std::size_t maxKeys = 100'000;

    explicit ChangeQueue(Metrics &metrics) : m_metrics(metrics) {}

    /// True: nobody is about to call take(), so the caller has to see to it.
    bool add(CacheKey key, std::string reason);
    /// Everything that waits, as one invalidation with dependents. Nothing: there is none, and add() will say so.
    std::optional<Invalidation> take();

private:
    Metrics &m_metrics;
    std::mutex m_mutex; ///< guards everything below
    std::unordered_set<CacheKey> m_keys;
    std::string m_reason;
    bool m_severalReasons = false;
    bool m_everything = false;
    bool m_isExpected = false; ///< take() is going to be called
};

} // namespace insitecache
