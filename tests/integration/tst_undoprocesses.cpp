// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "support/databasefolder.h"
#include "support/manualclock.h"
#include "support/process.h"
#include "support/redisserver.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

Invalidation undoableKeys(std::vector<CacheKey> keys, bool expire = false)
{
    Invalidation what;
    what.which = Selector::keys(std::move(keys));
    what.undoable = true;
    what.expire = expire;
    return what;
}

} // namespace

/// Undo over a real Redis and a real database, with another process beside.
class TestUndoProcesses : public QObject {
    Q_OBJECT

    DatabaseFolder m_databases;

private Q_SLOTS:
    void everyTierGetsItsCopyBack_data()
    {
        QTest::addColumn<bool>("expire");
        QTest::newRow("deleted") << false;
        QTest::newRow("expired") << true;
    }
    void everyTierGetsItsCopyBack()
    {
        QFETCH(bool, expire);
        RedisServer server;
        QVERIFY(server.start());
        const QString database = m_databases.newFile();
        ManualClock clock;
        const auto onClock = [&](EngineOptions &options) { options.clock = &clock; };
        Process one(server.url(), database, onClock), two(server.url(), database, onClock);
        one.upstreamSays("stock:A", "old");
        const SteadyTime expiry = one.get("stock:A").entry->freshUntil();
        const InvalidationResult gone = one.engine->invalidate(undoableKeys({keyOf("stock:A")}, expire)).result();
        QCOMPARE(gone.verified, 1u);
        clock.advance(std::chrono::seconds(5));
        const Result<UndoResult> undone = one.engine->undo(gone.undo).result();
        QCOMPARE(undone->restored, 1u);
        QVERIFY(undone->partial.empty());
        QCOMPARE(one.get("stock:A").answeredBy, Stage::L1);
        const Lookup elsewhere = two.get("stock:A");
        QCOMPARE(elsewhere.answeredBy, Stage::L2);
        QCOMPARE(elsewhere.entry->payload(), std::string("old"));
        QVERIFY(elsewhere.entry->freshUntil() <= expiry + std::chrono::seconds(2));
        server.cli({QStringLiteral("FLUSHALL")});
        Process three(server.url(), database, onClock);
        QCOMPARE(three.get("stock:A").answeredBy, Stage::L3);
    }

    void whatAnotherProcessDidWins_data()
    {
        QTest::addColumn<bool>("redis");
        QTest::addColumn<QString>("event");
        for (const char *event : {"load", "write", "invalidation"}) {
            QTest::addRow("%s, Redis and database", event) << true << QString::fromLatin1(event);
            QTest::addRow("%s, database alone", event) << false << QString::fromLatin1(event);
        }
    }
    void whatAnotherProcessDidWins()
    {
        QFETCH(bool, redis);
        QFETCH(QString, event);
        RedisServer server;
        QVERIFY(!redis || server.start());
        const QString url = redis ? server.url() : QString();
        const QString database = m_databases.newFile();
        Process one(url, database), two(url, database);
        one.upstreamSays("stock:A", "old");
        two.upstreamSays("stock:A", "new");
        QCOMPARE(one.get("stock:A").entry->payload(), std::string("old"));
        const std::uint64_t id = one.engine->invalidate(undoableKeys({keyOf("stock:A")})).result().undo;
        if (event == QStringLiteral("load"))
            QCOMPARE(two.get("stock:A").entry->payload(), std::string("new"));
        else if (event == QStringLiteral("write"))
            QVERIFY(two.engine->write(keyOf("stock:A"), "new", "test").result());
        else
            QVERIFY(two.engine->invalidate(undoableKeys({keyOf("stock:A")})).result().partial.empty());
        QCOMPARE(one.engine->undo(id).result()->newer, 1u);
        one.upstreamSays("stock:A", "new");
        QCOMPARE(one.get("stock:A").entry->payload(), std::string("new"));
        QCOMPARE(two.get("stock:A").entry->payload(), std::string("new"));
    }

    void aReadOnlyEngineUndoesNothing()
    {
        EngineOptions options;
        options.readOnly = true;
        const auto engine = Engine::start(std::move(options)).value();
        QCOMPARE(engine->undo(1).result().error().code, ErrorCode::Refused);
    }
};

QTEST_GUILESS_MAIN(TestUndoProcesses)
#include "tst_undoprocesses.moc"
