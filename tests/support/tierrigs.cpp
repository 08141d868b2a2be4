// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/tierrigs.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QVariant>

#include "redis/redistier.h"
#include "sql/databasetier.h"
#include "support/redisserver.h"
#include "tiers/memorytier.h"

namespace insitecache::test {

namespace {

class MemoryRig final : public TierRig {
public:
    std::shared_ptr<Tier> makeTier(const Setup &) override
    {
        return std::make_shared<MemoryTier>(MemoryTierOptions{}, clock);
    }
    bool damage(const CacheKey &) override { return false; }
    bool hasSpaces() const override { return false; }
};

class RedisRig final : public TierRig {
public:
    RedisRig() : m_up(m_server.start()) {}

    std::shared_ptr<Tier> makeTier(const Setup &setup) override
    {
        if (!m_up)
            return nullptr;
        RedisTierOptions options;
        options.url = m_server.url().toStdString();
        options.space = setup.space;
        options.sharedTypes = setup.sharedTypes;
        options.commandTimeout = std::chrono::seconds(10);
        auto tier = makeRedisTier(options, clock, *m_random);
        return tier ? std::shared_ptr<Tier>(std::move(*tier)) : nullptr;
    }

    // The server's clock cannot be moved, so the life of each key is shortened instead.
    void advance(Duration by) override
    {
        clock.advance(by);
        const QString script
            = QStringLiteral("for _, k in ipairs(redis.call('KEYS', '*')) do local left = redis.call('PTTL', k) - %1"
                             " if left <= 0 then redis.call('DEL', k) else redis.call('PEXPIRE', k, left) end end");
        m_server.cli({QStringLiteral("EVAL"), script.arg(toMillis(by)), QStringLiteral("0")});
    }

    bool damage(const CacheKey &key) override
    {
        const QString run = QString::fromLatin1(m_server.info("run_id"));
        const QString name = QStringLiteral("ic:%1::v:").arg(run.left(8)) + QString::fromStdString(key.text());
        return m_server.cli({QStringLiteral("SETRANGE"), name, QStringLiteral("70"), QStringLiteral("\x01\x01")})
            != "0";
    }
    Duration slack() const override { return std::chrono::seconds(60); }

private:
    RedisServer m_server;
    bool m_up;
    std::unique_ptr<Random> m_random = Random::seeded(1);
};

class DatabaseRig final : public TierRig {
public:
    std::shared_ptr<Tier> makeTier(const Setup &setup) override
    {
        DatabaseTierOptions options;
        options.url = "sqlite:" + m_path.toStdString();
        options.space = setup.space;
        options.sharedTypes = setup.sharedTypes;
        auto tier = DatabaseTier::open(options, clock);
        return tier ? *tier : nullptr;
    }

    bool damage(const CacheKey &key) override
    {
        bool done = false;
        {
            auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("damage"));
            database.setDatabaseName(m_path);
            database.open();
            QSqlQuery query(database);
            query.prepare(QStringLiteral("SELECT envelope FROM entries WHERE key = ?"));
            query.addBindValue(QString::fromStdString(key.text()));
            query.exec();
            query.next();
            QByteArray envelope = query.value(0).toByteArray();
            envelope[70] = static_cast<char>(envelope[70] ^ 1);
            query.prepare(QStringLiteral("UPDATE entries SET envelope = ? WHERE key = ?"));
            query.addBindValue(envelope);
            query.addBindValue(QString::fromStdString(key.text()));
            done = query.exec() && query.numRowsAffected() == 1;
        }
        QSqlDatabase::removeDatabase(QStringLiteral("damage"));
        return done;
    }

private:
    QTemporaryDir m_dir;
    QString m_path = m_dir.filePath(QStringLiteral("cache.db"));
};

} // namespace

std::unique_ptr<TierRig> makeTierRig(const std::string &kind)
{
    if (kind == "memory")
        return std::make_unique<MemoryRig>();
    if (kind == "redis")
        return std::make_unique<RedisRig>();
    return std::make_unique<DatabaseRig>();
}

} // namespace insitecache::test
