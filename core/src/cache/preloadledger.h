// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <list>
#include <optional>
#include <unordered_set>

#include <insitecache/base/cachekey.h>
#include <insitecache/base/clock.h>
#include <insitecache/tiers/tier.h>

namespace insitecache {

/// What was preloaded into L1 and has not been read yet: an entry is used at its first hit, and wasted when it leaves
/// L1 without one or is not read for ten minutes. It looks at L1 from time to time, so an entry that was read and
/// evicted between two looks counts as wasted. At most 10,000 are followed; beyond that the oldest is given up as
/// wasted. Cache thread only.
class PreloadLedger {
public:
    static constexpr std::size_t maxFollowed = 10'000;
    static constexpr Millis waitsFor{600'000};

    struct Preloaded {
        CacheKey key;
        std::optional<CacheKey> because{}; ///< the key whose load predicted it
        SteadyTime since{};
    };
    using Judge = std::function<void(const Preloaded &, bool used)>;

    void add(Preloaded what, const Judge &judge);
    /// Looks at `count` of them, those looked at longest ago, and judges what can be judged.
    void look(Tier &l1, SteadyTime now, std::size_t count, const Judge &judge);
    std::size_t size() const { return m_followed.size(); }

private:
    std::list<Preloaded> m_followed;
    std::unordered_set<CacheKey> m_keys;
};

} // namespace insitecache
