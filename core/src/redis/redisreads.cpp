// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redisreads.h"

#include <array>

#include "base/probe.h"
#include "redis/redisanswer.h"
#include "tiers/envelope.h"

namespace insitecache {

namespace {

constexpr Millis leaseLife{10'000};
constexpr std::array<Millis, 4> leasePolls{Millis(5), Millis(10), Millis(20), Millis(40)};
constexpr Millis hearingLimit{50};

TierRead failedRedisRead(const RedisFailure &failure)
{
    return {failure.fault == RedisFault::Timeout ? Outcome::Timeout : Outcome::Error, nullptr, failure.error};
}

bool isAnswered(const TierRead &read)
{
    return read.outcome == Outcome::Hit || read.outcome == Outcome::Negative;
}

} // namespace

void addRedisRead(RedisBatch &batch, const std::string &name)
{
    batch.add({"PTTL", name});
    batch.add({"GET", name});
}

/// One call of get().
struct RedisReads::Reading : RedisAnswerInParts<std::vector<TierRead>> {
    std::size_t polls = 0;
};

RedisReads::RedisReads(RedisConnection &connection, const RedisKeyspace &keyspace, RedisRemover &remover,
    RedisFollower &follower, const Clock &clock, const std::string &origin) :
    m_connection(connection),
    m_keyspace(keyspace), m_remover(remover), m_follower(follower), m_clock(clock), m_origin(origin)
{
    m_delayTimer.setSingleShot(true);
    m_delayTimer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_delayTimer, &QTimer::timeout, &m_delayTimer, [this] { runDelayed(false); });
}

void RedisReads::close()
{
    m_delayTimer.stop();
    runDelayed(true);
}

std::string RedisReads::nextToken()
{
    return m_origin + ':' + std::to_string(++m_lastToken);
}

void RedisReads::get(const std::vector<CacheKey> &keys, Done done)
{
    const auto reading = std::make_shared<Reading>();
    reading->answer.resize(keys.size());
    reading->done = std::move(done);
    Places places;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        places.push_back({keys[i], i});
        if (places.size() == keysPerRedisRead) {
            ++reading->waiting;
            read(reading, std::exchange(places, {}), false);
        }
    }
    if (!places.empty()) {
        ++reading->waiting;
        read(reading, std::move(places), false);
    }
    reading->oneLess();
}

// After a dropped connection a read may be tried once more.
void RedisReads::read(const ReadingPtr &reading, Places places, bool again)
{
    RedisBatch batch;
    for (const Place &place : places)
        addRedisRead(batch, m_keyspace.nameOf(place.key));
    m_connection.send(batch, [this, reading, places = std::move(places), again](const auto &results) {
        const RedisFailure *failure = firstRedisFailure(results);
        if (!again && failure && failure->fault == RedisFault::Dropped)
            return read(reading, places, true);
        onTried(results);
        Places missing;
        for (std::size_t i = 0; i < places.size(); ++i) {
            const RedisResult &life = results[2 * i];
            const RedisResult &value = results[2 * i + 1];
            TierRead &out = reading->answer[places[i].index];
            if (!value && value.error().fault == RedisFault::WrongType)
                out = corruptRead(places[i].key, {}, value.error().error);
            else if (!life || !value)
                out = failedRedisRead(life ? value.error() : life.error());
            else
                out = value->isNil() ? TierRead{} : readOf(places[i].key, life->integer(), value->text());
            if (life && (value || out.outcome == Outcome::Corrupt) && !isAnswered(out))
                missing.push_back(places[i]);
        }
        lease(reading, std::move(missing));
    });
}

TierRead RedisReads::readOf(const CacheKey &key, long long lifeMs, std::string_view bytes)
{
    if (lifeMs == -1)
        return corruptRead(key, bytes,
            {ErrorCode::Corrupt, "the copy of " + key.text() + " in Redis never expires, so it is not ours",
                "it is dropped and loaded again"});
    if (lifeMs <= 0)
        return {};
    const SteadyTime now = m_clock.now();
    auto entry = openEnvelope(bytes, key, lifeFromStore(lifeMs), now);
    if (!entry)
        return corruptRead(key, bytes, entry.error());
    const Outcome outcome = outcomeOf(**entry, now);
    return {outcome, std::move(*entry), std::nullopt};
}

TierRead RedisReads::corruptRead(const CacheKey &key, std::string_view bytes, Error error)
{
    m_remover.dropUnusable(key, bytes);
    return {Outcome::Corrupt, nullptr, std::move(error)};
}

