// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/invalidator.h"

#include <algorithm>

namespace insitecache {

namespace {
constexpr std::size_t listLimit = 1'000'000;
constexpr std::size_t sampleSize = 20;

/// The types whose value itself lies in L3: there is nothing to load it from again, so it is never invalidated there.
std::vector<std::string> typesKeptInL3(const CacheContext &context)
{
    std::vector<std::string> types;
    for (const Policy &policy : *context.parts.policies->all()) {
        if (policy.l3IsTruth)
            types.push_back(policy.type);
    }
    return types;
}

/// Lists what an invalidation may remove.
void listCopies(CacheContext &context, const Invalidation &what, TieredCache::Callback<TierListings> done)
{
    listTiers(context, what.which, what.tiers, listLimit,
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

void previewInvalidation(
    CacheContext &context, const Invalidation &what, TieredCache::Callback<InvalidationPreview> done)
{
    listCopies(context, what, [done = std::move(done)](const TierListings &listings) {
        InvalidationPreview preview;
        const auto keys = listings.keys();
        preview.keys = keys.size();
        preview.unreachable = listings.failures();
        preview.exact = preview.unreachable.empty();
        for (std::size_t i = 0; i < tierCount; ++i) {
            const auto &tier = listings.tiers[i];
            if (!tier || !*tier)
                continue;
            preview.byTier[i] = (*tier)->total;
            preview.exact = preview.exact && (*tier)->exact && (*tier)->total == (*tier)->entries.size();
        }
        std::copy_n(keys.begin(), std::min(sampleSize, keys.size()), std::back_inserter(preview.sample));
        done(std::move(preview));
    });
}

Invalidator::Invalidator(
    CacheContext &context, const Invalidation &what, TieredCache::Callback<InvalidationResult> done) :
    m_context(context),
    m_what(what), m_done(std::move(done))
{}

void Invalidator::start()
{
    m_context.flights.leaveBehind(m_what.which);
    listCopies(m_context, m_what, [self = shared_from_this()](const TierListings &before) { self->looked(before); });
}

void Invalidator::looked(const TierListings &before)
{
    m_before = before.keys();
    m_result.requested = m_before.size();
    removeAt(static_cast<int>(Stage::L3));
}

void Invalidator::removeAt(int tier)
{
    if (tier < 0)
        return verify();
    Tier *target = m_context.tier(static_cast<Stage>(tier));
    if (!target || !m_what.tiers[tier])
        return removeAt(tier - 1);
    const auto done
        = [self = shared_from_this(), tier](const Result<std::uint64_t> &count) { self->removed(tier, count); };
    const Selector which
        = tier == static_cast<int>(Stage::L3) ? m_what.which.without(typesKeptInL3(m_context)) : m_what.which;
    if (m_what.expire)
        target->expire(which, done);
    else
        target->remove(which, done);
}

void Invalidator::removed(int tier, const Result<std::uint64_t> &count)
{
    if (count) {
        m_result.deletedByTier[tier] = *count;
        m_context.parts.metrics->tierRemoved(static_cast<Stage>(tier), *count);
    } else {
        m_result.partial.push_back({static_cast<Stage>(tier), count.error()});
    }
    removeAt(tier - 1);
}

void Invalidator::verify()
{
    listCopies(m_context, m_what, [self = shared_from_this()](const TierListings &after) { self->verified(after); });
}

void Invalidator::verified(const TierListings &after)
{
    m_context.flights.leaveBehind(m_what.which);
    const auto left = after.keys(m_what.expire);
    const auto stillThere = static_cast<std::uint64_t>(
        std::count_if(m_before.begin(), m_before.end(), [&](const std::string &key) { return left.contains(key); }));
    m_result.deleted = m_result.requested - stillThere;
    // A tier that did not answer may still hold any of the keys.
    m_result.verified = m_result.partial.empty() && after.failures().empty() ? m_result.deleted : 0;
    m_context.parts.metrics->invalidations.add();
    m_context.parts.metrics->invalidatedKeys.add(m_result.deleted);
    m_done(std::move(m_result));
}

} // namespace insitecache
