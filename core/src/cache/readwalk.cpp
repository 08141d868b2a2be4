// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/readwalk.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/probe.h"

namespace insitecache {

ReadWalk::ReadWalk(CacheContext &context, std::vector<FlightPtr> flights, Finished finished) :
    m_context(context), m_open(std::move(flights)), m_finished(std::move(finished))
{}

void ReadWalk::start()
{
    syncPoint("read.after", Stage::L1);
    askTier(Stage::L2);
}

void ReadWalk::askTier(Stage stage)
{
    std::vector<FlightPtr> asked;
    std::vector<FlightPtr> waiting;
    std::vector<CacheKey> keys;
    const SteadyTime now = m_context.now();
    for (const FlightPtr &flight : m_open) {
        if (!m_context.tier(stage) || !flight->policy->uses(stage)) {
            flight->addStep(stage, Outcome::Skipped, now);
            continue;
        }
        flight->stepStarted = now;
        if (!flight->toSource && m_context.writeBehind.pending(flight->key)) {
            waiting.push_back(flight);
            continue;
        }
        if (m_context.outbox.covers(stage, flight->key)) {
            leaveOut(stage, flight);
            continue;
        }
        asked.push_back(flight);
        keys.push_back(flight->key);
    }
    for (const FlightPtr &flight : waiting)
        takePending(stage, flight);
    if (keys.empty())
        return next(stage);
    if (m_open.front()->toSource)
        return claimTier(stage, asked);
    if (m_open.front()->peeks)
        return peekTier(stage, asked, keys);
    m_context.tier(stage)->get(keys, [self = shared_from_this(), stage, asked](const std::vector<TierRead> &reads) {
        self->tierAnswered(stage, asked, reads);
    });
}

void ReadWalk::count(Stage stage, const FlightPtr &flight, Outcome outcome, Duration took) const
{
    if (!flight->isQuiet)
        m_context.parts.metrics->tierRead(stage, outcome, took);
}

/// A write that is on its way to L3 is what L3 says.
void ReadWalk::takePending(Stage stage, const FlightPtr &flight)
{
    const EntryPtr entry = m_context.writeBehind.pending(flight->key);
    if (stage != Stage::L3 || !entry)
        return flight->addStep(stage, Outcome::Skipped, m_context.now());
    flight->addStep(stage, Outcome::Hit, m_context.now());
    count(stage, flight, Outcome::Hit, Duration::zero());
    answer(flight, stage, entry);
}

/// The tier may hold an outdated copy, and is not to be filled: as if it could not be reached.
void ReadWalk::leaveOut(Stage stage, const FlightPtr &flight)
{
    flight->unreachable[static_cast<std::size_t>(stage)] = true;
    if (flight->toSource)
        return flight->addStep(stage, Outcome::Bypass, m_context.now());
    flight->addStep(stage, Outcome::Open, m_context.now(), m_context.outbox.owedError(stage), MissReason::Down);
    count(stage, flight, Outcome::Open, Duration::zero());
    if (!flight->isQuiet)
        m_context.parts.metrics->tierMissed(stage, flight->key.type(), MissReason::Down);
}

void ReadWalk::claimTier(Stage stage, const std::vector<FlightPtr> &claiming)
{
    std::vector<CacheKey> keys;
    for (const FlightPtr &flight : claiming) {
        flight->addStep(stage, Outcome::Bypass, m_context.now());
        keys.push_back(flight->key);
    }
    m_context.tier(stage)->claim(
        keys, [self = shared_from_this(), stage, claiming](const std::vector<FillTicket> &tickets) {
            const auto tier = static_cast<std::size_t>(stage);
            for (std::size_t i = 0; i < claiming.size(); ++i) {
                claiming[i]->tickets[tier] = tickets[i];
                claiming[i]->unreachable[tier] = !tickets[i].isValid();
            }
            self->next(stage);
        });
}

void ReadWalk::peekTier(Stage stage, const std::vector<FlightPtr> &asked, const std::vector<CacheKey> &keys)
{
    m_context.tier(stage)->peek(
        keys, [self = shared_from_this(), stage, asked](const Result<std::vector<EntryPtr>> &found) {
            for (std::size_t i = 0; i < asked.size(); ++i) {
                if (!asked[i]->finished)
                    self->peeked(stage, asked[i], found ? (*found)[i] : nullptr);
            }
            self->next(stage);
        });
}

/// Without a ticket the tier is not to be filled, as if it could not be reached.
void ReadWalk::peeked(Stage stage, const FlightPtr &flight, const EntryPtr &entry)
{
    const SteadyTime now = m_context.now();
    flight->unreachable[static_cast<std::size_t>(stage)] = true;
    const Outcome outcome = entry ? outcomeOf(*entry, now) : Outcome::Miss;
    flight->addStep(stage, outcome, now);
    takeRead(stage, flight, {outcome, entry, {}});
}

void ReadWalk::next(Stage stage)
{
    std::erase_if(m_open, [](const FlightPtr &flight) { return flight->finished; });
    startFills();
    if (m_open.empty())
        return;
    if (stage == Stage::L2)
        askTier(Stage::L3);
    else
        askSources();
}

void ReadWalk::tierAnswered(Stage stage, const std::vector<FlightPtr> &asked, const std::vector<TierRead> &reads)
{
    syncPoint("read.after", stage);
    const SteadyTime now = m_context.now();
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const FlightPtr &flight = asked[i];
        if (flight->finished)
            continue;
        count(stage, flight, reads[i].outcome, now - flight->stepStarted);
        flight->addStep(stage, reads[i].outcome, now, reads[i].error,
            flight->isQuiet ? std::nullopt : m_context.countMiss(stage, flight->key, reads[i]));
        flight->tickets[static_cast<std::size_t>(stage)] = reads[i].ticket;
        flight->unreachable[static_cast<std::size_t>(stage)] = reads[i].error && reads[i].outcome != Outcome::Corrupt;
        if (reads[i].outcome == Outcome::Corrupt)
            m_context.poison.failed(flight->key, now);
        takeRead(stage, flight, reads[i]);
    }
    next(stage);
}

