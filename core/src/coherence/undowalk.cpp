// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/undowalk.h"

#include <algorithm>

namespace insitecache {

namespace {

/// The usable copy that was created last, or null.
EntryPtr newestCopy(const UndoKey &kept, SteadyTime now)
{
    EntryPtr newest;
    for (const EntryPtr &copy : kept.copies) {
        if (copy && copy->isUsable(now) && (!newest || copy->created() > newest->created()))
            newest = copy;
    }
    return newest;
}

/// Within one millisecond only the value tells two copies apart.
bool isNewer(const Entry &there, const Entry &kept)
{
    return there.created() > kept.created() || (there.created() == kept.created() && there.payload() != kept.payload());
}

Error notTakenBack(Stage stage)
{
    return {ErrorCode::Unavailable, std::string(stageName(stage)) + " did not take back all of its copies",
        "they are loaded again when they are asked for"};
}

} // namespace

UndoWalk::UndoWalk(CacheContext &context, UndoRecordPtr record, TieredCache::Callback<Result<UndoResult>> done) :
    m_context(context), m_record(std::move(record)), m_done(std::move(done))
{}

void UndoWalk::start()
{
    const SteadyTime now = m_context.now();
    m_items.reserve(m_record->keys.size());
    for (auto &[key, kept] : m_record->keys) {
        Item item{key, kept, newestCopy(kept, now)};
        if (item.newest)
            item.parents = m_context.parentsOf(*item.newest);
        decide(item);
        m_items.push_back(std::move(item));
    }
    look(static_cast<int>(Stage::L3));
}

// L1 knows every invalidation that this process made or heard of, also where L1 itself holds no copy.
void UndoWalk::decide(Item &item) const
{
    const bool flying = m_context.flights.find(item.key, false) || m_context.flights.find(item.key, true);
    if (item.kept.newer || flying)
        item.fate = Fate::Newer;
    else if (!item.newest)
        item.fate = Fate::Expired;
    else if (m_context.parts.l1->isVoid(
                 {item.newest, item.kept.tickets[static_cast<std::size_t>(Stage::L1)], item.parents}))
        item.fate = Fate::Newer;
}

/// Is there a copy to be put back?
bool UndoWalk::isAt(const Item &item, Stage stage) const
{
    const EntryPtr &copy = item.kept.copies[static_cast<std::size_t>(stage)];
    return item.fate == Fate::Open && copy && copy->isUsable(m_context.now()) && m_context.tier(stage)
        && !m_context.outbox.covers(stage, item.key)
        && m_context.parts.policies->policyFor(item.key.type())->uses(stage);
}

// At every tier, also where nothing was taken: an older value must not come to lie above a newer one.
void UndoWalk::look(int tier)
{
    if (tier < 0)
        return askLeases();
    std::vector<CacheKey> keys;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        if (m_items[i].fate != Fate::Open)
            continue;
        keys.push_back(m_items[i].key);
        places.push_back(i);
    }
    Tier *target = m_context.tier(static_cast<Stage>(tier));
    if (keys.empty() || !target)
        return look(tier - 1);
    target->peek(keys, [self = shared_from_this(), tier, places](const Result<std::vector<EntryPtr>> &there) {
        if (there)
            self->lookedAt(places, *there);
        self->look(tier - 1);
    });
}

void UndoWalk::lookedAt(const std::vector<std::size_t> &places, const std::vector<EntryPtr> &there)
{
    for (std::size_t i = 0; i < places.size(); ++i) {
        Item &item = m_items[places[i]];
        if (there[i] && isNewer(*there[i], *item.newest))
            item.fate = Fate::Newer;
    }
}

void UndoWalk::askLeases()
{
    std::vector<CacheKey> keys;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        if (!isAt(m_items[i], Stage::L2))
            continue;
        keys.push_back(m_items[i].key);
        places.push_back(i);
    }
    if (keys.empty())
        return fillTier(tierCount - 1);
    m_context.tier(Stage::L2)->get(keys, [self = shared_from_this(), places](const std::vector<TierRead> &reads) {
        self->leased(places, reads);
        self->fillTier(tierCount - 1);
    });
}

void UndoWalk::leased(const std::vector<std::size_t> &places, const std::vector<TierRead> &reads)
{
    for (std::size_t i = 0; i < places.size(); ++i) {
        Item &item = m_items[places[i]];
        const TierRead &read = reads[i];
        item.kept.tickets[static_cast<std::size_t>(Stage::L2)] = read.ticket;
        if (read.ticket.isValid())
            continue;
        if (read.error && read.outcome != Outcome::Corrupt)
            failed(Stage::L2, *read.error);
        else
            item.fate = Fate::Newer;
    }
}

void UndoWalk::fillTier(int tier)
{
    if (tier < 0)
        return finish();
    const auto stage = static_cast<Stage>(tier);
    std::vector<Fill> fills;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        Item &item = m_items[i];
        if (item.fate == Fate::Open && item.kept.newer)
            item.fate = Fate::Newer;
        if (item.kept.copies[tier] && m_context.outbox.covers(stage, item.key))
            failed(stage, m_context.outbox.owedError(stage));
        if (!isAt(item, stage))
            continue;
        if (!item.kept.tickets[tier].isValid()) {
            failed(stage, notTakenBack(stage));
            continue;
        }
        fills.push_back({item.kept.copies[tier], item.kept.tickets[tier], item.parents, true});
        places.push_back(i);
    }
    if (fills.empty())
        return fillTier(tier - 1);
    m_context.tier(stage)->fill(
        fills, [self = shared_from_this(), tier, places](const std::vector<FillOutcome> &outcomes) {
            self->filled(tier, places, outcomes);
            self->fillTier(tier - 1);
        });
}

void UndoWalk::filled(int tier, const std::vector<std::size_t> &places, const std::vector<FillOutcome> &outcomes)
{
    const auto stage = static_cast<Stage>(tier);
    for (std::size_t i = 0; i < places.size(); ++i) {
        Item &item = m_items[places[i]];
        m_context.parts.metrics->tierFill(stage, outcomes[i]);
        item.stored = item.stored || outcomes[i] == FillOutcome::Stored;
        if (outcomes[i] == FillOutcome::Refused)
            item.fate = Fate::Newer;
        if (outcomes[i] == FillOutcome::Failed)
            failed(stage, notTakenBack(stage));
    }
}

void UndoWalk::failed(Stage stage, Error error)
{
    const bool known = std::any_of(m_result.partial.begin(), m_result.partial.end(),
        [stage](const InvalidationPreview::Failure &failure) { return failure.stage == stage; });
    if (!known)
        m_result.partial.push_back({stage, std::move(error)});
}

void UndoWalk::finish()
{
    for (const Item &item : m_items) {
        m_result.newer += item.fate == Fate::Newer ? 1 : 0;
        m_result.expired += item.fate == Fate::Expired ? 1 : 0;
        if (item.fate != Fate::Open || !item.stored)
            continue;
        ++m_result.restored;
        if (!m_context.parts.dependencies)
            m_context.memoryDependencies.replaceParents(item.key, item.parents);
    }
    m_context.undoRecords.close(m_record);
    m_context.parts.metrics->undos.add();
    m_context.parts.metrics->restoredKeys.add(m_result.restored);
    m_done(std::move(m_result));
}

} // namespace insitecache
