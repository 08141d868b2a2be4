// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/tierlistings.h"

#include <algorithm>
#include <iterator>

namespace insitecache {

std::set<std::string> TierListings::keys(bool freshOnly) const
{
    std::set<std::string> found;
    for (const auto &tier : tiers) {
        if (!tier || !*tier)
            continue;
        for (const TierEntryInfo &entry : (*tier)->entries) {
            if (!freshOnly || entry.ttl > Millis::zero())
                found.insert(entry.key.text());
        }
    }
    return found;
}

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

void TierListings::join(TierListings other)
{
    for (std::size_t i = 0; i < tiers.size(); ++i) {
        auto &mine = tiers[i];
        auto &theirs = other.tiers[i];
        if (!theirs || (mine && !*mine))
            continue;
        if (!mine || !*theirs) {
            mine = std::move(theirs);
            continue;
        }
        (*mine)->total += (*theirs)->total;
        (*mine)->exact = (*mine)->exact && (*theirs)->exact;
        std::move((*theirs)->entries.begin(), (*theirs)->entries.end(), std::back_inserter((*mine)->entries));
    }
}

} // namespace insitecache
