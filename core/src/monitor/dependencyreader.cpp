// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/dependencyreader.h"

#include <algorithm>

#include <QPointer>
#include <QTimer>

#include "coherence/keysteps.h"
#include "monitor/entrypage.h"

namespace insitecache {

namespace {

void addListing(std::optional<Result<TierListing>> &all, std::optional<Result<TierListing>> step)
{
    if (!all || !step || !*step) {
        if (!all || *all)
            all = std::move(step);
        return;
    }
    if (!*all)
        return;
    TierListing &listing = **all;
    listing.entries.insert(listing.entries.end(), std::make_move_iterator((*step)->entries.begin()),
        std::make_move_iterator((*step)->entries.end()));
    listing.total += (*step)->total;
    listing.exact = listing.exact && (*step)->exact;
}

} // namespace

struct DependencyReader::Walk {
    DependencyReading reading;
    KeySteps steps;
    std::size_t next = 0;
    Done done;
};

void DependencyReader::read(std::size_t limit, const Done &done)
{
    m_cache.edges(limit, [self = QPointer(this), done](Result<EdgeList> edges) {
        if (!self)
            return;
        if (!edges)
            return done(tl::unexpected(edges.error()));
        const auto walk = std::make_shared<Walk>();
        walk->reading.edges = std::move(*edges);
        walk->reading.keys = endsOf(walk->reading.edges.edges);
        walk->reading.refills = self->refillsOf(walk->reading.keys);
        walk->steps = KeySteps(Selector::keys(walk->reading.keys));
        walk->done = done;
        self->nextStep(walk);
    });
}

void DependencyReader::nextStep(const std::shared_ptr<Walk> &walk)
{
    if (walk->next == walk->steps.steps().size())
        return walk->done(std::move(walk->reading));
    const Selector &step = walk->steps.steps()[walk->next++];
    m_cache.list(step, KeySteps::keysPerStep, [self = QPointer(this), walk](TieredCache::Listings listings) {
        if (!self)
            return;
        for (std::size_t tier = 0; tier < listings.size(); ++tier)
            addListing(walk->reading.listings.tiers[tier], std::move(listings[tier]));
        QTimer::singleShot(0, self, [self, walk] { self->nextStep(walk); });
    });
}

std::vector<DependencyPage::Refill> DependencyReader::refillsOf(const std::vector<CacheKey> &keys) const
{
    std::vector<DependencyPage::Refill> refills;
    for (const CacheKey &key : keys) {
        // Sorted by text, so by type.
        if (!refills.empty() && refills.back().type == key.type())
            continue;
        refills.push_back({std::string(key.type()), {}});
        for (const auto &source : m_cache.sources()) {
            if (refills.back().calls.empty())
                refills.back().calls = source->callsFor(key.type());
        }
    }
    return refills;
}

DependencyPage makeDependencyPage(DependencyReading reading, const std::vector<Policy> &policies, WallTime now)
{
    DependencyPage page;
    page.entries = makeEntryPage(reading.listings, reading.keys.size(), policies, now);
    page.edges = std::move(reading.edges.edges);
    page.complete = reading.edges.complete;
    page.refills = std::move(reading.refills);
    return page;
}

} // namespace insitecache