void ReadWalk::takeRead(Stage stage, const FlightPtr &flight, const TierRead &read)
{
    switch (read.outcome) {
    case Outcome::Hit:
    case Outcome::Negative: fillFrom(flight, stage, read.entry); return answer(flight, stage, read.entry);
    case Outcome::Stale: return flight->offerStale(stage, read.entry);
    default: return;
    }
}

Source *ReadWalk::sourceFor(std::string_view type) const
{
    for (const auto &source : m_context.parts.sources) {
        if (source->serves(type))
            return source.get();
    }
    return nullptr;
}

void ReadWalk::askSources()
{
    std::map<Source *, std::vector<FlightPtr>> bySource;
    const SteadyTime now = m_context.now();
    const std::vector<FlightPtr> open = m_open;
    for (const FlightPtr &flight : open) {
        flight->stepStarted = now;
        if (flight->tiersOnly) {
            failed(flight, {ErrorCode::NotFound, "no tier has " + flight->key.text(), {}});
            continue;
        }
        Source *source = sourceFor(flight->key.type());
        if (source)
            bySource[source].push_back(flight);
        else
            withoutSource(flight);
    }
    for (auto &[source, flights] : bySource)
        askSource(*source, std::move(flights));
}

void ReadWalk::askSource(Source &source, std::vector<FlightPtr> flights)
{
    std::vector<CacheKey> keys;
    for (const FlightPtr &flight : flights)
        keys.push_back(flight->key);
    m_context.parts.metrics->sourceCalls.add();
    source.fetch(std::move(keys), [self = shared_from_this(), flights](std::vector<Fetched> fetched) {
        self->sourceAnswered(flights, std::move(fetched));
    });
}

void ReadWalk::sourceAnswered(const std::vector<FlightPtr> &asked, std::vector<Fetched> fetched)
{
    syncPoint("read.after", Stage::Source);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (!asked[i]->finished)
            takeFetched(asked[i], std::move(fetched[i]));
    }
    startFills();
}