// A damaged copy is being dropped by the command before this one, so it is as good as missing.
void RedisReads::lease(const ReadingPtr &reading, Places places)
{
    if (places.empty())
        return reading->oneLess();
    std::vector<std::string> names{m_keyspace.stream(), m_keyspace.generation()};
    std::vector<std::string> arguments{std::to_string(leaseLife.count())};
    for (Place &place : places) {
        place.token = nextToken();
        names.push_back(m_keyspace.nameOf(place.key));
        names.push_back(m_keyspace.leaseOf(place.key));
        arguments.push_back(reading->answer[place.index].outcome == Outcome::Stale ? "s" : "m");
        arguments.push_back(place.token);
    }
    m_lease.run(m_connection, names, arguments, [this, reading, places](const RedisResult &result) {
        if (result)
            return leased(reading, places, *result);
        for (const Place &place : places)
            withoutLease(reading->answer[place.index], result.error().error);
        reading->oneLess();
    });
}

void RedisReads::leased(const ReadingPtr &reading, const Places &places, const RedisReply &reply)
{
    Places waiting;
    for (std::size_t i = 0; i < places.size(); ++i)
        takeLease(reading, places[i], reply.at(i + 1), waiting);
    const auto heard = [this, reading, places, waiting = std::move(waiting)](bool everything) {
        if (!everything)
            withoutHearing(reading, places);
        if (waiting.empty() || reading->polls == leasePolls.size())
            return reading->oneLess();
        waitForOthers(reading, waiting);
    };
    m_follower.whenReached(StreamPosition::parse(reply.at(0).text()), hearingLimit, heard);
}

void RedisReads::takeLease(const ReadingPtr &reading, const Place &place, const RedisReplyView &answer, Places &waiting)
{
    TierRead &out = reading->answer[place.index];
    const std::string_view kind = answer.at(0).text();
    if (kind == "hit")
        out = readOf(place.key, answer.at(2).integer(), answer.at(1).text());
    else if (kind == "lease")
        out.ticket.token = place.token;
    else if (kind == "wait")
        waiting.push_back(place);
    else
        withoutLease(out,
            {ErrorCode::Refused, "Redis " + m_connection.server() + " takes no new values",
                "give it more memory (maxmemory)"});
}

// A database of our own may still hold what was removed here, and nobody would ever remove it from here again.
void RedisReads::withoutHearing(const ReadingPtr &reading, const Places &places)
{
    for (const Place &place : places) {
        TierRead &read = reading->answer[place.index];
        if (isAnswered(read))
            continue;
        read.ticket = {};
        withoutLease(read,
            {ErrorCode::Unavailable, "the invalidations on Redis " + m_connection.server() + " are heard too late",
                "nothing is stored there until they are"});
    }
}

// Told as an error, so that the tiers beside this one are filled all the same.
void RedisReads::withoutLease(TierRead &read, Error why)
{
    if (read.outcome != Outcome::Corrupt)
        read.error = std::move(why);
}

void RedisReads::waitForOthers(const ReadingPtr &reading, Places waiting)
{
    syncPoint("lease.wait", Stage::L2);
    const Millis delay = leasePolls[reading->polls++];
    m_delayed.push_back({QDeadlineTimer(delay, Qt::PreciseTimer),
        [this, reading, waiting = std::move(waiting)] { read(reading, waiting, true); }});
    if (!m_delayTimer.isActive())
        m_delayTimer.start(delay);
}

void RedisReads::runDelayed(bool all)
{
    std::vector<Delayed> due;
    std::erase_if(m_delayed, [&](Delayed &delayed) {
        const bool now = all || delayed.due.hasExpired();
        if (now)
            due.push_back(std::move(delayed));
        return now;
    });
    if (!m_delayed.empty())
        m_delayTimer.start(1);
    for (Delayed &delayed : due)
        delayed.run();
}

void RedisReads::claim(const std::vector<CacheKey> &keys, std::function<void(std::vector<FillTicket>)> done)
{
    std::vector<std::string> names{m_keyspace.generation()};
    std::vector<std::string> arguments{std::to_string(leaseLife.count())};
    std::vector<FillTicket> tickets(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        names.push_back(m_keyspace.leaseOf(keys[i]));
        tickets[i].token = nextToken();
        arguments.push_back(tickets[i].token);
    }
    m_claim.run(m_connection, names, arguments,
        [tickets = std::move(tickets), done = std::move(done)](
            const RedisResult &result) { done(result ? tickets : std::vector<FillTicket>(tickets.size())); });
}

} // namespace insitecache
