// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redisfollower.h"

#include <algorithm>
#include <map>

#include <insitecache/tiers/tier.h>

#include "base/probe.h"

namespace insitecache {

namespace {

constexpr Millis followSilence{5'000};
constexpr Millis followTimeout{7'000};
constexpr std::size_t entriesPerFollow = 1'000;

RedisConnectionOptions followerOptions(RedisConnectionOptions options)
{
    options.commandTimeout = followTimeout;
    options.clientName += "-follower";
    return options;
}

/// A flat list of names and values, as XINFO and stream entries have it in RESP2.
std::string_view fieldOf(const RedisReplyView &list, std::string_view name)
{
    for (std::size_t i = 0; i + 1 < list.size(); i += 2) {
        if (list.at(i).text() == name)
            return list.at(i + 1).text();
    }
    return {};
}

long long numberOf(const RedisReplyView &list, std::string_view name)
{
    for (std::size_t i = 0; i + 1 < list.size(); i += 2) {
        if (list.at(i).text() == name)
            return list.at(i + 1).integer();
    }
    return 0;
}

} // namespace

RedisFollower::RedisFollower(RedisConnectionOptions options, const RedisKeyspace &keyspace, RedisVoice self,
    const Clock &clock, Random &random) :
    m_keyspace(keyspace),
    m_self(std::move(self)), m_connection(followerOptions(std::move(options)), clock, random)
{
    m_connection.onReady = [this] {
        m_reading = false;
        begin();
    };
    m_connection.onDown = [this](const RedisFailure &) {
        m_reading = false;
        if (onSettled)
            onSettled();
    };
    m_waitTimer.setSingleShot(true);
    m_waitTimer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_waitTimer, &QTimer::timeout, &m_waitTimer, [this] { releaseReached(); });
}

void RedisFollower::goOnFrom(const FollowedStream &start)
{
    m_start = start;
    m_others = start.others;
}

std::optional<FollowedStream> RedisFollower::followed() const
{
    if (!m_known || m_stream != m_keyspace.stream())
        return std::nullopt;
    return FollowedStream{m_keyspace.epoch(), m_cursor, m_others};
}

void RedisFollower::follow()
{
    m_wanted = true;
    if (m_stream != m_keyspace.stream()) {
        m_stream = m_keyspace.stream();
        m_known = m_start.run == m_keyspace.epoch();
        m_cursor = m_start.position;
        m_start = {};
    }
    m_connection.open();
    begin();
}

// Back on a new run of the server before the keyspace is, or before follow() was told of it, it waits for follow(): a
// question for the log of the old run would keep the connection busy, and nothing would be heard meanwhile.
void RedisFollower::begin()
{
    const bool knowsRun = m_connection.runId().starts_with(m_keyspace.epoch()) && m_stream == m_keyspace.stream();
    if (!m_wanted || m_reading || !m_connection.isReady() || !knowsRun)
        return;
    m_reading = true;
    lookForGap();
}

void RedisFollower::close()
{
    m_wanted = false;
    m_waitTimer.stop();
    m_connection.close();
    for (Waiting &waiting : std::exchange(m_waiting, {}))
        waiting.done(false);
}

void RedisFollower::lookForGap()
{
    syncPoint("follow.before", Stage::L2);
    RedisBatch batch;
    batch.add({"SADD", m_keyspace.databases(), m_self.database});
    batch.add({"SCARD", m_keyspace.databases()});
    batch.add({"XINFO", "STREAM", m_stream});
    m_connection.send(batch, [this, stream = m_stream](const std::vector<RedisResult> &results) {
        if (!m_connection.isReady())
            return;
        if (stream != m_stream)
            return lookForGap();
        const bool alone = results[0] && results[1] && results[1]->integer() == 1;
        gapLooked(results[2], !alone);
    });
}

// A stream that does not exist yet is at 0-0. The first entry that is still there tells whether anything was trimmed:
// XTRIM leaves max-deleted-entry-id alone.
//
// What was waited for comes after the removal from L3 that a gap asks for.
void RedisFollower::gapLooked(const RedisResult &info, bool others)
{
    StreamPosition last;
    StreamPosition first;
    bool trimmed = false, emptied = false;
    if (info) {
        last = StreamPosition::parse(fieldOf(*info, "last-generated-id"));
        first = StreamPosition::parse(fieldOf(*info, "recorded-first-entry-id"));
        trimmed = numberOf(*info, "entries-added") > numberOf(*info, "length");
        emptied = numberOf(*info, "length") == 0 && last > m_cursor;
    }
    const bool lost = m_known && (last < m_cursor || emptied || (trimmed && first > m_cursor));
    const bool inOurDatabase = !m_others && !others;
    m_others = others || (m_others && m_known);
    if (!m_known || lost) {
        m_known = true;
        if (onGap)
            onGap(inOurDatabase);
        moveTo(last);
    }
    readOn();
    if (onSettled)
        onSettled();
}

void RedisFollower::readOn()
{
    if (!m_wanted)
        return;
    RedisBatch batch;
    batch.add({"XREAD", "COUNT", std::to_string(entriesPerFollow), "BLOCK", std::to_string(followSilence.count()),
        "STREAMS", m_stream, m_cursor.text()});
    m_connection.send(batch, [this, stream = m_stream](const std::vector<RedisResult> &results) {
        if (!results[0] || !m_connection.isReady())
            return;
        if (stream != m_stream || results[0]->isNil())
            return lookForGap();
        heard(*results[0]);
        readOn();
    });
}

void RedisFollower::heard(const RedisReply &reply)
{
    const RedisReplyView entries = reply.at(0).at(1);
    for (std::size_t i = 0; i < entries.size(); ++i)
        hear(entries.at(i));
    releaseReached();
}

// The cursor moves after the entry has been acted upon: whoever waits for a position wants its effect.
void RedisFollower::hear(const RedisReplyView &entry)
{
    const RedisReplyView fields = entry.at(1);
    const auto which = Selector::fromWire(fieldOf(fields, "s"));
    const bool inOurDatabase = fieldOf(fields, "d") == m_self.database;
    m_others = m_others || !inOurDatabase;
    if (!which) {
        if (onGap)
            onGap(inOurDatabase);
    } else if (const std::string origin(fieldOf(fields, "o")); origin != m_self.origin && onHeard) {
        onHeard(origin, *which, inOurDatabase);
    }
    m_cursor = StreamPosition::parse(entry.at(0).text());
}

void RedisFollower::moveTo(StreamPosition position)
{
    m_cursor = position;
    releaseReached();
}

void RedisFollower::whenReached(StreamPosition position, Millis limit, std::function<void(bool)> done)
{
    if (hasReached(position))
        return done(true);
    m_waiting.push_back({position, QDeadlineTimer(limit, Qt::PreciseTimer), std::move(done)});
    if (!m_waitTimer.isActive())
        m_waitTimer.start(limit);
}

void RedisFollower::releaseReached()
{
    std::vector<Waiting> ready;
    std::erase_if(m_waiting, [&](Waiting &waiting) {
        const bool over = waiting.deadline.hasExpired() || hasReached(waiting.position);
        if (over)
            ready.push_back(std::move(waiting));
        return over;
    });
    if (!m_waiting.empty())
        m_waitTimer.start(static_cast<int>(std::max<qint64>(1, m_waiting.front().deadline.remainingTime())));
    for (Waiting &waiting : ready)
        waiting.done(hasReached(waiting.position));
}

} // namespace insitecache
