// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <memory>
#include <unordered_map>

#include <insitecache/cache/preload.h>
#include <insitecache/cache/tieredcache.h>

#include "cache/followertable.h"
#include "cache/preloadledger.h"
#include "tiers/hotkey.h"

namespace insitecache {

/// Carries out PreloadOptions over a running cache. It holds on to what it was told to load until it is there, or some
/// lookup has loaded it, or the end; a list that cannot be read or written is told to the log once and changes nothing
/// else.
/// Cache thread only.
class Preloader {
public:
    Preloader(TieredCache &cache, PreloadOptions options);
    ~Preloader();
    Preloader(const Preloader &) = delete;
    Preloader &operator=(const Preloader &) = delete;

    /// Begins to load what was hottest when it was written down last, and what is predicted.
    void start();
    /// Call it about once a second.
    void tick();
    /// Writes down what is hottest now. Before the cache is closed; nothing is loaded any more after it.
    void finish();

private:
    struct Wish {
        CacheKey key;
        std::optional<CacheKey> because{};
    };

    void remember();
    void loadNextFromTiers();
    void loadNextFromSource();
    void load(std::vector<Wish> wishes, bool mayAskSource);
    void loaded(const std::vector<Wish> &wishes, const std::vector<WarmOutcome> &outcomes, bool mayAskSource);
    void beingLoaded(const std::vector<CacheKey> &keys);
    std::size_t allowance() const;
    void judge(const PreloadLedger::Preloaded &what, bool used);
    void save();
    std::vector<HotKey> hottestNow();

    TieredCache &m_cache;
    const PreloadOptions m_options;
    std::deque<Wish> m_wishes;  ///< to be looked for in the tiers
    std::deque<Wish> m_missing; ///< in no tier: to be asked for upstream, as the quota allows
    FollowerTable m_followers;
    PreloadLedger m_ledger;
    std::unordered_map<CacheKey, double> m_heat; ///< as written down last
    SteadyTime m_saveAt;
    bool m_hasStarted = false;
    bool m_isLoading = false;
    bool m_isFinished = false;
    bool m_hasWarned = false;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0); ///< callbacks that outlive this find it gone
};

} // namespace insitecache
