// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/writewalk.h"

#include "base/probe.h"

namespace insitecache {

WriteWalk::WriteWalk(CacheContext &context, EntryPtr entry, Part part, TieredCache::Callback<Status> done) :
    m_context(context), m_entry(std::move(entry)), m_key(m_entry->key()), m_part(part),
    m_policy(context.parts.policies->policyFor(m_key.type())), m_done(std::move(done))
{
    for (int i = 0; i < tierCount; ++i) {
        const auto stage = static_cast<Stage>(i);
        if (context.tier(stage) && m_policy->uses(stage))
            m_deepest = i;
    }
}

Status WriteWalk::canStart() const
{
    if (m_context.closed && m_part == Part::All)
        return fail(ErrorCode::Cancelled, "the cache is shutting down");
    if (m_policy->l3IsTruth && m_deepest != static_cast<int>(Stage::L3))
        return fail(ErrorCode::Unavailable, "the database that would hold " + m_key.text() + " is off",
            "start with --database");
    if (m_deepest < 0)
        return fail(ErrorCode::Unconfigured, "no tier of type '" + m_policy->type + "' is running",
            "switch on one of the tiers of its policy");
    return {};
}

void WriteWalk::start()
{
    if (Status ok = canStart(); !ok)
        return m_done(std::move(ok));
    m_context.overtake(Selector::keys({m_key}));
    if (m_part != Part::Late)
        m_context.parts.metrics->writes.add();
    if (m_part == Part::Above)
        return writeTier(static_cast<int>(Stage::L2));
    intend();
}

void WriteWalk::intend()
{
    OwedInvalidation above;
    above.roots = Selector::keys({m_key});
    for (int i = 0; i < m_deepest; ++i)
        above.tiers[i] = m_policy->uses(static_cast<Stage>(i));
    m_context.outbox.intend(std::move(above), [self = shared_from_this()](Outbox::Id intent) {
        self->m_intent = intent;
        self->claim(self->m_deepest - 1);
    });
}

void WriteWalk::claim(int tier)
{
    if (tier < 0)
        return writeTier(m_deepest);
    const auto stage = static_cast<Stage>(tier);
    if (!m_context.tier(stage) || !m_policy->uses(stage))
        return claim(tier - 1);
    m_context.tier(stage)->claim({m_key}, [self = shared_from_this(), tier](const std::vector<FillTicket> &tickets) {
        self->m_tickets[tier] = tickets.front();
        self->claim(tier - 1);
    });
}

void WriteWalk::writeTier(int tier)
{
    if (tier < 0)
        return finish(m_status);
    const auto stage = static_cast<Stage>(tier);
    syncPoint("write.before", stage);
    Tier *target = m_context.tier(stage);
    if (!target || !m_context.uses(*m_policy, m_key.type(), stage))
        return writeTier(tier - 1);
    if ((m_policy->strategy == WriteStrategy::Around || m_overtaken) && tier < m_deepest) {
        m_context.seenIn(stage).invalidated(Selector::keys({m_key}));
        return target->remove(Selector::keys({m_key}), [self = shared_from_this(), tier](const auto &removed) {
            self->tierWritten(tier, removed ? Status() : Status(tl::unexpected(removed.error())));
        });
    }
    const bool careful = m_part == Part::Late && stage == Stage::L3;
    const EntryPtr entry = m_context.forTier(m_entry, stage, *m_policy);
    target->put({{entry, m_tickets[tier], {}, careful}},
        [self = shared_from_this(), tier, until = entry->staleUntil()](const Status &status) {
            if (status)
                self->m_context.seenIn(static_cast<Stage>(tier)).seen(self->m_key.text(), until);
            self->tierWritten(tier, status);
        });
}

// Without the deepest tier nothing is written at all; a tier above it that fails is named, and the rest goes on.
void WriteWalk::tierWritten(int tier, const Status &status)
{
    const auto stage = static_cast<Stage>(tier);
    m_context.parts.metrics->tierFill(stage, status ? FillOutcome::Stored : FillOutcome::Failed);
    m_cancelled = m_cancelled || (!status && status.error().code == ErrorCode::Cancelled);
    m_isStored = m_isStored || status;
    if (status) {
        m_context.outbox.settle(stage, m_key);
    } else if (tier == m_deepest) {
        // Whether a write to another machine arrived nobody knows. A transaction has arrived or it has not.
        if (stage == Stage::L2)
            m_context.outbox.owe(stage, Selector::keys({m_key}));
        return finish(status);
    } else {
        upperFailed(stage, status.error());
    }
    if (status && m_part == Part::Late && stage == Stage::L3)
        return lookBack();
    writeTier(tier - 1);
}

/// What lies in L3 now, this write or something newer?
void WriteWalk::lookBack()
{
    m_context.tier(Stage::L3)->peek({m_key}, [self = shared_from_this()](const Result<std::vector<EntryPtr>> &there) {
        const EntryPtr found = there ? there->front() : nullptr;
        self->m_overtaken
            = !found || found->created() != self->m_entry->created() || found->version() != self->m_entry->version();
        self->writeTier(static_cast<int>(Stage::L2));
    });
}

void WriteWalk::upperFailed(Stage stage, const Error &error)
{
    if (m_part == Part::Above) {
        if (error.code != ErrorCode::Cancelled)
            m_context.outbox.owe(stage, Selector::keys({m_key}));
        return;
    }
    m_context.outbox.failed(m_intent, stage);
    m_context.outbox.pay(stage);
    if (m_part == Part::Late || !m_status)
        return;
    m_status = fail(error.code,
        m_key.text() + " is stored in " + std::string(stageName(static_cast<Stage>(m_deepest))) + ", but "
            + std::string(stageName(stage)) + " was not updated: " + error.message,
        error.hint);
}

void WriteWalk::finish(Status status)
{
    if (!m_cancelled)
        m_context.outbox.finished(m_intent);
    m_context.overtake(Selector::keys({m_key}));
    // A write behind is told when it is acknowledged, not again when it reaches L3.
    if (m_part == Part::Above ? status.has_value() : m_isStored && m_part != Part::Late)
        m_context.tell(CacheEvent::Kind::Written, Selector::keys({m_key}), {});
    m_done(std::move(status));
}

} // namespace insitecache
