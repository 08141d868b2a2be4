// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <insitecache/tiers/tier.h>

#include "redis/redisselection.h"

namespace insitecache {

/// Counts, lists and looks at copies. Listing fetches no payloads. Changes nothing on the server; only a Redis
/// before 7.2, which has no NO-TOUCH, takes the listing of a row for a use of it when it looks for something to evict.
/// Cache thread only. Connection and keyspace must outlive it.
class RedisBrowser {
public:
    RedisBrowser(RedisConnection &connection, const RedisKeyspace &keyspace, const Clock &clock) :
        m_connection(connection), m_keyspace(keyspace), m_clock(clock)
    {}

    void count(const Selector &which, std::function<void(Result<TierCount>)> done);
    void list(const Selector &which, std::size_t limit, std::function<void(Result<TierListing>)> done);
    /// The usable copies, null where there is none.
    void peek(const std::vector<CacheKey> &keys, std::function<void(Result<std::vector<EntryPtr>>)> done);
    /// The server may be another one than before.
    void reconnected() { m_canLeaveUntouched = true; }

private:
    using ListingPtr = std::shared_ptr<TierListing>;
    void addRows(const ListingPtr &listing, std::vector<RedisSelection::Copy> copies, RedisSelection::Next next);
    EntryPtr entryOf(const CacheKey &key, const RedisResult &life, const RedisResult &value) const;
    void leaveUntouched(std::string_view onOrOff);

    RedisConnection &m_connection;
    const RedisKeyspace &m_keyspace;
    const Clock &m_clock;
    bool m_canLeaveUntouched = true;
};

} // namespace insitecache
