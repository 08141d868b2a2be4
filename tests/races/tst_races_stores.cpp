// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "support/databasefolder.h"
#include "support/otherprogram.h"
#include "support/process.h"
#include "support/proxythread.h"
#include "support/redisserver.h"
#include "support/redistest.h"
#include "support/words.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

void trimLog(RedisServer &server)
{
    server.cli(wordsOf(QStringLiteral("XTRIM %1 MAXLEN 0").arg(server.named(QStringLiteral("invalidations")))));
}

} // namespace

/// Invalidations that a store was never told of, since whoever would have told it was away: a database of one's own
/// behind a shared Redis, and a Redis behind a shared database.
class TestRacesStores : public RedisTest {
    Q_OBJECT

    DatabaseFolder m_databases;

    static void loadOld(Process &process)
    {
        process.upstreamSays("stock:A", "old");
        QCOMPARE(process.value("stock:A"), std::string("old"));
    }

private Q_SLOTS:
    // What was lost of the log may have named what the database still has.
    void race05_privateDatabaseMissesPartOfTheLog()
    {
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start());
        ProxyThread proxy(server.port());
        Process one(server.url(), m_databases.newFile()), two(proxy.url(), m_databases.newFile());
        loadOld(two);
        proxy.with([](TcpProxy &p) { p.setBlackHole(true); });
        QVERIFY(one.invalidate("stock:A").partial.empty());
        trimLog(server);
        proxy.with([](TcpProxy &p) {
            p.setBlackHole(false);
            p.resetAll();
        });
        QVERIFY(two.catchesUpWith(one));
        one.upstreamSays("stock:A", "new");
        two.upstreamSays("stock:A", "new");
        QCOMPARE(two.value("stock:A"), std::string("new"));
        QCOMPARE(one.value("stock:A"), std::string("new"));
    }

    void race06_privateDatabaseWasNotOpen_data()
    {
        QTest::addColumn<QString>("meanwhile");
        QTest::newRow("all is still in the log") << QString();
        QTest::newRow("the log was trimmed") << QStringLiteral("trimmed");
        QTest::newRow("the server was restarted") << QStringLiteral("restarted");
    }

    // Its process ran before and runs after the invalidation.
    void race06_privateDatabaseWasNotOpen()
    {
        QFETCH(QString, meanwhile);
        RedisServer server;
        QVERIFY(server.start());
        const QString database = m_databases.newFile();
        Process one(server.url(), m_databases.newFile());
        {
            Process two(server.url(), database);
            loadOld(two);
            QVERIFY(two.catchesUpWith(one));
        }
        QVERIFY(one.invalidate("stock:A").partial.empty());
        if (meanwhile == QStringLiteral("trimmed"))
            trimLog(server);
        if (meanwhile == QStringLiteral("restarted")) {
            server.kill();
            QVERIFY(server.start());
        }
        Process two(server.url(), database);
        two.upstreamSays("stock:A", "new");
        one.upstreamSays("stock:A", "new");
        QVERIFY(two.catchesUpWith(one));
        QCOMPARE(two.value("stock:A"), std::string("new"));
        QCOMPARE(one.value("stock:A"), std::string("new"));
    }

    // Everybody has the same database, which was told of everything: it is not given up for a lost log.
    void race06_sharedDatabaseStays()
    {
        RedisServer server;
        QVERIFY(server.start());
        const QString database = m_databases.newFile();
        Process one(server.url(), database), two(server.url(), database);
        loadOld(two);
        QVERIFY(two.catchesUpWith(one));
        server.cli({QStringLiteral("FLUSHALL")});
        QVERIFY(one.invalidate("stock:B").partial.empty());
        QVERIFY(two.catchesUpWith(one));
        two.evictMemory();
        QCOMPARE(two.get("stock:A").answeredBy, Stage::L3);
    }

    void race29_redisThatItsDatabaseDidNotTell_data()
    {
        QTest::addColumn<bool>("trimmed");
        QTest::newRow("all is still in the log") << false;
        QTest::newRow("the log was trimmed") << true;
    }

    // Somebody without Redis invalidates in the database while nobody is there who would tell Redis.
    void race29_redisThatItsDatabaseDidNotTell()
    {
        QFETCH(bool, trimmed);
        RedisServer server;
        QVERIFY(server.start());
        const QString database = m_databases.newFile();
        {
            Process before(server.url(), database);
            loadOld(before);
        }
        QVERIFY(Process({}, database).invalidate("stock:A").partial.empty());
        if (trimmed)
            OtherProgram(database).run(QStringLiteral("DELETE FROM invalidations"));
        {
            Process after(server.url(), database);
            after.upstreamSays("stock:A", "new");
            QCOMPARE(after.value("stock:A"), std::string("new"));
            QTRY_COMPARE(after.owed(), 0u);
            QCOMPARE(after.get("stock:A", {.bypassCache = true}).stored[1], true);
        }
        // And that Redis has been told now.
        Process later(server.url(), database);
        QCOMPARE(later.get("stock:A").answeredBy, Stage::L2);
    }
};

QTEST_GUILESS_MAIN(TestRacesStores)
#include "tst_races_stores.moc"
