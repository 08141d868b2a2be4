// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/cache/tieredcache.h>

#include <algorithm>

#include "cache/cachecontext.h"
#include "cache/directwalk.h"
#include "cache/policychange.h"
#include "cache/readwalk.h"
#include "cache/writewalk.h"
#include "coherence/blastradius.h"
#include "coherence/invalidator.h"
#include "coherence/scheduler.h"
#include "coherence/tierlistings.h"
#include "coherence/undowalk.h"

namespace insitecache {

namespace {

/// After a failed refresh the next one waits for a quarter of the life that is left, at least a second.
SteadyTime nextRefresh(const Entry &entry, SteadyTime now)
{
    return now + std::max(Duration(std::chrono::seconds(1)), (entry.freshUntil() - now) / 4);
}

Lookup closedLookup(const CacheKey &key)
{
    Lookup lookup;
    lookup.key = key;
    lookup.error = Error{ErrorCode::Cancelled, "the cache is shutting down"};
    return lookup;
}

WarmOutcome warmOutcomeOf(const Lookup &answer)
{
    if (!answer.entry || answer.stale)
        return WarmOutcome::Missing;
    return answer.answeredBy == Stage::Source ? WarmOutcome::FromSource : WarmOutcome::Loaded;
}

/// The answers of one call, in the order of its keys.
struct Collected {
    std::vector<Lookup> lookups;
    std::size_t missing = 0;
    TieredCache::Callback<std::vector<Lookup>> done;

    void set(std::size_t index, Lookup lookup)
    {
        lookups[index] = std::move(lookup);
        if (--missing == 0)
            done(std::move(lookups));
    }
};

} // namespace

class TieredCache::Impl {
public:
    explicit Impl(TieredCacheParts parts);

    bool fromMemory(const CacheKey &key, SteadyTime started, Lookup &out);
    void absentInMemory(Lookup &out);
    void lookup(std::vector<CacheKey> keys, LookupOptions options, Callback<std::vector<Lookup>> done);
    void warm(const std::vector<CacheKey> &keys, bool mayAskSource, Callback<std::vector<WarmOutcome>> done);
    void refresh(const CacheKey &key);
    void close();

    std::function<void(const std::vector<CacheKey> &)> m_onLoading;

    CacheContext m_context;
    Scheduler m_scheduler{m_context};

private:
    using CollectedPtr = std::shared_ptr<Collected>;

    FlightPtr flightFor(const CacheKey &key, LookupOptions options, std::vector<FlightPtr> &fresh);
    FlightPtr takeOff(const CacheKey &key, bool toSource);
    void waitFor(const FlightPtr &flight, bool joined, LookupOptions options, SteadyTime started, std::size_t index,
        const CollectedPtr &collected);
    void tellLoading(const std::vector<FlightPtr> &flights, LookupOptions options) const;
    void walk(std::vector<FlightPtr> flights);
    void landed(const FlightPtr &flight);
    void refreshIfDue(const Lookup &answer);
    void count(const Lookup &lookup);