void ReadWalk::takeFetched(const FlightPtr &flight, Fetched fetched)
{
    const SteadyTime now = m_context.now();
    if (fetched.payload) {
        flight->addStep(Stage::Source, Outcome::Hit, now);
        const EntryPtr entry = m_context.makeLoaded(std::move(fetched), *flight->policy, flight->answer.ttlReason);
        fillFrom(flight, Stage::Source, entry);
        return answer(flight, Stage::Source, entry);
    }
    const Error &error = fetched.payload.error();
    if (error.code != ErrorCode::NotFound) {
        m_context.parts.metrics->sourceFailures.add();
        flight->addStep(
            Stage::Source, error.code == ErrorCode::Timeout ? Outcome::Timeout : Outcome::Error, now, error);
        return failed(flight, error);
    }
    flight->addStep(Stage::Source, Outcome::Negative, now, error);
    flight->answer.error = error;
    const EntryPtr entry = m_context.makeNegative(flight->key, std::move(fetched.origin), *flight->policy);
    fillFrom(flight, Stage::Source, entry);
    answer(flight, Stage::Source, entry);
}

// Where L3 holds the value itself, its silence must not look like an absence; that it has none is an answer like any
// other, but nothing to keep, since L3 is asked again as cheaply.
void ReadWalk::withoutSource(const FlightPtr &flight)
{
    if (!flight->policy->l3IsTruth) {
        return failed(flight,
            Error{ErrorCode::Unconfigured, "no source serves the type '" + std::string(flight->key.type()) + "'",
                "the types are stock, search, sentiment, trending, history and user"});
    }
    const Lookup &soFar = flight->answer;
    const auto truth = std::find_if(soFar.steps.begin(), soFar.steps.begin() + soFar.stepCount,
        [](const LookupStep &step) { return step.stage == Stage::L3; });
    if (truth->outcome == Outcome::Skipped)
        return failed(flight,
            Error{ErrorCode::Unavailable, "the database that holds " + flight->key.text() + " is off",
                "start with --database"});
    if (truth->error)
        return failed(flight, *truth->error);
    flight->answer.error = Error{ErrorCode::NotFound, "nothing is stored for " + flight->key.text(),
        "store it with: put " + flight->key.text() + " JSON"};
    answer(flight, Stage::L3, m_context.makeNegative(flight->key, {}, *flight->policy));
}

void ReadWalk::failed(const FlightPtr &flight, Error error)
{
    flight->answer.error = std::move(error);
    const bool canServe = flight->stale && flight->stale->isUsable(m_context.now());
    answer(flight, canServe ? flight->staleStage : Stage::None, canServe ? flight->stale : nullptr);
}

void ReadWalk::answer(const FlightPtr &flight, Stage stage, const EntryPtr &entry)
{
    const bool fills = !m_fills.empty() && m_fills.back().flight == flight;
    const SteadyTime now = m_context.now();
    Lookup &lookup = flight->answer;
    lookup.key = flight->key;
    lookup.answeredBy = stage;
    lookup.entry = entry;
    lookup.total = now - flight->started;
    if (entry) {
        lookup.negative = entry->negative();
        lookup.ttl = entry->freshUntil() - now;
        lookup.stale = !entry->isFresh(now) && stage != Stage::Source;
        lookup.age = std::max(Duration::zero(), Duration(m_context.parts.clock->wall() - entry->created()));
    }
    if (lookup.negative && !lookup.error)
        lookup.error = Error{ErrorCode::NotFound, flight->key.text() + " does not exist",
            "asked upstream not long ago; try again in " + std::to_string(toMillis(lookup.ttl) / 1000 + 1) + " s"};
    flight->finished = true;
    if (fills)
        return;
    m_context.flights.finish(flight);
    m_finished(flight);
}

/// The tiers above `stage` are to get the entry, once the whole step is answered.
void ReadWalk::fillFrom(const FlightPtr &flight, Stage stage, const EntryPtr &entry)
{
    bool any = false;
    for (int i = 0; i < std::min(static_cast<int>(stage), tierCount); ++i) {
        any = any || mayFill(m_context, *flight, stage, static_cast<Stage>(i));
    }
    if (any)
        m_fills.push_back({flight, entry, stage, m_context.parentsOf(*entry)});
}

void ReadWalk::startFills()
{
    if (!m_fills.empty())
        std::make_shared<FillWalk>(m_context, std::exchange(m_fills, {}), m_finished)->start();
}

} // namespace insitecache
