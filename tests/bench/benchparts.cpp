// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchparts.h"

#include "benchdata.h"

namespace insitecache::bench {

BenchParts &BenchParts::instance()
{
    static BenchParts parts;
    return parts;
}

const std::vector<CacheKey> &BenchParts::keys()
{
    if (m_keys.empty())
        m_keys = makeKeys(keyCount);
    return m_keys;
}

bool BenchParts::remember(const Error &error)
{
    m_error = error.toString();
    return false;
}

RedisTier *BenchParts::redisTier()
{
    if (m_redisTier)
        return m_redisTier.get();
    auto server = PrivateRedis::start(m_dir.path().toStdString(), 0);
    if (!server)
        return remember(server.error()), nullptr;
    RedisTierOptions options;
    options.url = (*server)->url();
    auto tier = makeRedisTier(options, Clock::system(), *m_random);
    if (!tier)
        return remember(tier.error()), nullptr;
    await<bool>([&](auto done) { (*tier)->whenSettled([done] { done(true); }); });
    const Status filled
        = await<Status>([&](auto done) { (*tier)->put(writesOf(makeEntries(keys(), valueBytes)), std::move(done)); });
    if (!filled)
        return remember(filled.error()), nullptr;
    m_redis = std::move(*server);
    m_redisTier = std::move(*tier);
    return m_redisTier.get();
}

std::string BenchParts::redisSocket()
{
    const std::string scheme = "unix:";
    return redisTier() ? m_redis->url().substr(scheme.size()) : std::string();
}

DatabaseTier *BenchParts::databaseTier()
{
    if (m_databaseTier)
        return m_databaseTier.get();
    DatabaseTierOptions options;
    options.url = "sqlite:" + file(QStringLiteral("tier.db")).toStdString();
    auto tier = DatabaseTier::open(options, Clock::system());
    if (!tier)
        return remember(tier.error()), nullptr;
    const Status filled
        = await<Status>([&](auto done) { (*tier)->put(writesOf(makeEntries(keys(), valueBytes)), std::move(done)); });
    if (!filled)
        return remember(filled.error()), nullptr;
    m_databaseTier = std::move(*tier);
    return m_databaseTier.get();
}

void BenchParts::close()
{
    if (m_redisTier)
        m_redisTier->close();
    if (m_databaseTier)
        m_databaseTier->close();
    m_redisTier.reset();
    m_databaseTier.reset();
    m_redis.reset();
}

} // namespace insitecache::bench
