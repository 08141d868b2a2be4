// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "races/probes.h"
#include "support/databasefolder.h"
#include "support/cacherig.h"
#include "support/process.h"
#include "support/redisserver.h"
#include "support/redistest.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

/// Many at once: writers, clocks, and everybody who wants the same key or comes back at the same moment.
class TestRacesHerd : public RedisTest {
    Q_OBJECT

    DatabaseFolder m_databases;

private Q_SLOTS:
    // Their order in L3 is the truth; in L2 they come the other way round.
    void race15_writersInAnotherOrderAtAnotherTier()
    {
        RedisServer server;
        QVERIFY(server.start());
        const QString database = m_databases.newFile();
        Process one(server.url(), database), two(server.url(), database);
        SyncGate gate(one.cacheThread, "write.before", Stage::L2);
        auto first = one.engine->write(keyOf("user:1"), "first", "test");
        QVERIFY(gate.isReached());
        QVERIFY(two.engine->write(keyOf("user:1"), "second", "test").result());
        gate.open();
        QVERIFY(first.result());
        QVERIFY(one.catchesUpWith(two));
        QVERIFY(two.catchesUpWith(one));
        QCOMPARE(one.value("user:1"), std::string("second"));
        QCOMPARE(two.value("user:1"), std::string("second"));
        two.evictMemory();
        QCOMPARE(two.value("user:1"), std::string("second"));
    }

    void race16_clocksOfTwoMachines_data()
    {
        QTest::addColumn<bool>("redis");
        QTest::addColumn<int>("hours");
        QTest::newRow("Redis, an hour ahead") << true << 1;
        QTest::newRow("Redis, an hour behind") << true << -1;
        QTest::newRow("database, an hour ahead") << false << 1;
        QTest::newRow("database, an hour behind") << false << -1;
    }

    // A wrong clock may cost a load; it never lengthens a life.
    void race16_clocksOfTwoMachines()
    {
        QFETCH(bool, redis);
        QFETCH(int, hours);
        RedisServer server;
        QVERIFY(server.start());
        ManualClock right, wrong;
        wrong.jumpWall(std::chrono::hours(hours));
        const QString url = redis ? server.url() : QString();
        const QString database = redis ? QString() : m_databases.newFile();
        Process one(url, database, [&](EngineOptions &options) { options.clock = &right; });
        Process two(url, database, [&](EngineOptions &options) { options.clock = &wrong; });
        one.upstreamSays("stock:A", "old");
        QCOMPARE(one.value("stock:A"), std::string("old"));
        two.upstreamSays("stock:A", "new");
        const Lookup there = two.get("stock:A");
        QCOMPARE(there.answeredBy, redis ? Stage::L2 : Stage::Source);
        QVERIFY(there.entry->freshUntil() - wrong.now() <= 330s);
        QVERIFY(there.age >= 0s);
    }

    void race18_concurrentLookupsShareOneLoad()
    {
        CacheRig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        rig.source->holding = true;
        std::vector<Lookup> answers;
        for (int i = 0; i < 1000; ++i)
            rig.cache.lookup(
                {keyOf("stock:AAPL")}, {}, [&](std::vector<Lookup> a) { answers.push_back(std::move(a.at(0))); });
        QVERIFY(answers.empty());
        rig.source->release();
        QCOMPARE(rig.source->calls.size(), 1u);
        QCOMPARE(answers.size(), 1000u);
        QCOMPARE(std::count_if(answers.begin(), answers.end(), [](const Lookup &a) { return a.collapsed; }), 999);
        QCOMPARE(rig.metrics->totals().all.collapsed, 999u);
    }

    void race18_aFailureReachesEveryWaiter()
    {
        CacheRig rig;
        rig.source->answers["stock:AAPL"] = tl::unexpected(outage());
        rig.source->holding = true;
        int failed = 0;
        for (int i = 0; i < 10; ++i)
            rig.cache.lookup({keyOf("stock:AAPL")}, {}, [&](const std::vector<Lookup> &a) {
                failed += !a[0].entry && a[0].error->code == ErrorCode::Unavailable;
            });
        rig.source->release();
        QCOMPARE(failed, 10);
        QCOMPARE(rig.source->calls.size(), 1u);
        rig.source->answers["stock:AAPL"] = "v1";
        QCOMPARE(rig.get("stock:AAPL").answeredBy, Stage::Source);
    }

