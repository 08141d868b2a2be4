// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include <insitecache/coherence/invalidation.h>

#include "cache/cachecontext.h"

namespace insitecache {

/// What every asked tier listed. Tiers that do not exist or were not asked have no listing.
struct TierListings {
    TieredCache::Listings tiers;

    std::set<std::string> keys(bool freshOnly = false) const;
    std::vector<InvalidationPreview::Failure> failures() const;
    /// Takes the rows of `other`, which must be about other keys.
    void join(TierListings other);
};

/// Lists the selection at the asked tiers, without touching anything. Cache thread only.
void listTiers(CacheContext &context, const Selector &which, const bool (&asked)[tierCount], std::size_t limit,
    TieredCache::Callback<TierListings> done);

} // namespace insitecache
