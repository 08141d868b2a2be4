// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>
#include <set>
#include <string>

#include <insitecache/coherence/invalidation.h>

#include "cache/cachecontext.h"

namespace insitecache {

/// What every asked tier listed. Tiers that do not exist or were not asked have no listing.
struct TierListings {
    TieredCache::Listings tiers;

    std::set<std::string> keys(bool freshOnly = false) const;
    std::vector<InvalidationPreview::Failure> failures() const;
};

/// Lists the selection at the asked tiers, without touching anything. Cache thread only.
void listTiers(CacheContext &context, const Selector &which, const bool (&asked)[tierCount], std::size_t limit,
    TieredCache::Callback<TierListings> done);

void previewInvalidation(
    CacheContext &context, const Invalidation &what, TieredCache::Callback<InvalidationPreview> done);

/// One invalidation: look what is there, then L3 → L2 → L1, then look again. From the deepest tier up, since the
/// other way round a reader would refill the upper tier from the lower one in between. Flights that run meanwhile
/// store nothing.
/// Keeps itself alive until it has answered. Cache thread only.
class Invalidator : public std::enable_shared_from_this<Invalidator> {
public:
    Invalidator(CacheContext &context, const Invalidation &what, TieredCache::Callback<InvalidationResult> done);
    void start();

private:
    void looked(const TierListings &before);
    void removeAt(int tier);
    void removed(int tier, const Result<std::uint64_t> &count);
    void verify();
    void verified(const TierListings &after);

    CacheContext &m_context;
    Invalidation m_what;
    std::set<std::string> m_before;
    InvalidationResult m_result;
    TieredCache::Callback<InvalidationResult> m_done;
};

} // namespace insitecache
