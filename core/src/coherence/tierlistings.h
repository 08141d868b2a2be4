// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <insitecache/coherence/invalidation.h>

#include "cache/cachecontext.h"

namespace insitecache {

/// What every asked tier listed. Tiers that do not exist or were not asked have no listing.
struct TierListings {
    TieredCache::Listings tiers;

    std::vector<InvalidationPreview::Failure> failures() const;
};

/// Lists the selection at the asked tiers, without touching anything. Cache thread only.
void listTiers(CacheContext &context, const Selector &which, const bool (&asked)[tierCount], std::size_t limit,
    TieredCache::Callback<TierListings> done);

} // namespace insitecache
