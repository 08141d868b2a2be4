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
