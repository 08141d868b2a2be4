// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <deque>
#include <vector>

#include <insitecache/base/cachekey.h>
#include <insitecache/base/clock.h>

#include "cache/recentmap.h"

namespace insitecache {

/// Which keys are loaded soon after which: a dependency graph in the sense of Padmanabhan and Mogul ("Using predictive
/// prefetching to improve World Wide Web latency", ACM CCR 26(3), 1996), of which an arc tells how likely one key is
/// asked for within the next three after another one, and within five seconds. Bounded: 4,096 keys, those loaded last,
/// with four followers each; counts are halved every 64 times, so that what has ended is forgotten.
///
/// It sees loads, not reads: what is fresh in L1 passes by it. So a prediction that came true has to be told to it
/// (cameTrue()), and one that was not needed (notNeeded()), or each would cost itself its evidence.
/// Not thread-safe.
class FollowerTable {
public:
    static constexpr std::size_t maxKeys = 4096;
    static constexpr double leastShare = 0.5;
    static constexpr double leastTimes = 5;

    /// `key` is being loaded now: returns what is likely to be asked for next, the likeliest first.
    std::vector<CacheKey> loaded(const CacheKey &key, SteadyTime now);
    /// `follower` had been loaded ahead of time because of `key`, and was asked for.
    void cameTrue(const CacheKey &key, const CacheKey &follower);
    /// `follower` was predicted after `key`, but it was there already: that is evidence neither for nor against.
    void notNeeded(const CacheKey &key, const CacheKey &follower);
    std::size_t keys() const { return m_nodes.size(); }

private:
    struct Follower {
        CacheKey key;
        double times = 0;
    };
    struct Node {
        double times = 0;
        std::vector<Follower> followers{};
    };
    struct Recent {
        CacheKey key;
        SteadyTime when;
    };

    static void add(Node &node, const CacheKey &follower, double times);
    static std::vector<CacheKey> predictedBy(const Node &node);

    RecentMap<CacheKey, Node> m_nodes{maxKeys};
    std::deque<Recent> m_recent;
};

} // namespace insitecache