    std::shared_ptr<const PolicyRegistry::Follower> m_follower;
};

TieredCache::Impl::Impl(TieredCacheParts parts)
{
    m_context.parts = std::move(parts);
    m_context.compareClocks();
    m_follower = m_context.parts.policies->follow(
        [l1 = m_context.parts.l1](const std::vector<Policy> &policies) { l1->setGuarantees(guaranteesOf(policies)); });
    if (m_context.parts.journal)
        m_context.parts.journal->follow([this](Journal::Rows rows) {
            m_context.outbox.adopt(std::move(rows.owed));
            m_context.writeBehind.adopt(std::move(rows.writes));
        });
}

void TieredCache::Impl::count(const Lookup &lookup)
{
    m_context.parts.metrics->lookupDone(
        lookup.key.type(), lookup.answeredBy, lookup.stale, lookup.negative, lookup.collapsed, lookup.total);
}

// Every hit comes through here: what is set already as it shall be is left alone.
bool TieredCache::Impl::fromMemory(const CacheKey &key, SteadyTime started, Lookup &out)
{
    MemoryTier::Hit hit;
    if (!m_context.parts.l1->tryGet(key, started, hit))
        return false;
    if (out.stepCount > 0 || out.error)
        out = Lookup{};
    const SteadyTime now = m_context.now();
    out.key = key;
    out.answeredBy = Stage::L1;
    out.negative = hit.entry->negative();
    out.refreshing = hit.refreshDue;
    out.age = std::max(Duration::zero(), Duration(m_context.wallAt(now) - hit.entry->created()));
    out.ttl = hit.entry->freshUntil() - now;
    out.total = now - started;
    out.stepCount = 1;
    LookupStep &step = out.steps[0];
    step.stage = Stage::L1;
    step.outcome = out.negative ? Outcome::Negative : Outcome::Hit;
    step.took = out.total;
    out.entry = std::move(hit.entry);
    if (out.negative)
        absentInMemory(out);
    else
        m_context.parts.metrics->memoryHit(key.type(), out.total);
    return true;
}

void TieredCache::Impl::absentInMemory(Lookup &out)
{
    out.error = Error{ErrorCode::NotFound, out.key.text() + " does not exist",
        "asked upstream not long ago; try again in " + std::to_string(toMillis(out.ttl) / 1000 + 1) + " s"};
    out.steps[0].why = MissReason::Negative;
    m_context.parts.metrics->tierRead(Stage::L1, Outcome::Negative, out.total);
    m_context.parts.metrics->tierMissed(Stage::L1, out.key.type(), MissReason::Negative);
    count(out);
}

FlightPtr TieredCache::Impl::takeOff(const CacheKey &key, bool toSource)
{
    auto flight = std::make_shared<Flight>();
    flight->key = key;
    flight->policy = m_context.parts.policies->policyFor(key.type());
    flight->toSource = toSource;
    flight->started = flight->stepStarted = m_context.now();
    flight->tickets[static_cast<int>(Stage::L1)] = m_context.parts.l1->ticket();
    m_context.flights.add(flight);
    return flight;
}

/// A flight to wait for; a new one has looked at L1 and is added to `fresh`.
FlightPtr TieredCache::Impl::flightFor(const CacheKey &key, LookupOptions options, std::vector<FlightPtr> &fresh)
{
    if (FlightPtr running = m_context.flights.find(key, options.bypassCache)) {
        running->tiersOnly = running->isQuiet = false;
        return running;
    }
    const FlightPtr flight = takeOff(key, options.bypassCache);
    fresh.push_back(flight);
    if (!flight->policy->uses(Stage::L1)) {
        flight->addStep(Stage::L1, Outcome::Skipped, m_context.now());
        return flight;
    }
    if (options.bypassCache) {
        flight->addStep(Stage::L1, Outcome::Bypass, m_context.now());
        return flight;
    }
    const EntryPtr old = m_context.parts.l1->peek(key);
    const bool stale = old && old->isUsable(m_context.now());
    if (stale)
        flight->offerStale(Stage::L1, old);
    const Outcome outcome = stale ? Outcome::Stale : Outcome::Miss;
    const MissReason why = m_context.parts.l1->missReason(key, old);
    flight->addStep(Stage::L1, outcome, m_context.now(), {}, why);
    m_context.parts.metrics->tierRead(Stage::L1, outcome, flight->answer.steps[0].took);
    m_context.parts.metrics->tierMissed(Stage::L1, key.type(), why);
    return flight;
}

void TieredCache::Impl::lookup(std::vector<CacheKey> keys, LookupOptions options, Callback<std::vector<Lookup>> done)
{
    if (keys.empty())
        return done({});
    m_context.compareClocks();
    auto collected = std::make_shared<Collected>();
    collected->lookups.resize(keys.size());
    collected->missing = keys.size();
    collected->done = std::move(done);

    std::vector<FlightPtr> fresh;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const SteadyTime started = m_context.now();
        Lookup hit;
        if (m_context.closed) {
            collected->set(i, closedLookup(keys[i]));
        } else if (!options.bypassCache && fromMemory(keys[i], started, hit)) {
            if (hit.refreshing)
                refresh(keys[i]);
            collected->set(i, std::move(hit));
        } else {
            const std::size_t before = fresh.size();
            const FlightPtr flight = flightFor(keys[i], options, fresh);
            waitFor(flight, fresh.size() == before, options, started, i, collected);
        }
    }
    tellLoading(fresh, options);
    walk(std::move(fresh));
}

