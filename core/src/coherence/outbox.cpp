// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/outbox.h"

#include <algorithm>

#include "base/probe.h"
#include "cache/cachecontext.h"
#include "coherence/blastradius.h"

namespace insitecache {

namespace {

constexpr std::size_t maxOwedRows = 10'000;

bool isSame(const Selector &one, const Selector &other)
{
    const auto *mine = one.namedKeys();
    const auto *theirs = other.namedKeys();
    return mine && theirs ? *mine == *theirs : one.isAll() && other.isAll();
}

Selector unionOf(const Selector &one, const Selector &other)
{
    const auto *mine = one.namedKeys();
    const auto *theirs = other.namedKeys();
    if (!mine || !theirs)
        return Selector::all();
    std::vector<CacheKey> keys = *mine;
    keys.insert(keys.end(), theirs->begin(), theirs->end());
    return Selector::keys(std::move(keys));
}

} // namespace

Outbox::Outbox(CacheContext &context) : m_context(context)
{
    for (std::size_t i = 0; i < tierCount; ++i)
        m_debtors[i].retry.onRetry = [this, i] { pay(static_cast<Stage>(i)); };
}

bool Outbox::Row::isOwed() const
{
    return std::any_of(std::begin(owedAt), std::end(owedAt), [](const auto &since) { return since.has_value(); });
}

Outbox::Id Outbox::newId()
{
    return m_context.parts.journal ? m_context.parts.journal->newId() : ++m_lastId;
}

Outbox::Row &Outbox::add(OwedInvalidation what)
{
    Row &row = m_rows[what.id];
    row.what = std::move(what);
    return row;
}

void Outbox::write(const OwedInvalidation &what, std::function<void()> done)
{
    if (!m_context.parts.journal)
        return done();
    m_context.parts.journal->keep(what, [this, done = std::move(done)](const Status &status) {
        if (!status)
            m_context.parts.metrics->journalFailures.add();
        done();
    });
}

void Outbox::intend(OwedInvalidation what, std::function<void(Id)> done)
{
    bool concerned = false;
    for (const Stage stage : {Stage::L1, Stage::L2, Stage::L3}) {
        bool &asked = what.tiers[static_cast<std::size_t>(stage)];
        asked = asked && m_context.tier(stage) && stage != Stage::L1;
        concerned = concerned || asked;
    }
    if (!concerned)
        return done(0);
    what.id = newId();
    what.since = m_context.parts.clock->wall();
    const Id id = what.id;
    write(add(std::move(what)).what, [id, done = std::move(done)] { done(id); });
}

// A replay that asks for the edges again does no harm, so nothing is written when nothing new is known.
void Outbox::extend(Id id, const Selector &dependents, std::function<void()> done)
{
    const auto found = m_rows.find(id);
    if (found == m_rows.end() || !found->second.what.follow)
        return done();
    OwedInvalidation &what = found->second.what;
    what.follow = false;
    if (isSame(what.dependents, dependents))
        return done();
    what.dependents = dependents;
    for (const Stage stage : {Stage::L2, Stage::L3}) {
        if (found->second.owedAt[static_cast<std::size_t>(stage)])
            oweAll(found->second, stage, dependents);
    }
    write(what, std::move(done));
}

void Outbox::oweAll(Row &row, Stage stage, const Selector &which)
{
    OwedRemovals &owed = at(stage).owed;
    owed.add(stage == Stage::L3 ? which.without(typesKeptInL3(m_context)) : which);
    row.owedAt[static_cast<std::size_t>(stage)] = owed.last();
}

void Outbox::failed(Id id, Stage stage)
{
    const auto found = m_rows.find(id);
    if (found == m_rows.end() || !found->second.what.tiers[static_cast<std::size_t>(stage)]
        || !isOn(Protection::Outbox))
        return;
    oweAll(found->second, stage, found->second.what.roots);
    oweAll(found->second, stage, found->second.what.dependents);
    payLater(stage);
}

void Outbox::finished(Id id)
{
    const auto found = m_rows.find(id);
    if (found == m_rows.end())
        return;
    Row &row = found->second;
    row.underWay = false;
    for (std::size_t i = 0; i < tierCount; ++i)
        row.what.tiers[i] = row.owedAt[i].has_value();
    if (!row.isOwed())
        return forget(found);
    write(row.what, [] {});
    mergeWhenTooMany();
}

void Outbox::forget(Rows::iterator row)
{
    if (m_context.parts.journal && row->second.isWritten)
        m_context.parts.journal->drop(row->first);
    m_rows.erase(row);
}

void Outbox::mergeWhenTooMany()
{
    if (m_rows.size() <= maxOwedRows)
        return;
    OwedInvalidation everything;
    everything.id = newId();
    everything.roots = Selector::all();
    everything.since = m_context.parts.clock->wall();
    for (const auto &[id, row] : m_rows) {
        for (std::size_t i = 0; i < tierCount; ++i)
            everything.tiers[i] = everything.tiers[i] || row.owedAt[i].has_value();
        everything.since = std::min(everything.since, row.what.since);
    }
    write(everything, [] {});
    for (auto it = m_rows.begin(); it != m_rows.end();) {
        const auto row = it++;
        if (!row->second.underWay)
            forget(row);
    }
    adopt({everything});
}

void Outbox::owe(Stage stage, const Selector &which)
{
    OwedInvalidation what;
    what.roots = which;
    what.tiers[static_cast<std::size_t>(stage)] = true;
    intend(std::move(what), [this, stage](Id id) {
        failed(id, stage);
        finished(id);
        pay(stage);
    });
}

void Outbox::oweAsTold(Stage stage, const Selector &which)
{
    OwedInvalidation what;
    what.id = newId();
    what.roots = which;
    what.tiers[static_cast<std::size_t>(stage)] = true;
    what.since = m_context.parts.clock->wall();
    Row &row = add(std::move(what));
    row.underWay = row.isWritten = false;
    oweAll(row, stage, which);
    mergeWhenTooMany();
    pay(stage);
}

// Where there is no L2 it was a private one, which ended with its process. A database that is missing is only out of
// reach.
void Outbox::adopt(std::vector<OwedInvalidation> rows)
{
    for (OwedInvalidation &what : rows) {
        Row &row = add(std::move(what));
        row.underWay = false;
        row.what.tiers[1] = row.what.tiers[1] && m_context.tier(Stage::L2);
        for (const Stage stage : {Stage::L2, Stage::L3}) {
            if (!row.what.tiers[static_cast<std::size_t>(stage)])
                continue;
            oweAll(row, stage, row.what.roots);
            oweAll(row, stage, row.what.dependents);
        }
        if (!row.isOwed())
            forget(m_rows.find(row.what.id));
    }
    for (const Stage stage : {Stage::L2, Stage::L3})
        pay(stage);
}

Error Outbox::owedError(Stage stage) const
{
    const std::string name(stageName(stage));
    return {ErrorCode::Unavailable, name + " still owes " + std::to_string(at(stage).owed.size()) + " removals",
        "its copy may be outdated, so it is not read; it is removed as soon as " + name + " allows it"};
}

Backlog Outbox::backlog() const
{
    Backlog backlog;
    const WallTime now = m_context.parts.clock->wall();
    for (const auto &[id, row] : m_rows) {
        if (!row.isOwed())
            continue;
        ++backlog.waiting;
        backlog.oldest = std::max(backlog.oldest, now - row.what.since);
    }
    return backlog;
}

void Outbox::close()
{
    m_closed = true;
    for (Debtor &debtor : m_debtors)
        debtor.retry.stop();
}

void Outbox::tierIsBack(Stage stage)
{
    at(stage).retry.stop();
    at(stage).retry.reset();
    pay(stage);
}

void Outbox::pay(Stage stage)
{
    const auto i = static_cast<std::size_t>(stage);
    const bool owes = std::any_of(
        m_rows.begin(), m_rows.end(), [i](const auto &item) { return item.second.owedAt[i].has_value(); });
    if (!owes || at(stage).paying || m_closed || !m_context.tier(stage))
        return;
    at(stage).paying = true;
    followNext(stage);
}

// Edges die with their entries, so what has to be followed is followed before anything is removed.
void Outbox::followNext(Stage stage)
{
    const auto i = static_cast<std::size_t>(stage);
    const auto next = std::find_if(m_rows.begin(), m_rows.end(), [i](const auto &item) {
        const Row &row = item.second;
        return row.what.follow && !row.underWay && row.owedAt[i].has_value();
    });
    if (next == m_rows.end())
        return payNext(stage, std::make_shared<OwedRemovals::Bill>(at(stage).owed.bill()));
    Invalidation asked;
    asked.which = next->second.what.roots;
    asked.dependents = true;
    findBlastRadius(m_context, asked, [this, stage, id = next->first](const BlastRadiusPtr &radius) {
        if (radius->failure)
            return notPaid(stage);
        if (const auto row = m_rows.find(id); row != m_rows.end())
            followed(row->second, radius->dependents.whole());
        followNext(stage);
    });
}

void Outbox::followed(Row &row, const Selector &dependents)
{
    row.what.follow = false;
    row.what.dependents = unionOf(row.what.dependents, dependents);
    for (const Stage stage : {Stage::L2, Stage::L3}) {
        if (row.owedAt[static_cast<std::size_t>(stage)])
            oweAll(row, stage, row.what.dependents);
    }
    write(row.what, [] {});
}

void Outbox::payNext(Stage stage, const std::shared_ptr<OwedRemovals::Bill> &bill)
{
    if (bill->items.empty())
        return paid(stage, bill->upTo);
    const KeySteps item(bill->items.back());
    bill->items.pop_back();
    const auto failure = std::make_shared<bool>(false);
    const auto remove = [this, stage, failure](const Selector &step, KeySteps::Next next) {
        if (*failure)
            return next(false);
        m_context.tier(stage)->remove(step, [failure, next = std::move(next)](const Result<std::uint64_t> &removed) {
            *failure = !removed;
            next(removed.has_value());
        });
    };
    item.walk(m_context.turns, remove, [this, stage, bill, failure] {
        if (*failure)
            notPaid(stage);
        else
            payNext(stage, bill);
    });
}

void Outbox::paid(Stage stage, std::uint64_t upTo)
{
    const auto i = static_cast<std::size_t>(stage);
    at(stage).owed.settle(upTo);
    at(stage).paying = false;
    at(stage).retry.reset();
    for (auto it = m_rows.begin(); it != m_rows.end();) {
        const auto row = it++;
        auto &owedAt = row->second.owedAt[i];
        if (!owedAt || *owedAt > upTo)
            continue;
        owedAt.reset();
        row->second.what.tiers[i] = false;
        if (!row->second.underWay && !row->second.isOwed())
            forget(row);
    }
    pay(stage);
}

void Outbox::notPaid(Stage stage)
{
    at(stage).paying = false;
    payLater(stage);
}

void Outbox::payLater(Stage stage)
{
    if (!m_closed)
        at(stage).retry.start();
}

} // namespace insitecache
