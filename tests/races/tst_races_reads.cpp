// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "races/probes.h"
#include "support/databasefolder.h"
#include "support/processrows.h"
#include "support/cacherig.h"
#include "support/process.h"
#include "support/proxythread.h"
#include "support/redisserver.h"
#include "support/redistest.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

/// Reads and refreshes that an invalidation or a write overtakes.
class TestRacesReads : public RedisTest {
    Q_OBJECT

    DatabaseFolder m_databases;

private Q_SLOTS:
    void race01_loadOvertakenAtAnyStep_data()
    {
        QTest::addColumn<QByteArray>("point");
        QTest::addColumn<Stage>("stage");
        QTest::newRow("after L1") << QByteArray("read.after") << Stage::L1;
        QTest::newRow("after L2") << QByteArray("read.after") << Stage::L2;
        QTest::newRow("after L3") << QByteArray("read.after") << Stage::L3;
        QTest::newRow("after the source") << QByteArray("read.after") << Stage::Source;
        QTest::newRow("before L3 is filled") << QByteArray("fill.before") << Stage::L3;
        QTest::newRow("before L2 is filled") << QByteArray("fill.before") << Stage::L2;
        QTest::newRow("before L1 is filled") << QByteArray("fill.before") << Stage::L1;
        QTest::newRow("after L1 is filled") << QByteArray("fill.after") << Stage::L1;
    }

    // One process loads, another one invalidates while it stands still.
    void race01_loadOvertakenAtAnyStep()
    {
        QFETCH(QByteArray, point);
        QFETCH(Stage, stage);
        RedisServer server;
        QVERIFY(server.start());
        const QString database = m_databases.newFile();
        Process one(server.url(), database), two(server.url(), database);
        two.upstreamSays("stock:A", "old");
        SyncGate gate(two.cacheThread, point.constData(), stage);
        auto early = two.engine->lookup({keyOf("stock:A")});
        QVERIFY(gate.isReached());
        QVERIFY(one.invalidate("stock:A").partial.empty());
        one.upstreamSays("stock:A", "new");
        two.source->answers["stock:A"] = "new"; // its thread stands still
        gate.open();
        const bool asksLater = point == "read.after" && stage != Stage::Source;
        QCOMPARE(early.result().at(0).entry->payload(), std::string(asksLater ? "new" : "old"));
        waitUntilFilled(*two.engine);
        QVERIFY(two.catchesUpWith(one));
        QCOMPARE(one.value("stock:A"), std::string("new"));
        QCOMPARE(two.value("stock:A"), std::string("new"));
    }

    // The same inside one process, and whoever asks after the invalidation is not answered by the load from before.
    void race01_laterLookupsDoNotJoinTheOvertakenLoad()
    {
        CacheRig rig;
        rig.source->answers["stock:AAPL"] = "old";
        rig.source->holding = true;
        Lookup early;
        rig.cache.lookup({keyOf("stock:AAPL")}, {}, [&](std::vector<Lookup> a) { early = a.at(0); });
        rig.invalidate(invalidationOf("stock:AAPL"));
        rig.source->answers["stock:AAPL"] = "new";
        Lookup late;
        rig.cache.lookup({keyOf("stock:AAPL")}, {}, [&](std::vector<Lookup> a) { late = a.at(0); });
        rig.source->release();
        QCOMPARE(early.entry->payload(), std::string("old"));
        QCOMPARE(late.entry->payload(), std::string("new"));
        QCOMPARE(rig.get("stock:AAPL").entry->payload(), std::string("new"));
        QCOMPARE(rig.l3->inner().peek(keyOf("stock:AAPL"))->payload(), std::string("new"));
    }