void TieredCache::Impl::tellLoading(const std::vector<FlightPtr> &flights, LookupOptions options) const
{
    if (!m_onLoading || flights.empty() || options.bypassCache)
        return;
    std::vector<CacheKey> keys;
    for (const FlightPtr &flight : flights)
        keys.push_back(flight->key);
    m_onLoading(keys);
}

void TieredCache::Impl::warm(
    const std::vector<CacheKey> &keys, bool mayAskSource, Callback<std::vector<WarmOutcome>> done)
{
    struct Warmed {
        std::vector<WarmOutcome> outcomes;
        std::size_t open;
        Callback<std::vector<WarmOutcome>> done;
    };
    const auto warmed = std::make_shared<Warmed>(
        Warmed{std::vector(keys.size(), WarmOutcome::Missing), keys.size() + 1, std::move(done)});
    const auto set = [warmed](std::size_t index, WarmOutcome outcome) {
        if (index < warmed->outcomes.size())
            warmed->outcomes[index] = outcome;
        if (--warmed->open == 0)
            warmed->done(std::move(warmed->outcomes));
    };
    std::vector<FlightPtr> flights;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const EntryPtr there = m_context.parts.l1->peek(keys[i]);
        if (m_context.closed || !m_context.parts.policies->policyFor(keys[i].type())->uses(Stage::L1)) {
            set(i, WarmOutcome::Missing);
        } else if ((there && there->isFresh(m_context.now())) || m_context.flights.find(keys[i], false)) {
            set(i, WarmOutcome::Present);
        } else {
            flights.push_back(takeOff(keys[i], false));
            flights.back()->isQuiet = true;
            flights.back()->peeks = flights.back()->tiersOnly = !mayAskSource;
            flights.back()->addStep(Stage::L1, Outcome::Miss, m_context.now());
            flights.back()->waiters.push_back([set, i](const Lookup &answer) { set(i, warmOutcomeOf(answer)); });
        }
    }
    walk(std::move(flights));
    set(keys.size(), WarmOutcome::Present);
}

void TieredCache::Impl::waitFor(const FlightPtr &flight, bool joined, LookupOptions options, SteadyTime started,
    std::size_t index, const CollectedPtr &collected)
{
    const auto waiter = [this, joined, options, started, index, collected](const Lookup &answer) {
        Lookup mine = answer;
        mine.collapsed = joined;
        if (joined)
            mine.total = m_context.now() - started;
        if (mine.stale && !options.allowStale) {
            mine.entry = nullptr;
            mine.stale = false;
            mine.answeredBy = Stage::None;
        }
        count(mine);
        collected->set(index, std::move(mine));
    };
    // A flight that has landed but is still joined is filling a slow tier.
    if (flight->landed)
        waiter(flight->answer);
    else
        flight->waiters.push_back(waiter);
}

void TieredCache::Impl::walk(std::vector<FlightPtr> flights)
{
    if (flights.empty())
        return;
    std::make_shared<ReadWalk>(m_context, std::move(flights), [this](const FlightPtr &flight) {
        landed(flight);
    })->start();
}

void TieredCache::Impl::landed(const FlightPtr &flight)
{
    flight->landed = true;
    const auto waiters = std::move(flight->waiters);
    for (const Flight::Waiter &waiter : waiters)
        waiter(flight->answer);
    if (!flight->isQuiet)
        refreshIfDue(flight->answer);
}

void TieredCache::Impl::refreshIfDue(const Lookup &answer)
{
    const bool fromTier = answer.answeredBy == Stage::L2 || answer.answeredBy == Stage::L3;
    if (fromTier && answer.hasValue() && !answer.stale && m_context.now() >= answer.entry->refreshAt())
        refresh(answer.key);
}

