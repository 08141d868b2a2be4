// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "races/probes.h"
#include "support/process.h"
#include "support/proxythread.h"
#include "support/redisserver.h"
#include "support/redistest.h"
#include "support/words.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

/// Invalidations while the server, or the way to it, is not what it was.
class TestRacesLog : public RedisTest {
    Q_OBJECT

    /// Both have "old" of so many keys, and from now on the upstream says "new".
    static void loadOldInBoth(Process &one, Process &two, int keys = 1)
    {
        for (int i = 0; i < keys; ++i) {
            const std::string text = keyText(i);
            one.upstreamSays(text, "old");
            two.upstreamSays(text, "old");
            QCOMPARE(one.value(text), std::string("old"));
            QCOMPARE(two.value(text), std::string("old"));
            one.upstreamSays(text, "new");
            two.upstreamSays(text, "new");
        }
    }
    static std::string keyText(int i) { return "stock:K" + std::to_string(i); }

private Q_SLOTS:
    void race05_missedWhileAway_data()
    {
        QTest::addColumn<int>("kept");
        QTest::newRow("all is still in the log") << 10'000;
        QTest::newRow("the log was trimmed meanwhile") << 10;
        QTest::newRow("nothing is left of the log") << 0;
    }

    // The connection is dead for a hundred invalidations; pub/sub would have lost them all without a word.
    void race05_missedWhileAway()
    {
        QFETCH(int, kept);
        constexpr int keys = 100;
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start());
        ProxyThread proxy(server.port());
        Process one(server.url(), {}), two(proxy.url(), {});
        loadOldInBoth(one, two, keys);
        proxy.with([](TcpProxy &p) { p.setBlackHole(true); });
        for (int i = 0; i < keys; ++i)
            QVERIFY(one.invalidate(keyText(i)).partial.empty());
        server.cli(
            wordsOf(QStringLiteral("XTRIM %1 MAXLEN %2").arg(server.named(QStringLiteral("invalidations"))).arg(kept)));
        proxy.with([](TcpProxy &p) {
            p.setBlackHole(false);
            p.resetAll();
        });
        QVERIFY(two.catchesUpWith(one));
        for (int i = 0; i < keys; ++i)
            QCOMPARE(two.value(keyText(i)), std::string("new"));
    }

    void race06_cursorPastTheEndOfTheLog_data()
    {
        QTest::addColumn<QString>("how");
        for (const char *how : {"flushed", "deleted", "restarted empty", "restarted with old data"})
            QTest::newRow(how) << QString::fromLatin1(how);
    }

    // The log begins anew, below the cursor: reading on would find nothing, without an error, for ever.
    void race06_cursorPastTheEndOfTheLog()
    {
        QFETCH(QString, how);
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start());
        ProxyThread proxy(server.port());
        Process one(proxy.url(), {}), two(proxy.url(), {});
        loadOldInBoth(one, two);
        if (how.endsWith(QStringLiteral("old data")))
            QCOMPARE(server.cli({QStringLiteral("SAVE")}), QByteArray("OK"));
        QVERIFY(two.catchesUpWith(one));
        proxy.with([](TcpProxy &p) { p.setBlackHole(true); });
        Process third(server.url(), {});
        QVERIFY(third.invalidate(keyText(0)).partial.empty());
        if (how == QStringLiteral("flushed"))
            server.cli({QStringLiteral("FLUSHALL")});
        else if (how == QStringLiteral("deleted"))
            server.cli({QStringLiteral("DEL"), server.named(QStringLiteral("invalidations"))});
        else
            restart(server, how.endsWith(QStringLiteral("old data")));
        proxy.with([&](TcpProxy &p) {
            p.setServer(server.port());
            p.setBlackHole(false);
            p.resetAll();
        });
        QVERIFY(two.catchesUpWith(one));
        QVERIFY(one.catchesUpWith(two));
        QCOMPARE(two.value(keyText(0)), std::string("new"));
        QCOMPARE(one.value(keyText(0)), std::string("new"));
    }

    // What was removed is there again, and counters have gone back.
    void race07_restartBringsDeletedValuesBack()
    {
        RedisServer server;
        QVERIFY(server.start());
        Process one(server.url(), {});
        one.upstreamSays("stock:A", "old");
        QCOMPARE(one.value("stock:A"), std::string("old"));
        QCOMPARE(server.cli({QStringLiteral("SAVE")}), QByteArray("OK"));
        QVERIFY(one.invalidate(Selector::all()).partial.empty());
        one.upstreamSays("stock:A", "new");
        server.kill();
        QVERIFY(server.start());
        QVERIFY(server.cli({QStringLiteral("DBSIZE")}).toInt() > 0);
        Process two(server.url(), {});
        two.upstreamSays("stock:A", "new");
        QCOMPARE(two.value("stock:A"), std::string("new"));
        QCOMPARE(one.value("stock:A"), std::string("new"));
    }

    // The replica that takes over has not got the last invalidation.
    void race08_failoverToAReplicaThatLacksTheLastWrites()
    {
        RedisServer primary(RedisServer::On::Port), replica(RedisServer::On::Port);
        QVERIFY(primary.start());
        QVERIFY(replica.start());
        replica.cli(wordsOf(QStringLiteral("REPLICAOF 127.0.0.1 %1").arg(primary.port())));
        ProxyThread proxy(primary.port());
        Process one(proxy.url(), {}), two(proxy.url(), {});
        loadOldInBoth(one, two);
        const QString name = primary.named(QStringLiteral(":v:stock:K0"));
        QTRY_COMPARE_WITH_TIMEOUT(replica.cli({QStringLiteral("EXISTS"), name}), QByteArray("1"), 20'000);
        replica.cli(wordsOf(QStringLiteral("REPLICAOF NO ONE")));
        QVERIFY(one.invalidate(keyText(0)).partial.empty());
        primary.kill();
        proxy.with([&](TcpProxy &p) {
            p.setServer(replica.port());
            p.resetAll();
        });
        QVERIFY(two.catchesUpWith(one));
        QCOMPARE(two.value(keyText(0)), std::string("new"));
        QCOMPARE(one.value(keyText(0)), std::string("new"));
        QCOMPARE(replica.cli({QStringLiteral("EXISTS"), name}), QByteArray("1")); // and nobody saw it
    }

    void race09_evictedCoordination_data()
    {
        QTest::addColumn<QByteArray>("evicted");
        QTest::addColumn<bool>("byPattern");
        QTest::newRow("the lease") << QByteArray(":l:stock:A") << false;
        QTest::newRow("the lease, by pattern") << QByteArray(":l:stock:A") << true;
        QTest::newRow("the generation") << QByteArray("generation") << true;
    }

    // Whatever the server evicts: what is missing refuses, it never allows.
    void race09_evictedCoordination()
    {
        QFETCH(QByteArray, evicted);
        QFETCH(bool, byPattern);
        RedisServer server;
        QVERIFY(server.start());
        Process one(server.url(), {}), two(server.url(), {});
        two.upstreamSays("stock:A", "old");
        SyncGate gate(two.cacheThread, "fill.before", Stage::L2);
        auto early = two.engine->lookup({keyOf("stock:A")});
        QVERIFY(gate.isReached());
        QVERIFY(
            one.invalidate(byPattern ? Selector::type("stock") : Selector::keys({keyOf("stock:A")})).partial.empty());
        server.cli({QStringLiteral("DEL"), server.named(QString::fromLatin1(evicted))});
        one.upstreamSays("stock:A", "new");
        gate.open();
        QCOMPARE(early.result().at(0).entry->payload(), std::string("old"));
        two.upstreamSays("stock:A", "new");
        waitUntilFilled(*two.engine);
        QCOMPARE(one.value("stock:A"), std::string("new"));
        QVERIFY(two.catchesUpWith(one));
        QCOMPARE(two.value("stock:A"), std::string("new"));
    }

    // A full server takes no SET and no XADD; an invalidation must get through all the same, and to everybody.
    void race10_fullServer()
    {
        RedisServer server;
        QVERIFY(server.start());
        Process one(server.url(), {}), two(server.url(), {});
        loadOldInBoth(one, two, 2);
        server.cli(wordsOf(QStringLiteral("CONFIG SET maxmemory 1")));
        QVERIFY(one.invalidate(keyText(0)).partial.empty());
        QVERIFY(two.catchesUpWith(one));
        QCOMPARE(two.value(keyText(0)), std::string("new"));
        QCOMPARE(two.value(keyText(1)), std::string("old"));
        QVERIFY(one.invalidate(Selector::type("stock")).partial.empty());
        QVERIFY(two.catchesUpWith(one));
        QCOMPARE(two.value(keyText(1)), std::string("new"));
    }

private:
    static void restart(RedisServer &server, bool withData)
    {
        server.kill();
        if (!withData)
            QFile::remove(server.filePath(QStringLiteral("dump.rdb")));
        QVERIFY(server.start());
    }
};

QTEST_GUILESS_MAIN(TestRacesLog)
#include "tst_races_log.moc"