    // Another process removed the value from L2 after it was read there; its event comes before the answer does.
    void race02_promotionFromL2AfterTheEvent()
    {
        CacheRig rig;
        rig.source->answers["stock:AAPL"] = "old";
        rig.get("stock:AAPL");
        rig.l1->remove(Selector::all(), [](auto) {});
        rig.l2->holdAnswers = true;
        Lookup during;
        rig.cache.lookup({keyOf("stock:AAPL")}, {}, [&](std::vector<Lookup> a) { during = a.at(0); });
        rig.l3->inner().remove(Selector::all(), [](auto) {});
        rig.l2->inner().remove(Selector::all(), [](auto) {});
        rig.cache.heard(Selector::keys({keyOf("stock:AAPL")}));
        rig.l2->release();
        QCOMPARE(during.entry->payload(), std::string("old"));
        QVERIFY(!rig.has(*rig.l1, "stock:AAPL"));
        rig.source->answers["stock:AAPL"] = "new";
        QCOMPARE(rig.get("stock:AAPL").entry->payload(), std::string("new"));
    }

    void race34_directReadOvertaken_data()
    {
        QTest::addColumn<bool>("elsewhere");
        QTest::newRow("by another process") << true;
        QTest::newRow("by its own") << false;
    }

    // A waiting thread reads L2 itself, and the invalidation is through before it comes to fill L1.
    void race34_directReadOvertaken()
    {
        QFETCH(bool, elsewhere);
        CacheRig rig;
        rig.source->answers["stock:AAPL"] = "old";
        rig.get("stock:AAPL");
        rig.l1->remove(Selector::all(), [](auto) {});
        rig.direct->meanwhile = [&] {
            if (!elsewhere)
                return void(rig.invalidate(invalidationOf("stock:AAPL")));
            rig.l3->inner().remove(Selector::all(), [](auto) {});
            rig.l2->inner().remove(Selector::all(), [](auto) {});
            rig.cache.heard(Selector::keys({keyOf("stock:AAPL")}));
        };
        QCOMPARE(rig.getDirect("stock:AAPL"), std::string("old"));
        QVERIFY(!rig.has(*rig.l1, "stock:AAPL"));
        rig.source->answers["stock:AAPL"] = "new";
        QCOMPARE(rig.get("stock:AAPL").entry->payload(), std::string("new"));
    }

    // The same between two processes over a real Redis.
    void race34_directReadOvertakenInRedis()
    {
        RedisServer server;
        QVERIFY(server.start());
        Process one(server.url(), {}), two(server.url(), {});
        one.upstreamSays("stock:A", "old");
        QCOMPARE(one.value("stock:A"), std::string("old"));
        std::promise<std::thread::id> there;
        std::promise<void> begin;
        std::string read;
        std::thread reader([&] {
            there.set_value(std::this_thread::get_id());
            begin.get_future().wait();
            read = two.engine->lookupBlocking(keyOf("stock:A")).entry->payload();
        });
        SyncGate gate(there.get_future().get(), "direct.after", Stage::L2);
        begin.set_value();
        const bool reached = gate.isReached();
        const bool removed = one.invalidate("stock:A").partial.empty() && two.catchesUpWith(one);
        gate.open();
        reader.join();
        QVERIFY(reached && removed);
        QCOMPARE(read, std::string("old"));
        two.upstreamSays("stock:A", "new");
        QCOMPARE(two.value("stock:A"), std::string("new"));
    }

    // The reader has read L3 before its removal and answers after L1's: only a fence keeps it from filling both.
    void race03_promotionFromL3AfterItsRemoval()
    {
        CacheRig rig;
        rig.source->answers["stock:AAPL"] = "old";
        rig.get("stock:AAPL");
        rig.l1->remove(Selector::all(), [](auto) {});
        rig.l2->inner().remove(Selector::all(), [](auto) {});
        rig.l2->held = {"list"};
        rig.cache.invalidate(invalidationOf("stock:AAPL"), [](const InvalidationResult &) {});
        rig.l3->holdAnswers = true;
        Lookup during;
        rig.cache.lookup({keyOf("stock:AAPL")}, {}, [&](std::vector<Lookup> a) { during = a.at(0); });
        rig.l2->releaseOne();
        rig.l3->release();
        QCOMPARE(during.entry->payload(), std::string("old"));
        rig.l2->release();
        rig.source->answers["stock:AAPL"] = "new";
        QCOMPARE(rig.get("stock:AAPL").entry->payload(), std::string("new"));
    }

