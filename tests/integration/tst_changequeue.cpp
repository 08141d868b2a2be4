// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "coherence/changequeue.h"
#include "support/process.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

CacheKey quote(int n)
{
    return CacheKey::make("stock", std::to_string(n)).value();
}

/// Nothing of what is queued for the cache thread runs until this is released.
class Standstill {
public:
    explicit Standstill(Engine &engine)
    {
        std::promise<void> stopped;
        engine.post([&stopped, released = m_go.get_future().share()](TieredCache &) {
            stopped.set_value();
            released.wait();
        });
        stopped.get_future().wait();
    }
    ~Standstill() { m_go.set_value(); }

private:
    std::promise<void> m_go;
};

ChurnTotals churn(const Process &process)
{
    return process.engine->metrics().totals().churn;
}

} // namespace

/// What an upstream tells of faster than it can be invalidated.
class TestChangeQueue : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

private Q_SLOTS:
    void aBurstIsOneInvalidationOfItsKeys()
    {
        Process process({}, m_dir.filePath(QStringLiteral("burst.db")));
        constexpr int keys = 1000, calls = 1'000'000;
        for (int i = 0; i < keys; ++i)
            process.upstreamSays(quote(i).text(), "v");
        for (int i = 0; i < keys; ++i)
            process.engine->lookup({quote(i)}).waitForFinished();
        waitUntilFilled(*process.engine);
        {
            const Standstill standstill(*process.engine);
            for (int i = 0; i < calls; ++i)
                process.engine->changed(quote(i % keys));
            QCOMPARE(churn(process).changes, std::uint64_t(calls));
            QCOMPARE(churn(process).changesWaiting, std::uint64_t(keys));
        }
        QTRY_COMPARE(churn(process).invalidations, 1u);
        QCOMPARE(churn(process).invalidatedKeys, std::uint64_t(keys));
        QCOMPARE(churn(process).changesWaiting, 0u);
        process.engine->changed(quote(0)); // the queue is awake again
        QTRY_COMPARE(churn(process).invalidations, 2u);
    }

    void lookupsAreAnsweredWhileChangesPourIn()
    {
        Process process({}, m_dir.filePath(QStringLiteral("pour.db")));
        process.upstreamSays("search:a", "v");
        std::atomic<bool> enough{false};
        std::thread upstream([&] {
            for (int i = 0; !enough; ++i)
                process.engine->changed(quote(i % 1000));
        });
        for (int i = 0; i < 50; ++i)
            QCOMPARE(process.engine->lookup({keyOf("search:a")}, {.bypassCache = true}).result().at(0).answeredBy,
                Stage::Source);
        enough = true;
        upstream.join();
        QVERIFY(churn(process).changesWaiting <= 1000);
    }

    void dependentsFallToo()
    {
        Process process({}, {});
        process.upstreamSays("search:a", "old");
        QCOMPARE(process.value("search:a"), std::string("old"));
        QVERIFY(process.engine->declare({keyOf("stock:A"), keyOf("search:a")}).result());
        process.upstreamSays("search:a", "new");
        process.engine->changed(keyOf("stock:A"), "tick");
        QTRY_COMPARE(process.value("search:a"), std::string("new"));
    }

    void tooManyKeysMeanAllAndItIsSaid()
    {
        Process process({}, {});
        process.upstreamSays("search:a", "v");
        process.get("search:a");
        std::promise<CacheEvent> told;
        const Subscription subscription = process.engine->subscribe(
            Glob::compile("search:*").value(), [&](const CacheEvent &event) { told.set_value(event); });
        {
            const Standstill standstill(*process.engine);
            for (std::size_t i = 0; i <= ChangeQueue::maxKeys + 10; ++i)
                process.engine->changed(quote(static_cast<int>(i)), "tick");
        }
        const CacheEvent event = told.get_future().get();
        QVERIFY(event.scope.isAll());
        QVERIFY(event.reason.find("more than 100000") != std::string::npos);
        QCOMPARE(event.keys, std::vector{keyOf("search:a")});
        QCOMPARE(churn(process).changeOverflows, 1u);
    }

    void whatWaitsAtTheEndIsCarriedOut()
    {
        const QString database = m_dir.filePath(QStringLiteral("end.db"));
        {
            Process process({}, database);
            process.upstreamSays("stock:A", "old");
            process.get("stock:A");
            const Standstill standstill(*process.engine);
            process.engine->changed(keyOf("stock:A"));
        }
        Process next({}, database);
        QVERIFY(!next.has(Stage::L3, "stock:A"));
    }

    void readOnlyIgnoresChanges()
    {
        Process process({}, {}, [](EngineOptions &options) { options.readOnly = true; });
        process.upstreamSays("stock:A", "old");
        process.get("stock:A");
        process.engine->changed(keyOf("stock:A"));
        QCOMPARE(churn(process).changes, 0u);
        QVERIFY(process.has(Stage::L1, "stock:A"));
    }
};

QTEST_GUILESS_MAIN(TestChangeQueue)
#include "tst_changequeue.moc"
