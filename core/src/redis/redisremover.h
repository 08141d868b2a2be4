// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include "redis/redisscript.h"
#include "redis/redisselection.h"

namespace insitecache {

/// How this process speaks in the log of invalidations.
struct RedisVoice {
    std::string origin;   ///< this process
    std::string database; ///< the L3 that has been told already
};

/// Everything that takes copies away from the server. With the copies go the leases, and the log is told: for named
/// keys in one step; for what needs a walk, all leases first, then the copies, then the log, so that whoever reads a
/// copy before it goes still hears of it afterwards.
///
/// A removal that fails is reported and not repeated.
/// Cache thread only. Connection and keyspace must outlive it; close the connection before it goes.
class RedisRemover {
public:
    using Done = std::function<void(Result<std::uint64_t>)>;

    RedisRemover(RedisConnection &connection, const RedisKeyspace &keyspace, RedisVoice voice);

    /// A copy that cannot be used could not be dropped either.
    std::function<void(const CacheKey &key)> onNotDropped;

    void remove(const Selector &which, Done done);
    void expire(const Selector &which, Done done);
    /// Removes a copy that cannot be used, unless it has been replaced since. `bytes`: what was read, none when the
    /// copy was no string.
    void dropUnusable(const CacheKey &key, std::string_view bytes);
    /// Stream length, origin, database, scope: how the scripts tell the log.
    std::vector<std::string> logWords(const Selector &which) const;

private:
    void forgetNamed(const Selector &which, Done done);
    void forgetMatching(const Selector &which, Done done);
    /// Voids all leases, runs `work`, and tells the log when it is through.
    void between(const Selector &which, std::function<void(Done)> work, Done done);
    void announce(const Selector &which, std::uint64_t count, Done done);

    RedisConnection &m_connection;
    const RedisKeyspace &m_keyspace;
    RedisVoice m_voice;
    RedisScript m_invalidate{QStringLiteral("redis/invalidate.lua")};
    RedisScript m_generation{QStringLiteral("redis/generation.lua")};
    RedisScript m_announce{QStringLiteral("redis/announce.lua")};
    RedisScript m_drop{QStringLiteral("redis/drop.lua")};
    RedisScript m_expire{QStringLiteral("redis/expire.lua")};
};

} // namespace insitecache