    void race03_readBetweenTheRemovals_data() { addStopsOfAnInvalidation(); }

    // The invalidator stands between two tiers: whoever reads now may bring back nothing from below.
    void race03_readBetweenTheRemovals()
    {
        QFETCH(Stage, stage);
        RedisServer server;
        QVERIFY(server.start());
        const QString database = m_databases.newFile();
        Process one(server.url(), database), two(server.url(), database), third(server.url(), {});
        two.upstreamSays("stock:A", "old");
        QCOMPARE(two.value("stock:A"), std::string("old"));
        one.upstreamSays("stock:A", "new");
        two.upstreamSays("stock:A", "new");
        two.evictMemory();
        SyncGate gate(one.cacheThread, "invalidate.before", stage);
        Invalidation what;
        what.which = Selector::keys({keyOf("stock:A")});
        auto invalidated = one.engine->invalidate(what);
        QVERIFY(gate.isReached());
        QVERIFY(two.catchesUpWith(third)); // so nothing that it hears only now refuses what it reads
        two.value("stock:A");
        two.evictMemory();
        two.value("stock:A");
        gate.open();
        QVERIFY(invalidated.result().partial.empty());
        QVERIFY(two.catchesUpWith(one));
        QCOMPARE(two.value("stock:A"), std::string("new"));
        QCOMPARE(one.value("stock:A"), std::string("new"));
    }

