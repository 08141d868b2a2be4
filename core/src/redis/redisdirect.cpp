// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redisdirect.h"

#include <algorithm>

#include "redis/redisinfo.h"
#include "redis/redisreads.h"
#include "tiers/envelope.h"

namespace insitecache {

namespace {

constexpr int linksAtMost = 4;
constexpr Millis directLimit{50};
constexpr Millis directRetry{1'000};

} // namespace

RedisDirect::RedisDirect(RedisConnectionOptions options, const Clock &clock) :
    m_options(std::move(options)), m_clock(clock)
{}

RedisDirect::~RedisDirect() = default;

void RedisDirect::open(const RedisKeyspace &keyspace, const std::string &runId)
{
    auto service = std::make_shared<Service>(Service{keyspace, runId});
    const std::lock_guard lock(m_mutex);
    m_service = std::move(service);
}

void RedisDirect::shut()
{
    const std::lock_guard lock(m_mutex);
    m_service.reset();
}

void RedisDirect::get(Keys keys, std::span<EntryPtr> found)
{
    auto [service, link] = borrow();
    if (!service)
        return;
    bool usable = link != nullptr;
    for (std::size_t from = 0; usable && from < keys.size(); from += keysPerRedisRead) {
        const std::size_t count = std::min(keysPerRedisRead, keys.size() - from);
        usable = read(*service, *link, keys.subspan(from, count), found.subspan(from, count));
    }
    giveBack(service, usable ? std::move(link) : nullptr);
}

/// No service: there is nothing to give back. No link: it could not be made.
std::pair<RedisDirect::ServicePtr, std::unique_ptr<RedisLink>> RedisDirect::borrow()
{
    ServicePtr service;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_service)
            return {};
        if (!m_service->idle.empty()) {
            auto link = std::move(m_service->idle.back());
            m_service->idle.pop_back();
            return {m_service, std::move(link)};
        }
        if (m_service->links == linksAtMost || m_clock.now() < m_service->connectNotBefore)
            return {};
        ++m_service->links;
        service = m_service;
    }
    auto link = connect(*service);
    return {std::move(service), std::move(link)};
}

void RedisDirect::giveBack(const ServicePtr &service, std::unique_ptr<RedisLink> link)
{
    const std::lock_guard lock(m_mutex);
    if (link) {
        service->idle.push_back(std::move(link));
        return;
    }
    --service->links;
    service->connectNotBefore = m_clock.now() + directRetry;
}

std::unique_ptr<RedisLink> RedisDirect::connect(const Service &service) const
{
    auto link = RedisLink::connect(m_options.url, directLimit, m_options.maxReplyBytes);
    const auto greeting = redisGreeting(m_options);
    if (!link || !greeting)
        return nullptr;
    std::vector<RedisLink::Reply> replies(greeting->size());
    if (!link->ask(*greeting, replies))
        return nullptr;
    // A refused SELECT would leave us in another database.
    for (std::size_t i = 0; i + greetingEnd < replies.size(); ++i) {
        if (replies[i].kind == RedisLink::Reply::Kind::Error)
            return nullptr;
    }
    return redisRunId(replies.back().text) == service.runId ? std::move(link) : nullptr;
}

// False: the link is of no use any more.
bool RedisDirect::read(const Service &service, RedisLink &link, Keys keys, std::span<EntryPtr> found) const
{
    RedisBatch batch;
    for (const CacheKey *key : keys)
        addRedisRead(batch, service.keyspace.nameOf(*key));
    std::vector<RedisLink::Reply> replies(batch.size());
    if (!link.ask(batch, replies))
        return false;
    const SteadyTime now = m_clock.now();
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const RedisLink::Reply &life = replies[2 * i];
        const RedisLink::Reply &value = replies[2 * i + 1];
        if (life.kind != RedisLink::Reply::Kind::Number || life.number <= 0
            || value.kind != RedisLink::Reply::Kind::Text)
            continue;
        auto entry = openEnvelope(value.text, *keys[i], lifeFromStore(life.number), now);
        if (entry && (*entry)->isFresh(now) && !(*entry)->negative())
            found[i] = std::move(*entry);
    }
    return true;
}

} // namespace insitecache
