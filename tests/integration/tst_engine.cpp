// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <functional>
#include <future>
#include <thread>

#include <insitecache/cache/engine.h>

#include "support/filled.h"
#include "support/redisserver.h"
#include "support/scriptedsource.h"
#include "support/tiercalls.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

/// Lends one scripted source to several engines, as one upstream serves several processes.
class SharedSource final : public Source {
public:
    explicit SharedSource(ScriptedSource &inner) : m_inner(inner) {}
    bool serves(std::string_view type) const override { return m_inner.serves(type); }
    void fetch(std::vector<CacheKey> keys, Done done) override { m_inner.fetch(std::move(keys), std::move(done)); }
    std::vector<SourceStatus> status() const override { return {}; }
    void close() override {}

private:
    ScriptedSource &m_inner;
};

} // namespace

class TestEngine : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    ScriptedSource m_source;

    EngineOptions options(const QString &redisUrl)
    {
        EngineOptions out;
        out.sources.push_back(
            [this]() -> Result<std::unique_ptr<Source>> { return std::make_unique<SharedSource>(m_source); });
        DatabaseTierOptions database;
        database.url = "sqlite:" + m_dir.filePath(QStringLiteral("cache.db")).toStdString();
        out.database = database;
        if (!redisUrl.isEmpty()) {
            RedisTierOptions redis;
            redis.url = redisUrl.toStdString();
            out.redis = redis;
        }
        return out;
    }

    std::unique_ptr<Engine> start(const EngineOptions &opts)
    {
        auto engine = Engine::start(opts);
        if (!engine) {
            qWarning("%s", engine.error().toString().c_str());
            return nullptr;
        }
        (*engine)->waitForTiers(5s);
        return std::move(*engine);
    }

    static Lookup get(Engine &engine, const std::string &text)
    {
        Lookup lookup = engine.lookup({keyOf(text)}).result().at(0);
        waitUntilFilled(engine);
        return lookup;
    }

private Q_SLOTS:
    void init()
    {
        m_source.answers.clear();
        m_source.calls.clear();
        QFile::remove(m_dir.filePath(QStringLiteral("cache.db")));
    }

    void answerDoesNotWaitForOtherLookups()
    {
        m_source.answers["stock:SLOW"] = "slow";
        m_source.answers["stock:FAST"] = "fast";
        const auto engine = start(options({}));
        const auto onCacheThread = [&](const std::function<void()> &work) {
            std::promise<void> done;
            engine->post([&](TieredCache &) {
                work();
                done.set_value();
            });
            done.get_future().wait();
        };
        onCacheThread([&] { m_source.holding = true; });
        const auto slow = engine->lookup({keyOf("stock:SLOW")});
        for (bool asked = false; !asked;)
            onCacheThread([&] { asked = !m_source.calls.empty(); });
        onCacheThread([&] { m_source.holding = false; });
        std::vector<QFuture<std::vector<Lookup>>> fast;
        for (int i = 0; i < 10; ++i)
            fast.push_back(engine->lookup({keyOf("stock:FAST"), keyOf("stock:NONE" + std::to_string(i))}));
        for (auto &each : fast) {
            QCOMPARE(each.result().at(0).entry->payload(), std::string("fast"));
            QVERIFY(each.result().at(1).negative);
        }
        QVERIFY(!slow.isFinished());
        onCacheThread([&] { m_source.release(); });
        QCOMPARE(slow.result().at(0).entry->payload(), std::string("slow"));
    }

    void secondProcessReadsRedisThenTheDatabase()
    {
        m_source.answers["stock:AAPL"] = "v1";
        RedisServer redis;
        QVERIFY(redis.start());
        {
            const auto first = start(options(redis.url()));
            QVERIFY(first);
            QCOMPARE(get(*first, "stock:AAPL").answeredBy, Stage::Source);
            QCOMPARE(get(*first, "stock:AAPL").answeredBy, Stage::L1);
        }
        {
            const auto second = start(options(redis.url()));
            const Lookup lookup = get(*second, "stock:AAPL");
            QCOMPARE(lookup.answeredBy, Stage::L2);
            QCOMPARE(lookup.entry->payload(), std::string("v1"));
        }
        redis.kill();
        {
            const auto third = start(options(redis.url()));
            const Lookup lookup = get(*third, "stock:AAPL");
            QCOMPARE(lookup.answeredBy, Stage::L3);
            QCOMPARE(lookup.steps[1].outcome, Outcome::Error);
            QCOMPARE(lookup.steps[1].error->code, ErrorCode::Unavailable);
        }
        QCOMPARE(m_source.calls.size(), 1u);
    }

    void invalidationReachesEveryTier()
    {
        m_source.answers["stock:AAPL"] = "v1";
        RedisServer redis;
        QVERIFY(redis.start());
        const auto engine = start(options(redis.url()));
        get(*engine, "stock:AAPL");
        Invalidation what;
        what.which = Selector::keys({keyOf("stock:AAPL")});
        const InvalidationPreview preview = engine->preview(what).result();
        QCOMPARE(preview.keys, 1u);
        QCOMPARE(preview.byTier[1], 1u);
        const InvalidationResult result = engine->invalidate(what).result();
        QCOMPARE(result.verified, 1u);
        for (const std::uint64_t deleted : result.deletedByTier)
            QCOMPARE(deleted, 1u);
        m_source.answers["stock:AAPL"] = "v2";
        QCOMPARE(get(*engine, "stock:AAPL").entry->payload(), std::string("v2"));
    }

    void manyThreadsLookUpAtOnce()
    {
        for (int i = 0; i < 50; ++i)
            m_source.answers["stock:S" + std::to_string(i)] = "v" + std::to_string(i);
        const auto engine = start(options({}));
        std::atomic<int> wrong{0};
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 500; ++i) {
                    const std::string id = std::to_string((i * 7 + t) % 50);
                    wrong += get(*engine, "stock:S" + id).entry->payload() != "v" + id;
                }
            });
        }
        for (auto &thread : threads)
            thread.join();
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(engine->metrics().totals().all.lookups, 2000u);
    }

    void shutdownAnswersWhoeverWaits()
    {
        m_source.holding = true;
        auto engine = start(options({}));
        auto waiting = engine->lookup({keyOf("stock:AAPL")});
        engine.reset();
        QVERIFY(waiting.isFinished());
        QCOMPARE(waiting.result().at(0).error->code, ErrorCode::Cancelled);
        m_source.holding = false;
        m_source.release();
    }

    void readOnlyRefusesToChange()
    {
        EngineOptions opts = options({});
        opts.readOnly = true;
        const auto engine = start(opts);
        QCOMPARE(engine->write(keyOf("user:1"), "x", "test").result().error().code, ErrorCode::Refused);
        Invalidation what;
        what.which = Selector::all();
        QCOMPARE(engine->invalidate(what).result().partial.at(0).error.code, ErrorCode::Refused);
    }

    void badDatabaseIsAnErrorNotACrash()
    {
        EngineOptions opts = options({});
        opts.database->url = "sqlite:/proc/nowhere/cache.db";
        const auto engine = Engine::start(opts);
        QVERIFY(!engine);
        QCOMPARE(engine.error().code, ErrorCode::Io);
        QVERIFY(engine.error().message.find("/proc/nowhere") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