    // Each process has a database of its own. Redis has lost the value; the second database still has the old one,
    // since the event is late.
    void race03_privateDatabaseThatHasNotHeardYet()
    {
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start());
        ProxyThread proxy(server.port());
        Process one(server.url(), m_databases.newFile()), two(proxy.url(), m_databases.newFile());
        two.upstreamSays("stock:A", "old");
        QCOMPARE(two.value("stock:A"), std::string("old"));
        two.evictMemory();
        proxy.with([](TcpProxy &p) { p.hold(1); });
        QVERIFY(one.invalidate("stock:A").partial.empty());
        one.upstreamSays("stock:A", "new");
        two.upstreamSays("stock:A", "new");
        two.value("stock:A"); // may still be the old one, but may not get into Redis
        QCOMPARE(one.value("stock:A"), std::string("new"));
        proxy.with([](TcpProxy &p) { p.release(); });
        QVERIFY(two.catchesUpWith(one));
        QCOMPARE(two.value("stock:A"), std::string("new"));
    }

    // The event overtakes the answer on the other connection: the case of Redis' own documentation.
    void race04_eventBeforeTheAnswer()
    {
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start());
        ProxyThread proxy(server.port());
        const auto patient = [](EngineOptions &options) { options.redis->commandTimeout = 20s; };
        Process one(server.url(), {}), two(proxy.url(), {}, patient);
        one.upstreamSays("stock:A", "old");
        QCOMPARE(one.value("stock:A"), std::string("old"));
        QVERIFY(!two.value("stock:MARK").size()); // L1 will have it until the event comes
        proxy.with([](TcpProxy &p) { p.hold(0); });
        std::promise<std::string> early;
        two.engine->post([&](TieredCache &cache) {
            cache.lookup({keyOf("stock:A")}, {},
                [&](const std::vector<Lookup> &answers) { early.set_value(std::string(answers[0].entry->payload())); });
        });
        const auto held = [&] {
            int bytes = 0;
            proxy.with([&](TcpProxy &p) { bytes = p.heldBytes(); });
            return bytes;
        };
        QTRY_VERIFY(held() > 0);
        one.upstreamSays("stock:A", "new");
        two.upstreamSays("stock:A", "new");
        QVERIFY(one.invalidate(Selector::type("stock")).partial.empty());
        QTRY_VERIFY(!two.has(Stage::L1, "stock:MARK"));
        proxy.with([](TcpProxy &p) { p.release(); });
        QCOMPARE(early.get_future().get(), std::string("old"));
        waitUntilFilled(*two.engine);
        QCOMPARE(two.value("stock:A"), std::string("new"));
    }

    void race13_refreshDoesNotBringADeletedKeyBack()
    {
        CacheRig rig;
        rig.source->answers["stock:AAPL"] = "old";
        const EntryPtr old = rig.get("stock:AAPL").entry;
        rig.clock.advance(old->refreshAt() - rig.clock.now());
        rig.source->holding = true;
        QVERIFY(rig.get("stock:AAPL").refreshing);
        rig.source->answers.clear();
        rig.invalidate(invalidationOf("stock:AAPL"));
        rig.source->release();
        for (MemoryTier *tier : {rig.l1.get(), &rig.l2->inner(), &rig.l3->inner()})
            QVERIFY(!rig.has(*tier, "stock:AAPL"));
        QVERIFY(rig.get("stock:AAPL").negative);
    }

    void race14_refreshDoesNotOvertakeAWrite()
    {
        CacheRig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        const EntryPtr old = rig.get("stock:AAPL").entry;
        rig.clock.advance(old->refreshAt() - rig.clock.now());
        rig.source->holding = true;
        rig.get("stock:AAPL");
        QVERIFY(rig.write("stock:AAPL", "written"));
        rig.source->release();
        QCOMPARE(rig.get("stock:AAPL").entry->payload(), std::string("written"));
        for (MemoryTier *tier : {rig.l1.get(), &rig.l2->inner(), &rig.l3->inner()})
            QCOMPARE(tier->peek(keyOf("stock:AAPL"))->payload(), std::string("written"));
    }

    void race17_promotionKeepsTheRemainingLife()
    {
        CacheRig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        const SteadyTime expiry = rig.get("stock:AAPL").entry->freshUntil();
        rig.clock.advance(100s);
        rig.l1->remove(Selector::all(), [](auto) {});
        rig.log.clear();
        const Lookup promoted = rig.get("stock:AAPL");
        QCOMPARE(promoted.answeredBy, Stage::L2);
        QVERIFY(promoted.stored[0] && !promoted.stored[1]);
        QVERIFY(rig.l1->peek(keyOf("stock:AAPL"))->freshUntil() == expiry);
        QCOMPARE(rig.log, std::vector<std::string>{"L2 get"});
        rig.clock.advance(expiry - rig.clock.now());
        QCOMPARE(rig.get("stock:AAPL").answeredBy, Stage::Source);
    }

    void race31_rememberedAbsenceFallsLikeAnyValue()
    {
        RedisServer server;
        QVERIFY(server.start());
        const QString database = m_databases.newFile();
        Process one(server.url(), database), two(server.url(), database);
        QVERIFY(one.get("stock:NEW").negative);
        QVERIFY(two.get("stock:NEW").negative);
        one.upstreamSays("stock:NEW", "listed");
        two.upstreamSays("stock:NEW", "listed");
        QVERIFY(two.get("stock:NEW").negative);
        QVERIFY(one.invalidate("stock:NEW").partial.empty());
        QVERIFY(two.catchesUpWith(one));
        QCOMPARE(two.value("stock:NEW"), std::string("listed"));
        QCOMPARE(one.value("stock:NEW"), std::string("listed"));
    }

    // Past its life a copy helps over an outage; past its invalidation it does not.
    void race32_staleCopyDoesNotOutliveItsInvalidation()
    {
        CacheRig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        rig.get("stock:AAPL");
        rig.clock.advance(400s);
        rig.source->answers["stock:AAPL"] = tl::unexpected(outage());
        QVERIFY(rig.get("stock:AAPL").stale);
        rig.invalidate(invalidationOf("stock:AAPL"));
        const Lookup after = rig.get("stock:AAPL");
        QVERIFY(!after.entry);
        QCOMPARE(after.error->code, ErrorCode::Unavailable);
    }
};

QTEST_GUILESS_MAIN(TestRacesReads)
#include "tst_races_reads.moc"
