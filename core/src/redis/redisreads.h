// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include <QDeadlineTimer>
#include <QTimer>

#include <insitecache/tiers/tier.h>

#include "redis/redisfollower.h"
#include "redis/redisremover.h"

namespace insitecache {

inline constexpr std::size_t keysPerRedisRead = 256; ///< in one pipeline

/// Asks for the remaining life and the value of the copy under that name: two commands, in this order. When another
/// process replaces the copy in between, the new value gets the old and shorter life, never the old value the new life.
void addRedisRead(RedisBatch &batch, const std::string &name);

/// Reads copies and hands out leases for what is missing.
///
/// A hit costs a PTTL and a GET, no script. What is missing is asked once more together with a lease (Facebook's
/// memcache, NSDI 2013 §3.2.1): one process may store the value, the others wait a little for it, up to 75 ms, and
/// then load without storing. The answer to a miss comes after everything that the server had logged before it has
/// been heard, so a database of our own never answers from before an invalidation that this miss was part of; when
/// that takes too long, the answer brings no lease.
/// Cache thread only; everything it is given must outlive it.
class RedisReads {
public:
    using Done = std::function<void(std::vector<TierRead>)>;

    RedisReads(RedisConnection &connection, const RedisKeyspace &keyspace, RedisRemover &remover,
        RedisFollower &follower, const Clock &clock, const std::string &origin);

    /// Called with the results of every round trip: for the breaker.
    std::function<void(const std::vector<RedisResult> &)> onTried;

    void get(const std::vector<CacheKey> &keys, Done done);
    void claim(const std::vector<CacheKey> &keys, std::function<void(std::vector<FillTicket>)> done);
    /// Whoever waits for another process's lease waits no longer. Call it after the connection was closed.
    void close();

private:
    struct Place {
        CacheKey key;
        std::size_t index;
        std::string token{};
    };
    using Places = std::vector<Place>;
    struct Reading;
    using ReadingPtr = std::shared_ptr<Reading>;

    void read(const ReadingPtr &reading, Places places, bool again);
    void lease(const ReadingPtr &reading, Places places);
    void leased(const ReadingPtr &reading, const Places &places, const RedisReply &reply);
    void takeLease(const ReadingPtr &reading, const Place &place, const RedisReplyView &answer, Places &waiting);
    void withoutHearing(const ReadingPtr &reading, const Places &places);
    static void withoutLease(TierRead &read, Error why);
    void waitForOthers(const ReadingPtr &reading, Places waiting);
    void runDelayed(bool all);
    TierRead readOf(const CacheKey &key, long long lifeMs, std::string_view bytes);
    TierRead corruptRead(const CacheKey &key, std::string_view bytes, Error error);
    std::string nextToken();

    RedisConnection &m_connection;
    const RedisKeyspace &m_keyspace;
    RedisRemover &m_remover;
    RedisFollower &m_follower;
    const Clock &m_clock;
    std::string m_origin;
    std::uint64_t m_lastToken = 0;
    RedisScript m_lease{QStringLiteral("redis/lease.lua")};
    RedisScript m_claim{QStringLiteral("redis/claim.lua")};
    struct Delayed {
        QDeadlineTimer due;
        std::function<void()> run;
    };
    std::vector<Delayed> m_delayed;
    QTimer m_delayTimer;
};

} // namespace insitecache
