// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/fillwalk.h"

#include <QTimer>

#include "base/probe.h"

namespace insitecache {

namespace {

constexpr Millis landingLimit{50};

bool isOnTheWay(const CacheContext &context, const Flight &flight, Stage from, Stage stage)
{
    return stage < from && context.tier(stage) && context.uses(*flight.policy, flight.key.type(), stage);
}

} // namespace

bool mayFill(const CacheContext &context, const Flight &flight, Stage from, Stage stage)
{
    return isOnTheWay(context, flight, from, stage) && flight.tickets[static_cast<int>(stage)].isValid();
}

// L1 knows every invalidation that this process made or heard of, also where L1 itself is not to keep the key.
void FillWalk::start()
{
    const auto l1 = static_cast<std::size_t>(Stage::L1);
    for (FillItem &item : m_items) {
        item.refused = m_context.writeBehind.holds(item.entry->key())
            || m_context.parts.l1->isVoid({item.entry, item.flight->tickets[l1], item.parents})
            || m_context.poison.isPaused(item.entry->key(), m_context.now());
        if (item.refused)
            m_context.parts.metrics->tierFill(Stage::L1, FillOutcome::Refused);
    }
    fillTier(tierCount - 1);
    if (m_done)
        return;
    QTimer::singleShot(landingLimit, [waiting = weak_from_this()] {
        if (const auto self = waiting.lock())
            self->landAll();
    });
}

void FillWalk::landAll()
{
    for (const FillItem &item : m_items) {
        if (!item.flight->landed)
            m_land(item.flight);
    }
}

void FillWalk::finish()
{
    m_done = true;
    syncPoint("fill.after", Stage::L1);
    for (const FillItem &item : m_items) {
        if (!m_context.parts.dependencies && !item.refused)
            m_context.memoryDependencies.replaceParents(item.entry->key(), item.parents);
        m_context.flights.finish(item.flight);
    }
    landAll();
}

/// A reachable tier that handed out no ticket (another process holds the lease) refuses as one that takes it back.
bool FillWalk::wantsTier(FillItem &item, Stage stage) const
{
    if (item.refused || !isOnTheWay(m_context, *item.flight, item.from, stage)
        || m_context.outbox.covers(stage, item.entry->key()))
        return false;
    const auto i = static_cast<std::size_t>(stage);
    if (item.flight->tickets[i].isValid())
        return true;
    item.refused = !item.flight->unreachable[i];
    if (item.refused)
        m_context.parts.metrics->tierFill(stage, FillOutcome::Refused);
    return false;
}

void FillWalk::fillTier(int tier)
{
    if (tier < 0)
        return finish();
    const auto stage = static_cast<Stage>(tier);
    syncPoint("fill.before", stage);
    std::vector<Fill> fills;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        FillItem &item = m_items[i];
        if (!wantsTier(item, stage))
            continue;
        fills.push_back(
            {m_context.forTier(item.entry, stage, *item.flight->policy), item.flight->tickets[tier], item.parents});
        item.until = fills.back().entry->staleUntil();
        places.push_back(i);
    }
    if (fills.empty())
        return fillTier(tier - 1);
    m_context.tier(stage)->fill(
        fills, [self = shared_from_this(), tier, places = std::move(places)](const std::vector<FillOutcome> &outcomes) {
            self->filled(tier, places, outcomes);
        });
}

void FillWalk::filled(int tier, const std::vector<std::size_t> &places, const std::vector<FillOutcome> &outcomes)
{
    for (std::size_t i = 0; i < places.size(); ++i) {
        FillItem &item = m_items[places[i]];
        m_context.parts.metrics->tierFill(static_cast<Stage>(tier), outcomes[i]);
        item.flight->answer.stored[tier] = outcomes[i] == FillOutcome::Stored;
        item.refused = item.refused || outcomes[i] == FillOutcome::Refused;
        if (item.flight->answer.stored[tier])
            m_context.seenIn(static_cast<Stage>(tier)).seen(item.entry->keyText(), item.until);
        if (item.from == Stage::Source && outcomes[i] == FillOutcome::Stored && !m_context.undoRecords.isEmpty())
            m_context.undoRecords.overtake(Selector::keys({item.entry->key()}));
    }
    fillTier(tier - 1);
}

} // namespace insitecache
