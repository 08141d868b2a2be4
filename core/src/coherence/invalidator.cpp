// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/invalidator.h"

#include <algorithm>

#include "base/probe.h"

namespace insitecache {

namespace {

constexpr std::size_t sampleSize = 20;

/// From the deepest tier up.
Stage stageAt(int place)
{
    return static_cast<Stage>(isOn(Protection::Order) ? tierCount - 1 - place : place);
}

/// The roots first, then the dependents by their distance; only what some tier holds.
std::vector<std::uint64_t> countHops(const RadiusContents &contents, const BlastRadius &radius)
{
    std::vector<std::uint64_t> counts{contents.keys.size() - contents.dependents};
    auto hop = radius.hops.begin();
    for (const Selector &step : radius.dependents.steps()) {
        for (const CacheKey &key : *step.namedKeys()) {
            const auto distance = static_cast<std::size_t>(*hop++);
            if (!contents.keys.contains(key.text()))
                continue;
            counts.resize(std::max(counts.size(), distance + 1));
            ++counts[distance];
        }
    }
    return counts;
}

InvalidationPreview previewOf(const Invalidation &what, const RadiusContents &contents, const BlastRadius &radius)
{
    InvalidationPreview preview;
    preview.keys = contents.keys.size();
    preview.dependents = contents.dependents;
    preview.everything = radius.everything;
    if (what.dependents && !radius.everything)
        preview.byHop = countHops(contents, radius);
    std::copy(std::begin(contents.byTier), std::end(contents.byTier), std::begin(preview.byTier));
    preview.unreachable = contents.failures;
    if (radius.failure)
        preview.unreachable.push_back({Stage::L3, *radius.failure});
    preview.bytes = contents.bytes;
    preview.undoable = !radius.everything && UndoRecords::fits(contents.keys.size(), contents.undoBytes);
    preview.exact = contents.exact && preview.unreachable.empty() && !radius.everything;
    std::copy_n(contents.keys.begin(), std::min(sampleSize, contents.keys.size()), std::back_inserter(preview.sample));
    return preview;
}

} // namespace

void previewInvalidation(
    CacheContext &context, const Invalidation &what, TieredCache::Callback<InvalidationPreview> done)
{
    findBlastRadius(context, what, [&context, what, done = std::move(done)](const BlastRadiusPtr &radius) {
        lookAtRadius(context, what, radius,
            [what, radius, done](const auto &contents) { done(previewOf(what, *contents, *radius)); });
    });
}

Invalidator::Invalidator(
    CacheContext &context, const Invalidation &what, TieredCache::Callback<InvalidationResult> done) :
    m_context(context),
    m_what(what), m_done(std::move(done))
{}

void Invalidator::leaveBehind()
{
    for (const KeySteps *part : {&m_radius->roots, &m_radius->dependents}) {
        for (const Selector &step : part->steps())
            m_context.overtake(step, m_undo.get());
    }
}

void Invalidator::start()
{
    findBlastRadius(m_context, m_what, [self = shared_from_this()](const BlastRadiusPtr &radius) {
        self->m_radius = radius;
        self->leaveBehind();
        lookAtRadius(self->m_context, self->m_what, radius, [self](const auto &before) { self->looked(before); });
    });
}

void Invalidator::looked(const std::shared_ptr<const RadiusContents> &before)
{
    m_before = before;
    m_result.requested = before->keys.size();
    m_result.dependents = before->dependents;
    const auto begin = [self = shared_from_this()] { self->intend(); };
    if (!m_what.undoable || m_radius->everything || !UndoRecords::fits(before->keys.size(), before->undoBytes))
        return begin();
    std::vector<CacheKey> keys;
    for (const std::string &text : before->keys)
        keys.push_back(CacheKey::parse(text).value());
    m_undo = m_context.undoRecords.open(keys);
    keep(0, begin);
}

/// Takes the copies that are about to go. What a tier does not give cannot be put back, nor what may be outdated
/// because the tier still owes its removal.
void Invalidator::keep(int place, std::function<void()> next)
{
    if (place == tierCount)
        return next();
    const Stage stage = stageAt(place);
    const int tier = static_cast<int>(stage);
    std::vector<CacheKey> keys;
    for (const auto &[key, kept] : m_undo->keys) {
        const bool isTruth = stage == Stage::L3 && m_context.parts.policies->policyFor(key.type())->l3IsTruth;
        if (!isTruth && !m_context.outbox.covers(stage, key))
            keys.push_back(key);
    }
    const auto upward = [self = shared_from_this(), place, next = std::move(next)] { self->keep(place + 1, next); };
    if (!m_context.tier(stage) || !m_what.tiers[tier] || keys.empty())
        return upward();
    m_context.tier(stage)->peek(
        keys, [self = shared_from_this(), tier, keys, upward](const Result<std::vector<EntryPtr>> &copies) {
            for (std::size_t i = 0; copies && i < keys.size(); ++i)
                self->m_undo->keys.at(keys[i]).copies[tier] = (*copies)[i];
            upward();
        });
}

/// Right after the removal, so that whatever is invalidated from here on voids them. The one of L2 is a lease, which
/// would keep everybody else from loading: the undo takes it when it comes.
void Invalidator::takeTickets(Stage stage, std::function<void()> next)
{
    if (!m_undo || !m_context.tier(stage) || stage == Stage::L2)
        return next();
    std::vector<CacheKey> keys;
    for (const auto &[key, kept] : m_undo->keys)
        keys.push_back(key);
    m_context.tier(stage)->claim(
        keys, [self = shared_from_this(), stage, keys, next = std::move(next)](const std::vector<FillTicket> &tickets) {
            for (std::size_t i = 0; i < keys.size(); ++i)
                self->m_undo->keys.at(keys[i]).tickets[static_cast<int>(stage)] = tickets[i];
            next();
        });
}

void Invalidator::intend()
{
    OwedInvalidation what;
    what.roots = m_what.which;
    what.dependents = m_radius->dependents.whole();
    what.follow = m_what.dependents;
    std::copy(std::begin(m_what.tiers), std::end(m_what.tiers), what.tiers);
    m_context.outbox.intend(std::move(what), [self = shared_from_this()](Outbox::Id intent) {
        self->m_intent = intent;
        self->removeFrom(stageAt(0), self->m_radius->roots, [self] { self->follow(); });
    });
}

void Invalidator::follow()
{
    findBlastRadius(
        m_context, m_what, [self = shared_from_this()](const BlastRadiusPtr &radius) { self->followed(radius); });
}

// Where the dependencies cannot be asked, those that were known before fall, and the others are owed by every tier.
void Invalidator::followed(const BlastRadiusPtr &radius)
{
    const auto remove = [self = shared_from_this()] {
        self->leaveBehind();
        self->removeFrom(stageAt(0), self->m_radius->dependents,
            [self] { self->takeTickets(stageAt(0), [self] { self->removeAt(1); }); });
    };
    if (radius->failure) {
        failed(Stage::L3, *radius->failure);
        m_context.outbox.failed(m_intent, Stage::L2);
        return remove();
    }
    m_radius = radius;
    m_result.everything = radius->everything;
    m_context.outbox.extend(m_intent, radius->dependents.whole(), remove);
}

void Invalidator::failed(Stage stage, const Error &error)
{
    addFailure(m_result.partial, stage, error);
    if (error.code == ErrorCode::Cancelled)
        m_cancelled = true;
    else
        m_context.outbox.failed(m_intent, stage);
}

void Invalidator::removeAt(int place)
{
    if (place == tierCount)
        return verify();
    const Stage stage = stageAt(place);
    removeFrom(stage, m_radius->roots, [self = shared_from_this(), place, stage] {
        self->removeFrom(stage, self->m_radius->dependents,
            [self, place, stage] { self->takeTickets(stage, [self, place] { self->removeAt(place + 1); }); });
    });
}

void Invalidator::removeFrom(Stage stage, const KeySteps &which, std::function<void()> next)
{
    syncPoint("invalidate.before", stage);
    if (!m_context.tier(stage) || !m_what.tiers[static_cast<int>(stage)])
        return next();
    which.walk(
        m_context.turns,
        [self = shared_from_this(), stage](
            const Selector &step, KeySteps::Next stepped) { self->removeStep(stage, step, std::move(stepped)); },
        std::move(next));
}

void Invalidator::removeStep(Stage stage, const Selector &step, KeySteps::Next next)
{
    const auto done = [self = shared_from_this(), stage, next = std::move(next)](const Result<std::uint64_t> &count) {
        if (count) {
            self->m_result.deletedByTier[static_cast<int>(stage)] += *count;
            self->m_context.parts.metrics->tierRemoved(stage, *count);
        } else {
            self->failed(stage, count.error());
        }
        next(count.has_value());
    };
    const Selector allowed = stage == Stage::L3 ? step.without(typesKeptInL3(m_context)) : step;
    m_context.seenIn(stage).invalidated(allowed);
    if (m_what.expire)
        m_context.tier(stage)->expire(allowed, done);
    else
        m_context.tier(stage)->remove(allowed, done);
}

void Invalidator::tell() const
{
    if (!m_context.isListenedTo())
        return;
    const auto kind = m_what.expire ? CacheEvent::Kind::Expired : CacheEvent::Kind::Invalidated;
    const auto tellOf = [&](const Selector &step) {
        std::vector<CacheKey> known;
        for (const std::string &text : step.namedKeys() ? std::set<std::string>() : m_before->keys) {
            if (step.matches(text))
                known.push_back(CacheKey::parse(text).value());
        }
        m_context.tell(kind, step, m_what.reason, std::move(known));
    };
    if (!m_radius->everything)
        std::for_each(m_radius->roots.steps().begin(), m_radius->roots.steps().end(), tellOf);
    std::for_each(m_radius->dependents.steps().begin(), m_radius->dependents.steps().end(), tellOf);
}

void Invalidator::verify()
{
    if (!m_cancelled)
        m_context.outbox.finished(m_intent);
    lookAtRadius(
        m_context, m_what, m_radius, [self = shared_from_this()](const auto &after) { self->verified(*after); });
}

void Invalidator::verified(const RadiusContents &after)
{
    leaveBehind();
    const auto &left = m_what.expire ? after.fresh : after.keys;
    const auto stillThere = static_cast<std::uint64_t>(std::count_if(
        m_before->keys.begin(), m_before->keys.end(), [&](const std::string &key) { return left.contains(key); }));
    m_result.deleted = m_result.requested - stillThere;
    // A tier that did not answer may still hold any of the keys.
    m_result.verified = m_result.partial.empty() && after.failures.empty() ? m_result.deleted : 0;
    if (m_undo)
        m_result.undo = m_context.undoRecords.offer(m_undo, m_context.now());
    m_context.parts.metrics->invalidations.add();
    m_context.parts.metrics->invalidatedKeys.add(m_result.deleted);
    tell();
    m_done(std::move(m_result));
}

} // namespace insitecache