    // Whoever asks from within an answer is not stuck behind itself, although the load is not over: a slow tier still
    // stores what it gave.
    void race18_lookupFromWithinAnAnswer()
    {
        CacheRig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        rig.l3->held = {"fill"};
        std::string inner;
        rig.cache.lookup({keyOf("stock:AAPL")}, {}, [&](const std::vector<Lookup> &) {
            rig.cache.lookup({keyOf("stock:AAPL")}, {},
                [&](const std::vector<Lookup> &again) { inner = again.at(0).entry->payload(); });
        });
        QTRY_COMPARE(inner, std::string("v1"));
        QCOMPARE(rig.source->calls.size(), 1u);
    }

    // Four processes miss one key; one holds the lease and loads, the others wait for its value.
    void race19_processesShareOneLoad()
    {
        RedisServer server;
        QVERIFY(server.start());
        Process leader(server.url(), {});
        leader.upstreamSays("stock:A", "v1");
        leader.onCacheThread([&](auto &) { leader.source->holding = true; });
        auto leading = leader.engine->lookup({keyOf("stock:A")});
        QTRY_COMPARE(leader.upstreamCalls(), 1u);
        std::vector<std::unique_ptr<Process>> others;
        std::vector<std::unique_ptr<SyncGate>> gates;
        std::vector<QFuture<std::vector<Lookup>>> waiting;
        for (int i = 0; i < 3; ++i) {
            others.push_back(std::make_unique<Process>(server.url(), QString()));
            gates.push_back(std::make_unique<SyncGate>(others.back()->cacheThread, "lease.wait", Stage::L2));
            waiting.push_back(others.back()->engine->lookup({keyOf("stock:A")}));
            QVERIFY(gates.back()->isReached());
        }
        leader.onCacheThread([&](auto &) { leader.source->release(); });
        QCOMPARE(leading.result().at(0).answeredBy, Stage::Source);
        waitUntilFilled(*leader.engine);
        for (std::size_t i = 0; i < others.size(); ++i) {
            gates[i]->open();
            QCOMPARE(waiting[i].result().at(0).answeredBy, Stage::L2);
            QCOMPARE(others[i]->upstreamCalls(), 0u);
        }
    }

    // Ten thousand entries of one moment do not end in one moment.
    void race20_expiriesAreSpread()
    {
        CacheRig rig;
        std::map<long long, int> perSecond;
        std::vector<CacheKey> keys;
        for (int i = 0; i < 10'000; ++i) {
            keys.push_back(keyOf("stock:S" + std::to_string(i)));
            rig.source->answers[keys.back().text()] = "v";
        }
        for (const Lookup &lookup : rig.get(keys)) {
            const Duration ttl = lookup.entry->ttl();
            QVERIFY(ttl >= 270s && ttl <= 330s);
            ++perSecond[toMillis(ttl) / 1000];
        }
        for (const auto &[second, count] : perSecond)
            QVERIFY2(count <= 2'000, qPrintable(QString::number(count)));
        QVERIFY(perSecond.size() > 50);
    }

    // Redis comes back empty: L3 answers, and the upstream hears nothing of it.
    void race21_recoveryDoesNotReachTheUpstream()
    {
        RedisServer server;
        QVERIFY(server.start());
        Process one(server.url(), m_databases.newFile());
        std::vector<CacheKey> keys;
        for (int i = 0; i < 200; ++i) {
            keys.push_back(keyOf("stock:S" + std::to_string(i)));
            one.upstreamSays(keys.back().text(), "v");
        }
        one.engine->lookup(keys).waitForFinished();
        waitUntilFilled(*one.engine);
        QCOMPARE(one.upstreamCalls(), 1u);
        server.cli({QStringLiteral("FLUSHALL")});
        one.evictMemory();
        for (const Lookup &lookup : one.engine->lookup(keys).result())
            QCOMPARE(lookup.answeredBy, Stage::L3);
        waitUntilFilled(*one.engine);
        one.evictMemory();
        for (const Lookup &lookup : one.engine->lookup(keys).result())
            QCOMPARE(lookup.answeredBy, Stage::L2);
        QCOMPARE(one.upstreamCalls(), 1u);
    }
};

QTEST_GUILESS_MAIN(TestRacesHerd)
#include "tst_races_herd.moc"
