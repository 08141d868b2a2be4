// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/tierlistings.h"

#include <memory>

namespace insitecache {

std::vector<InvalidationPreview::Failure> TierListings::failures() const
{
    std::vector<InvalidationPreview::Failure> failed;
    for (std::size_t i = 0; i < tiers.size(); ++i) {
        if (tiers[i] && !*tiers[i])
            failed.push_back({static_cast<Stage>(i), tiers[i]->error()});
    }
    return failed;
}

void listTiers(CacheContext &context, const Selector &which, const bool (&asked)[tierCount], std::size_t limit,
    TieredCache::Callback<TierListings> done)
{
    struct Gathering {
        TierListings listings;
        int waiting = 1;
        TieredCache::Callback<TierListings> done;
        void arrived()
        {
            if (--waiting == 0)
                done(std::move(listings));
        }
    };
    auto gathering = std::make_shared<Gathering>();
    gathering->done = std::move(done);
    for (std::size_t i = 0; i < tierCount; ++i) {
        Tier *tier = context.tier(static_cast<Stage>(i));
        if (!asked[i] || !tier)
            continue;
        ++gathering->waiting;
        tier->list(which, limit, [gathering, i](Result<TierListing> listing) {
            gathering->listings.tiers[i] = std::move(listing);
            gathering->arrived();
        });
    }
    gathering->arrived();
}

} // namespace insitecache
