// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/blastradius.h"

#include <algorithm>

#include "coherence/tierlistings.h"

namespace insitecache {

namespace {

constexpr std::size_t radiusListLimit = 1'000'000;

Selector namesOf(const Closure &closure)
{
    std::vector<CacheKey> keys;
    keys.reserve(closure.dependents.size());
    for (const Dependent &dependent : closure.dependents)
        keys.push_back(dependent.key);
    return Selector::keys(std::move(keys));
}

std::vector<int> hopsOf(const Closure &closure)
{
    std::vector<int> hops;
    hops.reserve(closure.dependents.size());
    for (const Dependent &dependent : closure.dependents)
        hops.push_back(dependent.depth);
    return hops;
}

/// One look over a radius.
struct RadiusLook {
    CacheContext &context;
    Invalidation what;
    std::vector<std::string> kept;
    std::shared_ptr<RadiusContents> contents = std::make_shared<RadiusContents>();

    void walk(const std::shared_ptr<RadiusLook> &self, const KeySteps &steps, std::function<void()> done) const;
    void take(const TierListings &listings) const;
    void takeTier(Stage stage, const TierListing &listing) const;
};

void RadiusLook::walk(const std::shared_ptr<RadiusLook> &self, const KeySteps &steps, std::function<void()> done) const
{
    const auto look = [self](const Selector &step, const KeySteps::Next &next) {
        listTiers(self->context, step, self->what.tiers, radiusListLimit, [self, next](const TierListings &listings) {
            self->take(listings);
            next(true);
        });
    };
    steps.walk(context.turns, look, std::move(done));
}

void RadiusLook::take(const TierListings &listings) const
{
    for (std::size_t i = 0; i < tierCount; ++i) {
        if (const auto &tier = listings.tiers[i]; tier && *tier)
            takeTier(static_cast<Stage>(i), **tier);
    }
    for (const auto &failure : listings.failures())
        addFailure(contents->failures, failure.stage, failure.error);
}

void RadiusLook::takeTier(Stage stage, const TierListing &listing) const
{
    std::uint64_t &total = contents->byTier[static_cast<std::size_t>(stage)];
    total += listing.total;
    contents->exact = contents->exact && listing.exact && listing.total == listing.entries.size();
    for (const TierEntryInfo &entry : listing.entries) {
        if (stage == Stage::L3 && std::find(kept.begin(), kept.end(), entry.key.type()) != kept.end()) {
            --total;
            continue;
        }
        contents->keys.insert(entry.key.text());
        contents->bytes += entry.bytes;
        contents->undoBytes += UndoRecords::costOf(entry.key, entry.rawBytes);
        if (entry.ttl > Millis::zero())
            contents->fresh.insert(entry.key.text());
    }
}

} // namespace

std::vector<std::string> typesKeptInL3(const CacheContext &context)
{
    std::vector<std::string> types;
    for (const Policy &policy : *context.parts.policies->all()) {
        if (policy.l3IsTruth)
            types.push_back(policy.type);
    }
    return types;
}

void addFailure(std::vector<InvalidationPreview::Failure> &failures, Stage stage, const Error &error)
{
    const auto known = std::find_if(failures.begin(), failures.end(),
        [stage](const InvalidationPreview::Failure &failure) { return failure.stage == stage; });
    if (known == failures.end())
        failures.push_back({stage, error});
}

void findBlastRadius(CacheContext &context, const Invalidation &what, TieredCache::Callback<BlastRadiusPtr> done)
{
    auto radius = std::make_shared<BlastRadius>();
    radius->roots = KeySteps(what.which);
    if (!what.dependents)
        return done(radius);
    context.dependencies().closure(what.which, [radius, done = std::move(done)](const Result<Closure> &closure) {
        if (!closure) {
            radius->failure = closure.error();
        } else {
            radius->everything = !closure->complete;
            radius->dependents = KeySteps(closure->complete ? namesOf(*closure) : Selector::all());
            if (closure->complete)
                radius->hops = hopsOf(*closure);
        }
        done(radius);
    });
}

void lookAtRadius(CacheContext &context, const Invalidation &what, const BlastRadiusPtr &radius,
    TieredCache::Callback<std::shared_ptr<const RadiusContents>> done)
{
    const auto look = std::make_shared<RadiusLook>(RadiusLook{context, what, typesKeptInL3(context)});
    // All keys contain the roots too, so looking at those apart would count them twice.
    if (radius->everything)
        return look->walk(look, radius->dependents, [look, done = std::move(done)] { done(look->contents); });
    look->walk(look, radius->roots, [look, radius, done = std::move(done)] {
        const std::size_t roots = look->contents->keys.size();
        look->walk(look, radius->dependents, [look, roots, done] {
            look->contents->dependents = look->contents->keys.size() - roots;
            done(look->contents);
        });
    });
}

} // namespace insitecache