void TieredCache::Impl::refresh(const CacheKey &key)
{
    const auto policy = m_context.parts.policies->policyFor(key.type());
    if (m_context.closed || policy->l3IsTruth || m_context.flights.find(key, true))
        return;
    const FlightPtr flight = takeOff(key, true);
    flight->addStep(Stage::L1, Outcome::Bypass, m_context.now());
    m_context.parts.metrics->refreshStarted.add();
    flight->waiters.push_back([this, key](const Lookup &answer) {
        if (answer.answeredBy == Stage::Source)
            return m_context.parts.metrics->refreshOk.add();
        m_context.parts.metrics->refreshFailed.add();
        if (const EntryPtr old = m_context.parts.l1->peek(key))
            m_context.parts.l1->deferRefresh(key, nextRefresh(*old, m_context.now()));
    });
    walk({flight});
}

void TieredCache::Impl::close()
{
    m_context.closed = true;
    m_context.outbox.close();
    for (const FlightPtr &flight : m_context.flights.all()) {
        if (!flight->finished) {
            flight->finished = true;
            flight->answer = closedLookup(flight->key);
            m_context.flights.finish(flight);
        }
        if (!flight->landed)
            landed(flight);
    }
    m_context.turns.close();
}

TieredCache::TieredCache(TieredCacheParts parts) : d(std::make_unique<Impl>(std::move(parts))) {}
TieredCache::~TieredCache() = default;

bool TieredCache::tryHit(const CacheKey &key, Lookup &out)
{
    return d->fromMemory(key, d->m_context.now(), out);
}

std::size_t TieredCache::tryDirect(std::span<const Asked> asked)
{
    return DirectWalk(d->m_context).answer(asked);
}

bool TieredCache::hasDirect() const
{
    return d->m_context.parts.l2Direct != nullptr;
}

void TieredCache::lookup(std::vector<CacheKey> keys, LookupOptions options, Callback<std::vector<Lookup>> done)
{
    d->lookup(std::move(keys), options, std::move(done));
}

void TieredCache::warm(std::vector<CacheKey> keys, bool mayAskSource, Callback<std::vector<WarmOutcome>> done)
{
    d->warm(keys, mayAskSource, std::move(done));
}

void TieredCache::onLoading(std::function<void(const std::vector<CacheKey> &)> seen)
{
    d->m_onLoading = std::move(seen);
}

void TieredCache::refresh(const CacheKey &key)
{
    d->refresh(key);
}

void TieredCache::write(const CacheKey &key, std::string payload, std::string origin, Callback<Status> done)
{
    if (d->m_context.closed)
        return done(fail(ErrorCode::Cancelled, "the cache is shutting down"));
    const auto policy = d->m_context.parts.policies->policyFor(key.type());
    const EntryPtr entry = d->m_context.makeEntry(key, std::move(payload), std::move(origin), *policy);
    if (d->m_context.writeBehind.takes(*policy))
        d->m_context.writeBehind.write(entry, std::move(done));
    else
        std::make_shared<WriteWalk>(d->m_context, entry, WriteWalk::Part::All, std::move(done))->start();
}

void TieredCache::list(const Selector &which, std::size_t limit, Callback<Listings> done)
{
    static constexpr bool everyTier[tierCount] = {true, true, true};
    listTiers(d->m_context, which, everyTier, limit,
        [done = std::move(done)](TierListings listings) { done(std::move(listings.tiers)); });
}

void TieredCache::preview(const Invalidation &what, Callback<InvalidationPreview> done)
{
    previewInvalidation(d->m_context, what, std::move(done));
}

void TieredCache::invalidate(const Invalidation &what, Callback<InvalidationResult> done)
{
    std::make_shared<Invalidator>(d->m_context, what, std::move(done))->start();
}

void TieredCache::undo(std::uint64_t id, Callback<Result<UndoResult>> done)
{
    if (d->m_context.closed)
        return done(fail(ErrorCode::Cancelled, "the cache is shutting down"));
    const UndoRecordPtr record = d->m_context.undoRecords.take(id, d->m_context.now());
    if (!record)
        return done(fail(ErrorCode::NotFound, "there is nothing to undo any more",
            "an invalidation can be undone once, within " + std::to_string(undoKeptFor.count()) + " s"));
    std::make_shared<UndoWalk>(d->m_context, record, std::move(done))->start();
}

void TieredCache::schedule(const Invalidation &what, WallTime due, Callback<Result<ScheduledInvalidation>> done)
{
    d->m_scheduler.add(what, due, std::move(done));
}

