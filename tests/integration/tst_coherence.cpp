// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <future>

#include <insitecache/cache/engine.h>

#include "support/filled.h"
#include "support/redisserver.h"
#include "support/scriptedsource.h"
#include "support/tiercalls.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

/// One process of several: an engine with a source of its own, used on its cache thread only.
struct Process {
    ScriptedSource *source = nullptr;
    std::unique_ptr<Engine> engine;

    Process(const QString &redis, const QString &database)
    {
        EngineOptions options;
        options.sources.push_back([this]() -> Result<std::unique_ptr<Source>> {
            auto made = std::make_unique<ScriptedSource>();
            source = made.get();
            return made;
        });
        if (!redis.isEmpty())
            options.redis.emplace().url = redis.toStdString();
        if (!database.isEmpty())
            options.database.emplace().url = "sqlite:" + database.toStdString();
        engine = Engine::start(std::move(options)).value();
        engine->waitForTiers(5s);
    }

    /// Runs `work` on the cache thread, where the source lives, and waits for it.
    void onCacheThread(std::function<void()> work)
    {
        std::promise<void> done;
        engine->post([&](TieredCache &) {
            work();
            done.set_value();
        });
        done.get_future().wait();
    }
    void upstreamSays(const std::string &text, const std::string &value)
    {
        onCacheThread([&] { source->answers[text] = value; });
    }
    Lookup get(const std::string &text)
    {
        Lookup lookup = engine->lookup({keyOf(text)}).result().at(0);
        waitUntilFilled(*engine);
        return lookup;
    }
    std::string value(const std::string &text) { return get(text).entry->payload; }
    InvalidationResult invalidate(const Selector &which)
    {
        Invalidation what;
        what.which = which;
        return engine->invalidate(what).result();
    }
};

} // namespace

/// What one process invalidates, no other one keeps.
class TestCoherence : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_files = 0;

    using Processes = std::pair<std::unique_ptr<Process>, std::unique_ptr<Process>>;
    /// Two processes on that Redis, if any, with none, one or two databases between them.
    Processes startTwo(const QString &redis, int databases)
    {
        const QString first = databases > 0 ? newDatabase() : QString();
        return {std::make_unique<Process>(redis, first),
            std::make_unique<Process>(redis, databases == 2 ? newDatabase() : first)};
    }
    QString newDatabase() { return m_dir.filePath(QStringLiteral("cache%1.db").arg(++m_files)); }

private Q_SLOTS:
    void anInvalidationIsHeardEverywhere_data()
    {
        QTest::addColumn<bool>("redis");
        QTest::addColumn<int>("databases");
        QTest::newRow("through Redis alone") << true << 0;
        QTest::newRow("through a shared database alone") << false << 1;
        QTest::newRow("through both") << true << 1;
        QTest::newRow("through Redis, each with a database of its own") << true << 2;
    }
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
        QVERIFY(one.invalidate(Selector::keys({keyOf("stock:A")})).partial.empty());
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
        two.onCacheThread([&] { two.source->holding = true; });
        auto early = two.engine->lookup({keyOf("stock:A")});
        const auto asked = [&] {
            bool called = false;
            two.onCacheThread([&] { called = !two.source->calls.empty(); });
            return called;
        };
        QTRY_VERIFY(asked());
        QVERIFY(one.invalidate(Selector::keys({keyOf("stock:A")})).partial.empty());
        one.upstreamSays("stock:A", "new");
        two.upstreamSays("stock:A", "new");
        two.onCacheThread([&] { two.source->release(); });
        QCOMPARE(early.result().at(0).entry->payload, std::string("old"));
        waitUntilFilled(*two.engine);
        QTRY_COMPARE(two.value("stock:A"), std::string("new"));
        QCOMPARE(one.value("stock:A"), std::string("new"));
    }

    void aRestartedRedisBringsNothingBack()
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
        QVERIFY(server.cli({QStringLiteral("DBSIZE")}).toInt() > 0); // the old value is there again
        Process two(server.url(), {});
        two.upstreamSays("stock:A", "new");
        QCOMPARE(two.value("stock:A"), std::string("new"));
    }
};

QTEST_GUILESS_MAIN(TestCoherence)
#include "tst_coherence.moc"
