// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <insitecache/base/clock.h>

#include "redis/redisconnection.h"
#include "redis/rediskeyspace.h"
#include "redis/redislink.h"
#include "tiers/directreads.h"

namespace insitecache {

/// Reads copies from Redis in the calling thread, over a few connections of its own (RedisLink), one for each caller
/// that waits at the same time; when there are more callers, they find nothing here.
///
/// It follows the connection of the tier: while that one is down, or speaks to a server whose names it does not know
/// yet, nothing is read here, and each connection is asked for the run of its server before it is used, so that none
/// of them ever reads what another run brought back from its disk. Who has waited for 50 ms gives up, and nobody
/// connects for a second then.
///
/// open() and shut() on the cache thread, get() on any.
class RedisDirect final : public DirectReads {
public:
    RedisDirect(RedisConnectionOptions options, const Clock &clock);
    ~RedisDirect() override;

    /// From now on, with the names of that keyspace, from that run of the server.
    void open(const RedisKeyspace &keyspace, const std::string &runId);
    void shut();

    void get(Keys keys, std::span<EntryPtr> found) override;

private:
    /// What holds between open() and shut().
    struct Service {
        RedisKeyspace keyspace;
        std::string runId;
        std::vector<std::unique_ptr<RedisLink>> idle{};
        int links = 0;
        SteadyTime connectNotBefore{};
    };
    using ServicePtr = std::shared_ptr<Service>;

    std::pair<ServicePtr, std::unique_ptr<RedisLink>> borrow();
    std::unique_ptr<RedisLink> connect(const Service &service) const;
    void giveBack(const ServicePtr &service, std::unique_ptr<RedisLink> link);
    bool read(const Service &service, RedisLink &link, Keys keys, std::span<EntryPtr> found) const;

    const RedisConnectionOptions m_options;
    const Clock &m_clock;
    std::mutex m_mutex; ///< guards the pointer, and what changes in what it points to
    ServicePtr m_service;
};

} // namespace insitecache