void TieredCache::scheduled(Callback<Result<std::vector<ScheduledInvalidation>>> done)
{
    d->m_scheduler.list(std::move(done));
}

void TieredCache::cancelScheduled(std::uint64_t id, Callback<Result<bool>> done)
{
    d->m_scheduler.cancel(id, std::move(done));
}

void TieredCache::carryOutDue(std::function<void()> done)
{
    d->m_scheduler.carryOutDue(std::move(done));
}

std::vector<CarriedOut> TieredCache::takeCarriedOut()
{
    return d->m_scheduler.takeCarriedOut();
}

void TieredCache::setPolicy(const Policy &policy, Callback<Status> done)
{
    changePolicy(d->m_context, policy, std::move(done));
}

void TieredCache::declare(const Edge &edge, Callback<Status> done)
{
    d->m_context.dependencies().declare(edge, std::move(done));
}

void TieredCache::undeclare(const Edge &edge, Callback<Result<bool>> done)
{
    d->m_context.dependencies().undeclare(edge, std::move(done));
}

void TieredCache::neighbourhood(const CacheKey &key, int maxDepth, Callback<Result<Neighbourhood>> done)
{
    d->m_context.dependencies().neighbourhood(key, maxDepth, std::move(done));
}

void TieredCache::edges(std::size_t limit, Callback<Result<EdgeList>> done)
{
    d->m_context.dependencies().edges(limit, std::move(done));
}

Tier *TieredCache::tier(Stage stage) const
{
    return d->m_context.tier(stage);
}

const std::vector<std::shared_ptr<Source>> &TieredCache::sources() const
{
    return d->m_context.parts.sources;
}

const PolicyRegistry &TieredCache::policies() const
{
    return *d->m_context.parts.policies;
}

Metrics &TieredCache::metrics() const
{
    return *d->m_context.parts.metrics;
}

const Clock &TieredCache::clock() const
{
    return *d->m_context.parts.clock;
}

std::optional<WhatIfReport> TieredCache::whatIf() const
{
    WhatIf &observer = d->m_context.parts.l1->whatIf();
    if (!observer.isOn())
        return std::nullopt;
    return observer.report(d->m_context.countedInL1());
}

Backlog TieredCache::outbox() const
{
    return d->m_context.outbox.backlog();
}

Backlog TieredCache::writeBehind() const
{
    return d->m_context.writeBehind.backlog();
}

void TieredCache::whenWritten(std::function<void()> done)
{
    d->m_context.writeBehind.whenWritten(std::move(done));
}

void TieredCache::tierIsBack(Stage stage)
{
    if (stage == Stage::L3)
        d->m_context.writeBehind.tierIsBack();
    d->m_context.outbox.tierIsBack(stage);
}

void TieredCache::owe(Stage stage, const CacheKey &key)
{
    d->m_context.outbox.owe(stage, Selector::keys({key}));
}

// What is asked of L3 later is answered after this removal, and L2 is not read until it is through: L1 cannot be filled
// from before it.
void TieredCache::heard(const Selector &which, std::optional<Stage> untold)
{
    if (untold == Stage::L2 && d->m_context.parts.l2)
        d->m_context.outbox.oweAsTold(Stage::L2, which);
    if (untold == Stage::L3 && d->m_context.parts.l3) {
        d->m_context.parts.l3->remove(which.without(typesKeptInL3(d->m_context)), [this, which](const auto &removed) {
            if (!removed && removed.error().code != ErrorCode::Cancelled)
                d->m_context.outbox.owe(Stage::L3, which);
        });
    }
    for (const Stage stage : {Stage::L2, Stage::L3})
        d->m_context.seenIn(stage).invalidated(which);
    d->m_context.parts.l1->remove(which, [](const auto &) {});
    d->m_context.overtake(which);
}

void TieredCache::purge()
{
    d->m_context.compareClocks();
    d->m_context.undoRecords.purge(d->m_context.now());
    d->m_context.parts.l1->whatIf().roll(d->m_context.countedInL1(), d->m_context.now());
}

void TieredCache::close()
{
    d->close();
}

void TieredCache::whenFilled(std::function<void()> done)
{
    d->m_context.flights.whenEmpty(std::move(done));
}

} // namespace insitecache
