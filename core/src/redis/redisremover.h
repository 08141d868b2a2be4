// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include <QTimer>

#include "redis/owedremovals.h"
#include "redis/redisscript.h"
#include "redis/redisselection.h"

namespace insitecache {

/// Everything that takes copies away from the server. A removal that fails is reported, and kept and repeated until
/// it succeeds; see OwedRemovals.
/// Cache thread only. Connection and keyspace must outlive it; close the connection before it goes.
class RedisRemover {
public:
    using Done = std::function<void(Result<std::uint64_t>)>;

    RedisRemover(RedisConnection &connection, const RedisKeyspace &keyspace);

    void remove(const Selector &which, Done done);
    void expire(const Selector &which, Done done);
    /// Removes a copy that cannot be used, unless it has been replaced since. `bytes`: what was read, none when the
    /// copy was no string.
    void dropUnusable(const CacheKey &key, std::string_view bytes);

    /// The copy of `key` may be outdated: it is removed as soon as possible, at the latest by pay().
    void owe(const CacheKey &key) { m_owed.add(key); }
    void settle(const CacheKey &key) { m_owed.settle(key); }
    const OwedRemovals &owed() const { return m_owed; }
    /// Carries out what is owed. Call it when the server has come back and after owe().
    void pay();
    void close() { m_payTimer.stop(); }

private:
    void forget(const Selector &which, Done done);
    void removed(const Selector &which, Result<std::uint64_t> result, const Done &done);
    void payNext(const std::shared_ptr<OwedRemovals::Bill> &bill);
    void payLater();

    RedisConnection &m_connection;
    const RedisKeyspace &m_keyspace;
    RedisScript m_drop{QStringLiteral("redis/drop.lua")};
    RedisScript m_expire{QStringLiteral("redis/expire.lua")};
    OwedRemovals m_owed;
    bool m_paying = false;
    Millis m_payRetry;
    QTimer m_payTimer;
};

} // namespace insitecache
