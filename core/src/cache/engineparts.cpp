// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/engineparts.h"

#include <QLoggingCategory>

#include "redis/redistier.h"
#include "sql/databasetier.h"
#include "tiers/memorytier.h"

namespace insitecache {

namespace {
Q_LOGGING_CATEGORY(databaseLog, "insitecache.database")
constexpr std::size_t entriesPerPurge = 20'000;
} // namespace

EngineParts::~EngineParts() = default;

Result<std::unique_ptr<EngineParts>> EngineParts::make(
    const EngineOptions &options, std::shared_ptr<PolicyRegistry> policies, std::shared_ptr<Metrics> metrics)
{
    std::unique_ptr<EngineParts> made(new EngineParts);
    TieredCacheParts &parts = made->m_parts;
    parts.clock = options.clock;
    parts.policies = std::move(policies);
    parts.metrics = std::move(metrics);
    parts.random = options.seed ? Random::seeded(*options.seed) : Random::fromSystem();
    if (Status ok = made->openTiers(options); !ok)
        return tl::unexpected(ok.error());
    if (Status ok = made->makeSources(options); !ok)
        return tl::unexpected(ok.error());
    made->m_cache = std::make_unique<TieredCache>(parts);
    return made;
}

Status EngineParts::openTiers(const EngineOptions &options)
{
    m_parts.l1 = std::make_shared<MemoryTier>(options.memory, *options.clock);
    if (options.database) {
        auto database = DatabaseTier::open(*options.database, *options.clock);
        if (!database)
            return tl::unexpected(database.error());
        for (const std::string &notice : (*database)->notices())
            qCWarning(databaseLog, "%s", notice.c_str());
        m_parts.l3 = std::move(*database);
    }
    if (options.redis) {
        auto redis = makeRedisTier(*options.redis, *options.clock, *m_parts.random);
        if (!redis)
            return tl::unexpected(redis.error());
        m_redis = std::move(*redis);
        m_parts.l2 = m_redis;
    }
    return {};
}

Status EngineParts::makeSources(const EngineOptions &options)
{
    for (const EngineOptions::SourceMaker &maker : options.sources) {
        auto source = maker();
        if (!source)
            return tl::unexpected(source.error());
        m_parts.sources.push_back(std::move(*source));
    }
    return {};
}

void EngineParts::whenTiersSettled(std::function<void()> settled)
{
    if (!m_redis)
        return settled();
    m_redis->whenSettled(std::move(settled));
}

void EngineParts::purge()
{
    m_parts.l1->purgeExpired(entriesPerPurge);
}

void EngineParts::close()
{
    m_cache->close();
    for (const auto &source : m_parts.sources)
        source->close();
    for (Tier *tier : {m_parts.l2.get(), m_parts.l3.get(), static_cast<Tier *>(m_parts.l1.get())}) {
        if (tier)
            tier->close();
    }
}

} // namespace insitecache
