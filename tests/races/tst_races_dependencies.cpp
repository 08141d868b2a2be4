// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <insitecache/sources/values.h>

#include "races/probes.h"
#include "support/databasefolder.h"
#include "support/processrows.h"
#include "support/cacherig.h"
#include "support/process.h"
#include "support/redisserver.h"
#include "support/redistest.h"

using namespace insitecache;
using namespace insitecache::test;

/// Values that fall because of what they were made from. Race 25, the closure itself, is in tst_dependencygraph.
class TestRacesDependencies : public RedisTest {
    Q_OBJECT

    DatabaseFolder m_databases;

private Q_SLOTS:
    // The edge is not there yet when the invalidation follows the edges: the fill is refused instead.
    void race26_valueLoadedFromAParentThatFalls()
    {
        CacheRig rig;
        rig.source->answers["search:A"] = "made from the old quote";
        rig.source->holding = true;
        rig.cache.lookup({keyOf("search:A")}, {}, [](const auto &) {});
        Invalidation what = invalidationOf("stock:A");
        what.dependents = true;
        rig.invalidate(what);
        rig.source->release();
        QVERIFY(!rig.has(*rig.l1, "search:A"));
        QVERIFY(!rig.has(rig.l2->inner(), "search:A"));
        QVERIFY(!rig.has(rig.l3->inner(), "search:A"));
        rig.source->answers["search:A"] = "new";
        QCOMPARE(rig.get("search:A").entry->payload(), std::string("new"));
    }

    void race26_edgeStoredWhileItsParentFalls_data() { addStopsOfAnInvalidation(); }

    // The child and its edge are stored while another process stands in the middle of its parent's invalidation.
    void race26_edgeStoredWhileItsParentFalls()
    {
        QFETCH(Stage, stage);
        RedisServer server;
        QVERIFY(server.start());
        const QString database = m_databases.newFile();
        Process one(server.url(), database), two(server.url(), database);
        const std::string old = searchNaming(QStringLiteral("A"), QStringLiteral("old"));
        const std::string fresh = searchNaming(QStringLiteral("A"), QStringLiteral("new"));
        two.upstreamSays("search:a", old);
        SyncGate loading(two.cacheThread, "fill.before", Stage::L3);
        auto early = two.engine->lookup({keyOf("search:a")});
        QVERIFY(loading.isReached());
        SyncGate falling(one.cacheThread, "invalidate.before", stage);
        Invalidation what;
        what.which = Selector::keys({keyOf("stock:A")});
        what.dependents = true;
        auto fallen = one.engine->invalidate(what);
        QVERIFY(falling.isReached());
        loading.open();
        early.waitForFinished();
        waitUntilFilled(*two.engine);
        falling.open();
        QVERIFY(fallen.result().partial.empty());
        one.upstreamSays("search:a", fresh);
        two.upstreamSays("search:a", fresh);
        QVERIFY(two.catchesUpWith(one));
        QVERIFY(two.value("search:a") == fresh);
        QVERIFY(one.value("search:a") == fresh);
    }

    // The edges were made by one process; another one, which never saw the child, invalidates the root.
    void race27_edgesOfAnotherProcess()
    {
        RedisServer server;
        QVERIFY(server.start());
        const QString database = m_databases.newFile();
        Process one(server.url(), database), two(server.url(), database);
        const std::string old = searchNaming(QStringLiteral("A"), QStringLiteral("old"));
        const std::string fresh = searchNaming(QStringLiteral("A"), QStringLiteral("new"));
        one.upstreamSays("search:a", old);
        QVERIFY(one.value("search:a") == old);
        QVERIFY(one.engine->declare({keyOf("search:a"), keyOf("trending:US")}).result());
        one.upstreamSays("trending:US", "old");
        QCOMPARE(one.value("trending:US"), std::string("old"));
        one.upstreamSays("search:a", fresh);
        one.upstreamSays("trending:US", "new");
        const InvalidationResult result = two.invalidate("stock:A", true);
        QVERIFY(result.partial.empty());
        QCOMPARE(result.dependents, 2u);
        QVERIFY(one.catchesUpWith(two));
        QVERIFY(one.value("search:a") == fresh);
        QCOMPARE(one.value("trending:US"), std::string("new"));
    }

private:
    /// The payload of a search that names one symbol: made from its quote.
    static std::string searchNaming(const QString &symbol, const QString &query)
    {
        const SearchResult result{query, {{symbol, symbol, {}, {}}}};
        return result.toCbor().toCbor().toStdString();
    }
};

QTEST_GUILESS_MAIN(TestRacesDependencies)
#include "tst_races_dependencies.moc"
