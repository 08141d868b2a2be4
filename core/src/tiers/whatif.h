// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>

#include <insitecache/base/clock.h>
#include <insitecache/tiers/whatifreport.h>

#include "eviction/minicache.h"

namespace insitecache {

/// Forecasts the hit ratio of L1 at other capacities and with other lives, while it runs.
///
/// Seven mini caches see the requests of a sample of keys, chosen by their hashes, against a room that is smaller by
/// the same factor (SHARDS: Waldspurger et al., FAST 2015; MiniSim: Waldspurger et al., USENIX ATC 2017): half, once,
/// twice and four times the entries with the lives that values have, and once the entries with half, twice and four
/// times the lives. So a longer life helps only as far as the room keeps the value, and more room only until its life
/// ends. What is invalidated or written goes to all of them; keys that a pattern would have hit in a larger cache only
/// are missed.
///
/// A sample rarely has its share of the few hottest keys, whose requests are nearly all hits. So the misses of each
/// mini cache are scaled by what the real cache missed beside what the one of its size did; that is also what corrects
/// the rest of its error.
///
/// All keys are watched at first; the sample is thinned out, and what is known of the other keys kept, as entries or
/// uses become too many: at most 5000 uses a second are noted, so the cost is about a hundredth of one core however
/// many hits there are, and the mini caches take less than 1 MB together.
///
/// Threads: any. A use that finds another one being noted is lost, so nobody waits for it.
/// Standard C++ only.
class WhatIf {
public:
    /// What L1 answered since it was made.
    struct Counted {
        std::uint64_t lookups = 0, hits = 0;
    };
    /// A request, or a value that came unasked.
    struct Use {
        std::uint64_t hash;
        SteadyTime now;
        Duration life;        ///< of the value from now on, were it made now
        std::size_t capacity; ///< how many entries L1 has room for
        double windowShare;   ///< of L1's policy now
    };

    explicit WhatIf(bool isOn);

    bool isOn() const { return m_isOn; }
    bool isSampled(std::uint64_t hash) const { return ((hash >> 48) & m_mask.load(std::memory_order_relaxed)) == 0; }
    /// The following need isSampled(hash).
    void asked(const Use &use) { note(use, true); } ///< a hit, or a miss that was filled
    void renewed(const Use &use) { note(use, false); }
    void dropped(std::uint64_t hash);

    /// Once in a while: what is older than two times five minutes is forgotten.
    void roll(const Counted &counted, SteadyTime now);
    WhatIfReport report(const Counted &counted);

private:
    struct Mini {
        double capacity, life;
    };
    static constexpr std::array minis{
        Mini{0.5, 1}, Mini{1, 1}, Mini{2, 1}, Mini{4, 1}, Mini{1, 0.5}, Mini{1, 2}, Mini{1, 4}};
    static constexpr std::size_t asItIs = 1, largest = 3;

    struct Window {
        double uses = 0;
        std::array<double, minis.size()> miniHits{};
        Counted start{};

        void scale(double by);
        void add(const Window &other);
        double missRatio(std::size_t mini) const { return uses > 0 ? 1 - miniHits[mini] / uses : 0; }
    };

    void note(const Use &use, bool isRequest);
    bool isTooMuch(SteadyTime now);
    void fit(const Use &use);
    void thin();
    void thicken(double uses);
    std::uint64_t rate() const { return m_mask.load(std::memory_order_relaxed) + 1; }

    const bool m_isOn;
    std::atomic<std::uint64_t> m_mask;
    std::mutex m_mutex; ///< guards all below
    std::array<MiniCache, minis.size()> m_minis;
    Window m_now, m_before;
    SteadyTime m_windowStarted{};
    SteadyTime m_secondStarted{};
    std::uint64_t m_usesInSecond = 0;
    std::uint64_t m_usesUntilFit = 0;
};

} // namespace insitecache
