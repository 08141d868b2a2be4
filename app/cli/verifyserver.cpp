// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verifyserver.h"

#include <csignal>

namespace insitecache {

namespace {

constexpr std::string_view unixScheme = "unix:";
constexpr double calmAtTheEnd = 0.5;

} // namespace

Result<std::unique_ptr<VerifyServer>> VerifyServer::start(const std::string &directory, bool withRelay)
{
    auto server = std::make_unique<VerifyServer>();
    server->m_directory = directory;
    auto redis = PrivateRedis::start(directory, 0);
    if (!redis)
        return tl::unexpected(redis.error());
    server->m_redis = std::move(*redis);
    server->m_url = server->m_redis->url();
    if (!withRelay)
        return server;
    const std::string path = directory + "/relay.sock";
    auto relay = VerifyRelay::start(path);
    if (!relay)
        return tl::unexpected(relay.error());
    server->m_relay = std::move(*relay);
    server->m_relay->leadTo(server->m_redis->url().substr(unixScheme.size()));
    server->m_url = std::string(unixScheme) + path;
    return server;
}

void VerifyServer::begin(VerifyFault fault)
{
    switch (fault) {
    case VerifyFault::RedisKill:
        ::kill(m_redis->processId(), SIGKILL);
        m_redis.reset();
        break;
    case VerifyFault::RedisStop: ::kill(m_redis->processId(), SIGSTOP); break;
    case VerifyFault::LinkCut: m_relay->cut(); break;
    }
}

Status VerifyServer::heal(VerifyFault fault)
{
    switch (fault) {
    case VerifyFault::RedisKill: {
        auto redis = PrivateRedis::start(m_directory, 0);
        if (!redis)
            return tl::unexpected(redis.error());
        m_redis = std::move(*redis);
        m_relay->leadTo(m_redis->url().substr(unixScheme.size()));
        break;
    }
    case VerifyFault::RedisStop: ::kill(m_redis->processId(), SIGCONT); break;
    case VerifyFault::LinkCut: m_relay->join(); break;
    }
    return {};
}

std::vector<VerifyFaultTime> planFaults(const std::vector<VerifyFault> &faults, double seconds, Random &random)
{
    std::vector<VerifyFaultTime> planned;
    double now = random.between(0.5, 1.5);
    while (!faults.empty()) {
        const double length = random.between(0.2, 1.2);
        if (now + length > seconds - calmAtTheEnd)
            break;
        planned.push_back({faults[random.bits() % faults.size()], now, now + length});
        now += length + random.between(1.0, 4.0);
    }
    return planned;
}

} // namespace insitecache
