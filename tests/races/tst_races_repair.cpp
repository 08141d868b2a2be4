// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>
#include <QVariant>

#include "races/probes.h"
#include "support/process.h"
#include "support/redisserver.h"
#include "support/redistest.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

constexpr int checksumLength = 8;

/// The last byte of the payload, another one. Nothing else of the envelope tells.
bool damageInDatabase(const QString &path, const QString &key)
{
    bool done = false;
    {
        auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("damage"));
        database.setDatabaseName(path);
        database.open();
        QSqlQuery query(database);
        query.prepare(QStringLiteral("SELECT envelope FROM entries WHERE key = ?"));
        query.addBindValue(key);
        query.exec();
        query.next();
        QByteArray envelope = query.value(0).toByteArray();
        const qsizetype place = envelope.size() - checksumLength - 1;
        envelope[place] = static_cast<char>(envelope[place] ^ 1);
        query.prepare(QStringLiteral("UPDATE entries SET envelope = ? WHERE key = ?"));
        query.addBindValue(envelope);
        query.addBindValue(key);
        done = query.exec() && query.numRowsAffected() == 1;
    }
    QSqlDatabase::removeDatabase(QStringLiteral("damage"));
    return done;
}

bool damageInRedis(RedisServer &server, const QString &key)
{
    const QString name = server.named(QStringLiteral(":v:") + key);
    const int length = server.cli({QStringLiteral("STRLEN"), name}).toInt();
    const QString place = QString::number(length - checksumLength - 1);
    return length > 0 && server.cli({QStringLiteral("SETRANGE"), name, place, QStringLiteral("#")}).toInt() == length;
}

} // namespace

/// Copies that are damaged, and copies whose removal failed.
class TestRacesRepair : public RedisTest {
    Q_OBJECT

    QTemporaryDir m_dir;

private Q_SLOTS:
    void race24_flippedByteOfAValue_data()
    {
        QTest::addColumn<bool>("redis");
        QTest::newRow("Redis") << true;
        QTest::newRow("database") << false;
    }

    // Neither store notices: SQLite's integrity check says ok.
    void race24_flippedByteOfAValue()
    {
        QFETCH(bool, redis);
        RedisServer server;
        QVERIFY(server.start());
        const QString database = m_dir.filePath(QStringLiteral("flipped.db"));
        Process one(redis ? server.url() : QString(), redis ? QString() : database);
        one.upstreamSays("stock:A", "right");
        QCOMPARE(one.value("stock:A"), std::string("right"));
        one.evictMemory();
        QVERIFY(redis ? damageInRedis(server, QStringLiteral("stock:A"))
                      : damageInDatabase(database, QStringLiteral("stock:A")));
        const Lookup healed = one.get("stock:A");
        QCOMPARE(healed.entry->payload(), std::string("right"));
        QCOMPARE(healed.answeredBy, Stage::Source);
        one.evictMemory();
        QCOMPARE(one.get("stock:A").answeredBy, redis ? Stage::L2 : Stage::L3);
    }

    // A good copy has taken the place of the bad one before the repair arrives.
    void race23_aLateRepairLeavesTheNewerCopy()
    {
        RedisServer server;
        QVERIFY(server.start());
        Process one(server.url(), {}), two(server.url(), {});
        one.upstreamSays("stock:A", "right");
        QCOMPARE(one.value("stock:A"), std::string("right"));
        QVERIFY(damageInRedis(server, QStringLiteral("stock:A")));
        SyncGate repairing(two.cacheThread, "repair.before", Stage::L2);
        two.upstreamSays("stock:A", "right");
        auto repaired = two.engine->lookup({keyOf("stock:A")});
        QVERIFY(repairing.isReached());
        QVERIFY(one.get("stock:A", {.bypassCache = true}).stored[1]);
        repairing.open();
        QCOMPARE(repaired.result().at(0).answeredBy, Stage::L2);
        QCOMPARE(repaired.result().at(0).entry->payload(), std::string("right"));
        QCOMPARE(two.upstreamCalls(), 0u);
    }

    // Redis goes on answering reads but takes no removal: what it still has must not be believed.
    void race28_refusedRemovalIsOwed()
    {
        RedisServer server;
        QVERIFY(server.start());
        Process one(server.url(), {});
        one.upstreamSays("stock:A", "old");
        QCOMPARE(one.value("stock:A"), std::string("old"));
        one.upstreamSays("stock:A", "new");
        server.cli({QStringLiteral("REPLICAOF"), QStringLiteral("127.0.0.1"), QStringLiteral("1")});
        const InvalidationResult result = one.invalidate("stock:A");
        QCOMPARE(result.partial.size(), 1u);
        QCOMPARE(result.partial[0].stage, Stage::L2);
        QCOMPARE(one.value("stock:A"), std::string("new"));
        server.cli({QStringLiteral("REPLICAOF"), QStringLiteral("NO"), QStringLiteral("ONE")});
        one.evictMemory();
        QCOMPARE(one.value("stock:A"), std::string("new"));
    }
};

QTEST_GUILESS_MAIN(TestRacesRepair)
#include "tst_races_repair.moc"
