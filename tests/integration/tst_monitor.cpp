// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include <insitecache/monitor/monitor.h>

#include "support/filled.h"
#include "support/scriptedsource.h"
#include "support/tiercalls.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

class TestMonitor : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    std::unique_ptr<Engine> start(bool withDatabase)
    {
        EngineOptions options;
        options.sources.push_back([]() -> Result<std::unique_ptr<Source>> {
            auto source = std::make_unique<ScriptedSource>();
            for (int i = 0; i < 20; ++i)
                source->answers["stock:S" + std::to_string(i)] = "value";
            return source;
        });
        if (withDatabase) {
            DatabaseTierOptions database;
            database.url = "sqlite:" + m_dir.filePath(QStringLiteral("monitor.db")).toStdString();
            options.database = database;
        }
        return std::move(Engine::start(options).value());
    }

private Q_SLOTS:
    void snapshotsTellWhatTheCacheDid()
    {
        const auto engine = start(true);
        Monitor monitor(*engine);
        QTRY_VERIFY(monitor.snapshot()->serial >= 1);
        monitor.lookup({keyOf("stock:S1")}).waitForFinished();
        waitUntilFilled(*engine);
        monitor.lookup({keyOf("stock:S1")}).waitForFinished();
        QTRY_COMPARE(monitor.snapshot()->totals.all.lookups, 2u);
        const auto snapshot = monitor.snapshot();
        QVERIFY(snapshot->tiers[0].configured && snapshot->tiers[0].usage.up);
        QVERIFY(!snapshot->tiers[1].configured);
        QCOMPARE(snapshot->tiers[0].usage.entries, 1u);
        QCOMPARE(snapshot->series.back().tierHits[0], 1u);
        QVERIFY(snapshot->systemMemoryBytes > snapshot->processBytes);
        QVERIFY(snapshot->processBytes > 1u << 20);
    }

    void entriesShowWhereEachKeyLives()
    {
        const auto engine = start(true);
        Monitor monitor(*engine);
        monitor.lookup({keyOf("stock:S1"), keyOf("stock:S2")}).waitForFinished();
        waitUntilFilled(*engine);
        const EntryPage page = monitor.entries({}).result();
        QCOMPARE(page.rows.size(), 2u);
        QVERIFY(page.rows[0].tiers[0].fresh && page.rows[0].tiers[2].fresh);
        QVERIFY(!page.rows[0].tiers[1].present);
        QCOMPARE(page.rows[0].key.text(), std::string("stock:S1"));
        QVERIFY(page.exact);
    }

    void dependenciesComeWithWhatTheTiersHold_data()
    {
        QTest::addColumn<bool>("withDatabase");
        QTest::newRow("edges in L3") << true;
        QTest::newRow("edges in memory") << false;
    }

    void dependenciesComeWithWhatTheTiersHold()
    {
        QFETCH(bool, withDatabase);
        const auto engine = start(withDatabase);
        Monitor monitor(*engine);
        QVERIFY(monitor.dependencies().result()->edges.empty());
        monitor.lookup({keyOf("stock:S1"), keyOf("stock:S2")}).waitForFinished();
        waitUntilFilled(*engine);
        const std::vector<Edge> edges{{keyOf("stock:S1"), keyOf("search:s")}, {keyOf("search:s"), keyOf("stock:S1")},
            {keyOf("user:1"), keyOf("stock:S2")}};
        for (const Edge &edge : edges)
            QVERIFY(engine->declare(edge).result());
        const auto page = monitor.dependencies().result().value();
        QVERIFY(page.complete);
        QVERIFY(std::is_permutation(page.edges.begin(), page.edges.end(), edges.begin(), edges.end()));
        QCOMPARE(page.entries.rows.size(), 2u); // neither user:1 nor search:s is cached
        QCOMPARE(page.entries.rows[0].key.text(), std::string("stock:S1"));
        QVERIFY(page.entries.rows[0].tiers[0].fresh);
        QCOMPARE(page.refills.size(), 3u);
        QCOMPARE(page.refills[0].type, std::string("search"));
        QCOMPARE(page.refills[0].calls.size(), 1u);
        QVERIFY(page.refills[2].calls.empty()); // nobody is asked for a user
        QVERIFY(!monitor.dependencies(2).result()->complete);
        QCOMPARE(engine->metrics().totals().all.lookups, 2u);
    }

    void thousandsOfDependenciesComeWhole()
    {
        const auto engine = start(false);
        Monitor monitor(*engine);
        monitor.lookup({keyOf("stock:S1"), keyOf("stock:S19")}).waitForFinished();
        waitUntilFilled(*engine);
        for (int i = 0; i < 2500; ++i)
            engine->declare({keyOf("stock:S1"), keyOf("search:s" + std::to_string(i))}).waitForFinished();
        engine->declare({keyOf("stock:S1"), keyOf("stock:S19")}).waitForFinished();
        const auto page = monitor.dependencies().result().value();
        QCOMPARE(page.edges.size(), 2501u);
        QCOMPARE(page.entries.rows.size(), 2u);
    }

    void entriesCountTheirDependencies()
    {
        const auto engine = start(true);
        Monitor monitor(*engine);
        monitor.lookup({keyOf("stock:S3"), keyOf("stock:S4")}).waitForFinished();
        waitUntilFilled(*engine);
        for (const char *child : {"stock:S4", "search:c", "search:d"})
            QVERIFY(engine->declare({keyOf("stock:S3"), keyOf(child)}).result());
        EntryQuery query;
        query.which = Selector::keys({keyOf("stock:S3"), keyOf("stock:S4")});
        QVERIFY(!monitor.entries(query).result().knowsDependencies);
        query.withDependencies = true;
        const EntryPage page = monitor.entries(query).result();
        QVERIFY(page.knowsDependencies);
        QCOMPARE(page.rows[0].children, 3u);
        QCOMPARE(page.rows[0].parents, 0u);
        QCOMPARE(page.rows[1].parents, 1u);
        QCOMPARE(page.rows[1].children, 0u);
    }

    void anInvalidationLeavesAMarker()
    {
        const auto engine = start(false);
        Monitor monitor(*engine);
        monitor.lookup({keyOf("stock:S1"), keyOf("stock:S2")}).waitForFinished();
        waitUntilFilled(*engine);
        Invalidation what;
        what.which = Selector::pattern(Glob::compile("stock:*").value());
        what.reason = "market holiday";
        QCOMPARE(monitor.invalidate(what).result().verified, 2u);
        QTRY_COMPARE(monitor.snapshot()->markers.size(), 1u);
        const EventPtr event = monitor.snapshot()->markers[0];
        QCOMPARE(event->kind, EventKind::InvalidationOfMany);
        QCOMPARE(event->target, std::string("stock:*"));
        QCOMPARE(event->count, std::uint64_t(2));
        QCOMPARE(event->reason, std::string("market holiday"));
        QVERIFY(event->took.has_value() && event->cause == EventCause::Manual);
        QCOMPARE(monitor.entries({}).result().rows.size(), 0u);
        monitor.invalidate({Selector::keys({keyOf("stock:S1")})}).waitForFinished();
        QTRY_COMPARE(monitor.snapshot()->markers.size(), 2u);
        QCOMPARE(monitor.snapshot()->markers[1]->kind, EventKind::Invalidation);
    }

    void aScheduledInvalidationLeavesAMarker()
    {
        const auto engine = start(true);
        Monitor monitor(*engine);
        monitor.lookup({keyOf("stock:S1")}).waitForFinished();
        const auto due = engine->clock().wall() + Millis(50);
        QVERIFY(monitor.schedule({Selector::keys({keyOf("stock:S1")})}, due).result());
        QTRY_COMPARE(monitor.snapshot()->markers.size(), 1u);
        QCOMPARE(monitor.snapshot()->markers[0]->kind, EventKind::ScheduledInvalidation);
    }

    void aPolicyThatChangesLeavesAMarker()
    {
        const auto engine = start(false);
        Monitor monitor(*engine);
        QTRY_VERIFY(monitor.snapshot()->serial > 0);
        Policy policy = *engine->policies().policyFor("stock");
        policy.ttl += Millis(1000);
        QVERIFY(engine->policies().set(policy));
        QTRY_COMPARE(monitor.snapshot()->markers.size(), 1u);
        QCOMPARE(monitor.snapshot()->markers[0]->kind, EventKind::PolicyChange);
        QCOMPARE(monitor.snapshot()->markers[0]->target, std::string("stock"));
        QVERIFY(engine->policies().set(policy));
        const auto serial = monitor.snapshot()->serial;
        QTRY_VERIFY(monitor.snapshot()->serial > serial + 1);
        QCOMPARE(monitor.snapshot()->markers.size(), 1u);
    }

    void theWorkloadRunsAndStops()
    {
        const auto engine = start(false);
        Monitor monitor(*engine);
        WorkloadSpec spec;
        spec.rate = 1000;
        QVERIFY(monitor.startWorkload(spec));
        QTRY_VERIFY(monitor.snapshot()->workload.sent > 100);
        QVERIFY(monitor.snapshot()->workload.running);
        monitor.stopWorkload();
        QTRY_VERIFY(!monitor.snapshot()->workload.running);
        spec.rate = -1;
        QCOMPARE(monitor.startWorkload(spec).error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestMonitor)
#include "tst_monitor.moc"
