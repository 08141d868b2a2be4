// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include <QObject>

#include <insitecache/cache/tieredcache.h>
#include <insitecache/monitor/monitor.h>

#include "coherence/tierlistings.h"

namespace insitecache {

/// What a page of dependencies is made from, as it was read.
struct DependencyReading {
    EdgeList edges;
    std::vector<CacheKey> keys; ///< at the ends of the edges, each once, sorted
    TierListings listings;      ///< of these keys
    std::vector<DependencyPage::Refill> refills;
};

/// Reads the edges, and what the tiers hold of their keys a thousand at a time, other work of the thread in between.
/// Cache thread; `done` is not called once the reader is gone.
class DependencyReader : public QObject {
public:
    using Done = std::function<void(Result<DependencyReading>)>;
    explicit DependencyReader(TieredCache &cache, QObject *parent = nullptr) : QObject(parent), m_cache(cache) {}

    void read(std::size_t limit, const Done &done);

private:
    struct Walk;
    void nextStep(const std::shared_ptr<Walk> &walk);
    std::vector<DependencyPage::Refill> refillsOf(const std::vector<CacheKey> &keys) const;

    TieredCache &m_cache;
};

/// Off the cache thread: joining tens of thousands of rows takes longer than a lookup should wait.
DependencyPage makeDependencyPage(DependencyReading reading, const std::vector<Policy> &policies, WallTime now);

} // namespace insitecache
