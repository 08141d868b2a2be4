// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/blastradius.h"

#include <algorithm>

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

/// Lists what an invalidation may remove of one selection.
void listCopies(CacheContext &context, const Selector &which, const bool (&asked)[tierCount],
    TieredCache::Callback<TierListings> done)
{
    listTiers(context, which, asked, radiusListLimit,
        [kept = typesKeptInL3(context), done = std::move(done)](TierListings listings) {
            auto &deepest = listings.tiers[static_cast<std::size_t>(Stage::L3)];
            if (deepest && *deepest) {
                const auto spared = std::erase_if((*deepest)->entries, [&](const TierEntryInfo &entry) {
                    return std::find(kept.begin(), kept.end(), entry.key.type()) != kept.end();
                });
                (*deepest)->total -= spared;
            }
            done(std::move(listings));
        });
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

void findBlastRadius(CacheContext &context, const Invalidation &what, TieredCache::Callback<BlastRadius> done)
{
    BlastRadius radius;
    radius.roots = what.which;
    if (!what.dependents)
        return done(std::move(radius));
    context.dependencies().closure(what.which, [radius, done = std::move(done)](Result<Closure> closure) mutable {
        if (!closure)
            radius.failure = closure.error();
        else
            radius.dependents = closure->complete ? namesOf(*closure) : Selector::all();
        radius.complete = !closure || closure->complete;
        done(std::move(radius));
    });
}

void listRadius(CacheContext &context, const Invalidation &what, const BlastRadius &radius,
    TieredCache::Callback<RadiusListings> done)
{
    // All keys contain the roots too, so listing those apart would count them twice.
    const Selector first = radius.complete ? radius.roots : Selector::all();
    listCopies(
        context, first, what.tiers, [&context, asked = what, radius, done = std::move(done)](TierListings roots) {
            if (!radius.complete || !radius.hasDependents())
                return done({std::move(roots), 0});
            listCopies(context, radius.dependents, asked.tiers,
                [roots = std::move(roots), done](TierListings dependents) mutable {
                    const std::size_t count = dependents.keys().size();
                    roots.join(std::move(dependents));
                    done({std::move(roots), count});
                });
        });
}

} // namespace insitecache
