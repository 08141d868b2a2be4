// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "redis/redisconnection.h"
#include "redis/rediskeyspace.h"

namespace insitecache {

/// One walk over what a selector means on the server, in batches: named keys as they are, everything else by SCAN,
/// each key once. Keys that come or go during the walk may be met or not; those that stay are met.
/// Never KEYS: a SCAN step keeps the server for a few milliseconds at most.
/// Cache thread only. It keeps itself alive until `done` has been called; connection and keyspace must outlive it.
class RedisSelection : public std::enable_shared_from_this<RedisSelection> {
public:
    struct Copy {
        CacheKey key;
        std::string name;
    };
    using Failure = std::optional<RedisFailure>;
    using Next = std::function<void(Failure)>;
    /// Calls `next` when it is through with the batch; a failure ends the walk.
    using OnBatch = std::function<void(std::vector<Copy>, Next next)>;
    using Done = std::function<void(Failure)>;

    /// `verb` with the names of all copies.
    static std::vector<std::string_view> commandFor(std::string_view verb, const std::vector<Copy> &copies);

    static void walk(
        RedisConnection &connection, const RedisKeyspace &keyspace, Selector which, OnBatch onBatch, Done done);

private:
    RedisSelection(RedisConnection &connection, const RedisKeyspace &keyspace, Selector which);
    void step();
    void stepNamed(const std::vector<CacheKey> &named);
    void stepScan();
    void scanned(const RedisReply &reply);
    void visit(std::vector<Copy> batch);

    RedisConnection &m_connection;
    const RedisKeyspace &m_keyspace;
    Selector m_which;
    OnBatch m_onBatch;
    Done m_done;
    std::size_t m_nextNamed = 0;
    std::vector<std::string> m_patterns; ///< still to be scanned, the current one last
    std::string m_cursor = "0";
    std::unordered_set<std::string> m_seen;
};

} // namespace insitecache
