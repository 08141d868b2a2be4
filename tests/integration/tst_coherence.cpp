// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "support/databasefolder.h"
#include "support/processrows.h"
#include "support/otherprogram.h"
#include "support/process.h"
#include "support/redisserver.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

/// What one process invalidates, no other one keeps.
class TestCoherence : public QObject {
    Q_OBJECT

    DatabaseFolder m_databases;

    using Processes = std::pair<std::unique_ptr<Process>, std::unique_ptr<Process>>;
    /// Two processes on that Redis, if any, with none, one or two databases between them.
    Processes startTwo(const QString &redis, int databases)
    {
        const QString first = databases > 0 ? m_databases.newFile() : QString();
        return {std::make_unique<Process>(redis, first),
            std::make_unique<Process>(redis, databases == 2 ? m_databases.newFile() : first)};
    }
    void letBothKeep(Process &one, Process &two, const std::string &text)
    {
        for (Process *process : {&one, &two}) {
            process->upstreamSays(text, "old");
            QCOMPARE(process->value(text), std::string("old"));
        }
        for (Process *process : {&one, &two})
            process->upstreamSays(text, "new");
    }

private Q_SLOTS:
    void anInvalidationIsHeardEverywhere_data() { addWaysToHear(); }
    void anInvalidationIsHeardEverywhere()
    {
        QFETCH(bool, redis);
        QFETCH(int, databases);
        RedisServer server;
        QVERIFY(!redis || server.start());
        const auto [first, second] = startTwo(redis ? server.url() : QString(), databases);
        Process &one = *first;
        Process &two = *second;
        for (const char *text : {"stock:A", "stock:B", "search:a"}) {
            one.upstreamSays(text, "old");
            two.upstreamSays(text, "old");
            QCOMPARE(one.value(text), std::string("old"));
            QCOMPARE(two.value(text), std::string("old"));
            QCOMPARE(two.get(text).answeredBy, Stage::L1);
            one.upstreamSays(text, "new");
            two.upstreamSays(text, "new");
        }
        QVERIFY(one.invalidate("stock:A").partial.empty());
        QCOMPARE(one.value("stock:A"), std::string("new"));
        QTRY_COMPARE(two.value("stock:A"), std::string("new"));
        QVERIFY(two.invalidate(Selector::pattern(Glob::compile("stock:*").value())).partial.empty());
        QCOMPARE(two.value("stock:B"), std::string("new"));
        QTRY_COMPARE(one.value("stock:B"), std::string("new"));
        QCOMPARE(one.value("search:a"), std::string("old"));
    }

    void aLoadThatAnotherProcessOvertakesIsNotStored_data() { anInvalidationIsHeardEverywhere_data(); }
    void aLoadThatAnotherProcessOvertakesIsNotStored()
    {
        QFETCH(bool, redis);
        QFETCH(int, databases);
        RedisServer server;
        QVERIFY(!redis || server.start());
        const auto [first, second] = startTwo(redis ? server.url() : QString(), databases);
        Process &one = *first;
        Process &two = *second;
        two.upstreamSays("stock:A", "old");
        two.onCacheThread([&](auto &) { two.source->holding = true; });
        auto early = two.engine->lookup({keyOf("stock:A")});
        const auto asked = [&] {
            bool called = false;
            two.onCacheThread([&](auto &) { called = !two.source->calls.empty(); });
            return called;
        };
        QTRY_VERIFY(asked());
        QVERIFY(one.invalidate("stock:A").partial.empty());
        one.upstreamSays("stock:A", "new");
        two.upstreamSays("stock:A", "new");
        two.onCacheThread([&](auto &) { two.source->release(); });
        QCOMPARE(early.result().at(0).entry->payload(), std::string("old"));
        waitUntilFilled(*two.engine);
        QTRY_COMPARE(two.value("stock:A"), std::string("new"));
        QCOMPARE(one.value("stock:A"), std::string("new"));
    }

    void anL2ThatNobodyToldIsTold_data()
    {
        QTest::addColumn<bool>("another");
        QTest::addColumn<bool>("pattern");
        QTest::newRow("by a process without a Redis") << false << false;
        QTest::newRow("by a process with another Redis") << true << false;
        QTest::newRow("a pattern, without a Redis") << false << true;
    }
    void anL2ThatNobodyToldIsTold()
    {
        QFETCH(bool, another);
        QFETCH(bool, pattern);
        RedisServer ours, theirs;
        QVERIFY(ours.start());
        QVERIFY(!another || theirs.start());
        const QString database = m_databases.newFile();
        Process one(another ? theirs.url() : QString(), database);
        Process two(ours.url(), database);
        letBothKeep(one, two, "stock:A");
        QVERIFY(two.has(Stage::L2, "stock:A"));
        const auto which
            = pattern ? Selector::pattern(Glob::compile("stock:A*").value()) : Selector::keys({keyOf("stock:A")});
        QVERIFY(one.invalidate(which).partial.empty());
        QVERIFY(two.catchesUpWith(one));
        QCOMPARE(two.value("stock:A"), std::string("new"));
        QTRY_COMPARE(two.owed(), 0u);
        two.evictMemory();
        QCOMPARE(two.value("stock:A"), std::string("new"));
    }

    void anL2ThatIsOutOfReachIsToldLater()
    {
        RedisServer ours;
        QVERIFY(ours.start());
        const QString database = m_databases.newFile();
        Process one({}, database);
        Process two(ours.url(), database);
        letBothKeep(one, two, "stock:A");
        ours.pause();
        QVERIFY(one.invalidate("stock:A").partial.empty());
        QVERIFY(two.catchesUpWith(one));
        QCOMPARE(two.value("stock:A"), std::string("new"));
        QVERIFY(two.owed() > 0);
        ours.resume();
        QTRY_COMPARE_WITH_TIMEOUT(two.owed(), 0u, 60'000);
        two.evictMemory();
        QCOMPARE(two.value("stock:A"), std::string("new"));
    }

    void aGapInTheDatabaseIsAGapInL2()
    {
        RedisServer ours;
        QVERIFY(ours.start());
        const QString database = m_databases.newFile();
        Process one({}, database);
        Process two(ours.url(), database);
        letBothKeep(one, two, "stock:A");
        OtherProgram other(database);
        QCOMPARE(other.run(QStringLiteral("DELETE FROM entries")), QString());
        QCOMPARE(
            other.run(QStringLiteral("INSERT INTO invalidations (seq, origin, scope) VALUES (100, 'x', 'kstock:Z')")),
            QString());
        QTRY_COMPARE(two.value("stock:A"), std::string("new"));
    }
};

QTEST_GUILESS_MAIN(TestCoherence)
#include "tst_coherence.moc"
