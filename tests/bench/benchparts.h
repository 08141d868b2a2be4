// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QTemporaryDir>

#include <insitecache/base/random.h>
#include <insitecache/tiers/privateredis.h>

#include "redis/redistier.h"
#include "sql/databasetier.h"

namespace insitecache::bench {

/// What is too slow to start for each benchmark: a Redis, a database, each with the same `keyCount` entries.
/// Main thread only. A part that cannot be started is null and says why in error().
class BenchParts {
public:
    static constexpr std::size_t keyCount = 2'000;
    static constexpr std::size_t valueBytes = 1'024;

    static BenchParts &instance();

    RedisTier *redisTier();
    std::string redisSocket(); ///< of the server behind redisTier(); empty without one
    DatabaseTier *databaseTier();
    const std::vector<CacheKey> &keys();
    QString file(const QString &name) const { return m_dir.filePath(name); }
    const std::string &error() const { return m_error; }

    /// Ends everything, while the event loop still can.
    void close();

private:
    bool remember(const Error &error);

    QTemporaryDir m_dir;
    std::unique_ptr<Random> m_random = Random::seeded(1);
    std::vector<CacheKey> m_keys;
    std::unique_ptr<PrivateRedis> m_redis;
    std::unique_ptr<RedisTier> m_redisTier;
    std::shared_ptr<DatabaseTier> m_databaseTier;
    std::string m_error;
};

} // namespace insitecache::bench
