// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/invalidator.h"

#include <algorithm>

#include "base/probe.h"

namespace insitecache {

namespace {

constexpr std::size_t sampleSize = 20;

/// From the deepest tier up.
Stage stageOfStep(int step)
{
    return static_cast<Stage>(isOn(Protection::Order) ? tierCount - 1 - step : step);
}

InvalidationPreview previewOf(const RadiusListings &listed, const BlastRadius &radius)
{
    InvalidationPreview preview;
    const auto keys = listed.all.keys();
    preview.keys = keys.size();
    preview.dependents = listed.dependents;
    preview.unreachable = listed.all.failures();
    if (radius.failure)
        preview.unreachable.push_back({Stage::L3, *radius.failure});
    preview.exact = preview.unreachable.empty() && radius.complete;
    for (std::size_t i = 0; i < tierCount; ++i) {
        const auto &tier = listed.all.tiers[i];
        if (!tier || !*tier)
            continue;
        preview.byTier[i] = (*tier)->total;
        preview.exact = preview.exact && (*tier)->exact && (*tier)->total == (*tier)->entries.size();
    }
    std::copy_n(keys.begin(), std::min(sampleSize, keys.size()), std::back_inserter(preview.sample));
    return preview;
}

} // namespace

void previewInvalidation(
    CacheContext &context, const Invalidation &what, TieredCache::Callback<InvalidationPreview> done)
{
    findBlastRadius(context, what, [&context, what, done = std::move(done)](const BlastRadius &radius) {
        listRadius(
            context, what, radius, [radius, done](const RadiusListings &listed) { done(previewOf(listed, radius)); });
    });
}

Invalidator::Invalidator(
    CacheContext &context, const Invalidation &what, TieredCache::Callback<InvalidationResult> done) :
    m_context(context),
    m_what(what), m_done(std::move(done))
{}

void Invalidator::leaveBehind()
{
    m_context.flights.leaveBehind(m_radius.roots);
    if (m_radius.hasDependents())
        m_context.flights.leaveBehind(m_radius.dependents);
}

void Invalidator::failed(Stage stage, const Error &error)
{
    const auto known = std::find_if(m_result.partial.begin(), m_result.partial.end(),
        [stage](const InvalidationPreview::Failure &failure) { return failure.stage == stage; });
    if (known == m_result.partial.end())
        m_result.partial.push_back({stage, error});
}

void Invalidator::start()
{
    findBlastRadius(m_context, m_what, [self = shared_from_this()](const BlastRadius &radius) {
        self->m_radius = radius;
        self->leaveBehind();
        listRadius(
            self->m_context, self->m_what, radius, [self](const RadiusListings &before) { self->looked(before); });
    });
}

void Invalidator::looked(const RadiusListings &before)
{
    m_before = before.all.keys();
    m_result.requested = m_before.size();
    m_result.dependents = before.dependents;
    removeFrom(stageOfStep(0), m_radius.roots, [self = shared_from_this()] { self->follow(); });
}

void Invalidator::follow()
{
    findBlastRadius(m_context, m_what, [self = shared_from_this()](const BlastRadius &radius) {
        self->m_radius = radius;
        if (radius.failure)
            self->failed(Stage::L3, *radius.failure);
        self->leaveBehind();
        const auto upward = [self] { self->removeStep(1); };
        if (!radius.hasDependents())
            return upward();
        self->removeFrom(stageOfStep(0), radius.dependents, upward);
    });
}

void Invalidator::removeStep(int step)
{
    if (step == tierCount)
        return verify();
    const Stage stage = stageOfStep(step);
    removeFrom(stage, m_radius.roots, [self = shared_from_this(), step, stage] {
        const auto next = [self, step] { self->removeStep(step + 1); };
        if (!self->m_radius.hasDependents())
            return next();
        self->removeFrom(stage, self->m_radius.dependents, next);
    });
}

void Invalidator::removeFrom(Stage stage, const Selector &which, std::function<void()> next)
{
    syncPoint("invalidate.before", stage);
    Tier *target = m_context.tier(stage);
    if (!target || !m_what.tiers[static_cast<int>(stage)])
        return next();
    const auto done = [self = shared_from_this(), stage, next = std::move(next)](const Result<std::uint64_t> &count) {
        if (count) {
            self->m_result.deletedByTier[static_cast<int>(stage)] += *count;
            self->m_context.parts.metrics->tierRemoved(stage, *count);
        } else {
            self->failed(stage, count.error());
        }
        next();
    };
    const Selector allowed = stage == Stage::L3 ? which.without(typesKeptInL3(m_context)) : which;
    if (m_what.expire)
        target->expire(allowed, done);
    else
        target->remove(allowed, done);
}

void Invalidator::verify()
{
    listRadius(m_context, m_what, m_radius,
        [self = shared_from_this()](const RadiusListings &after) { self->verified(after); });
}

void Invalidator::verified(const RadiusListings &after)
{
    leaveBehind();
    const auto left = after.all.keys(m_what.expire);
    const auto stillThere = static_cast<std::uint64_t>(
        std::count_if(m_before.begin(), m_before.end(), [&](const std::string &key) { return left.contains(key); }));
    m_result.deleted = m_result.requested - stillThere;
    // A tier that did not answer may still hold any of the keys.
    m_result.verified = m_result.partial.empty() && after.all.failures().empty() ? m_result.deleted : 0;
    m_context.parts.metrics->invalidations.add();
    m_context.parts.metrics->invalidatedKeys.add(m_result.deleted);
    m_done(std::move(m_result));
}

} // namespace insitecache
