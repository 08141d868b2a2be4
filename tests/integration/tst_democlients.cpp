// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>
#include <set>

#include <insitecache/cache/engine.h>
#include <insitecache/monitor/workload.h>
#include <insitecache/sources/demoupstream.h>
#include <insitecache/sources/upstreams.h>
#include <insitecache/sources/values.h>

#include <QTemporaryDir>

#include "monitor/workloadkeys.h"
#include "support/await.h"
#include "support/manualclock.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

DemoUpstreamOptions quick()
{
    DemoUpstreamOptions options;
    options.behaviour.latency = 0ms;
    return options;
}

/// The demo upstream with the real clients in front of it.
struct Rig {
    ManualClock clock;
    std::unique_ptr<DemoUpstream> demo;
    std::unique_ptr<Source> source;

    explicit Rig(const DemoUpstreamOptions &options = quick()) :
        demo(std::move(DemoUpstream::start(options, clock).value())),
        source(std::move(makeUpstreamSource(demo->upstreamOptions(), clock).value()))
    {}
    std::vector<Fetched> fetch(const std::vector<CacheKey> &keys)
    {
        return await<std::vector<Fetched>>([&](Source::Done done) { source->fetch(keys, std::move(done)); });
    }
    Fetched fetch(const char *key) { return fetch(std::vector{CacheKey::parse(key).value()}).at(0); }

    template <class Value>
    Value value(const char *key)
    {
        const Fetched fetched = fetch(key);
        if (!fetched.payload)
            throw std::runtime_error(fetched.payload.error().toString());
        return Value::fromCbor(QCborValue::fromCbor(QByteArray::fromStdString(*fetched.payload))).value();
    }
    SourceStatus status(const char *name) const
    {
        for (const SourceStatus &status : source->status()) {
            if (status.name == name)
                return status;
        }
        throw std::runtime_error("no such provider");
    }
};

} // namespace

class TestDemoClients : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quotesComeWhole()
    {
        Rig rig;
        const auto samsung = rig.value<Quote>("stock:005930.KS");
        QCOMPARE(samsung.name, QStringLiteral("Samsung Electronics Co., Ltd."));
        QCOMPARE(samsung.currency, QStringLiteral("KRW"));
        QCOMPARE(samsung.timezone, QStringLiteral("Asia/Seoul"));
        QVERIFY(*samsung.price > 20'000 && *samsung.price < 300'000);
        QCOMPARE(*samsung.change, *samsung.price - *samsung.previousClose);
        QVERIFY(std::abs(*samsung.changePercent - *samsung.change / *samsung.previousClose * 100) < 1e-6);
        QCOMPARE(samsung.delayMinutes.value_or(0), 20);
        const auto index = rig.value<Quote>("stock:^GSPC");
        QCOMPARE(index.name, QStringLiteral("S&P 500"));
        QVERIFY(samsung.time && index.time && !index.marketState.isEmpty());
    }

    void unknownAndDelistedSymbolsAreNotFound()
    {
        Rig rig;
        for (const char *key : {"stock:NOSUCH", "stock:TWTR", "history:NOSUCH:1mo:1d"}) {
            const Fetched fetched = rig.fetch(key);
            QVERIFY2(!fetched.payload, key);
            QCOMPARE(fetched.payload.error().code, ErrorCode::NotFound);
        }
    }

    void manySymbolsCostOneCall()
    {
        Rig rig;
        std::vector<CacheKey> keys;
        for (std::size_t i = 0; i < 30; ++i)
            keys.push_back(CacheKey::make("stock", listedSymbols()[i].symbol.toStdString()).value());
        const auto fetched = rig.fetch(keys);
        QVERIFY(
            std::all_of(fetched.begin(), fetched.end(), [](const Fetched &one) { return one.payload.has_value(); }));
        QVERIFY2(rig.status("yahoo").requests <= 4, "a crumb and one or two calls");
    }

    void historyAgreesWithTheQuote_data()
    {
        QTest::addColumn<QString>("key");
        for (const char *key : {"history:AAPL:1mo:1d", "history:005930.KS:5d:1h", "history:^KS11:1y:1wk",
                 "history:AAPL:1d:1m", "history:BRK-B:max:1mo"})
            QTest::newRow(key) << QString::fromLatin1(key);
    }
    void historyAgreesWithTheQuote()
    {
        QFETCH(QString, key);
        Rig rig;
        const auto history = rig.value<History>(qPrintable(key));
        const auto quote = rig.value<Quote>(qPrintable(QStringLiteral("stock:") + key.section(u':', 1, 1)));
        QVERIFY(history.bars.size() > 3);
        QCOMPARE(history.currency, quote.currency);
        QCOMPARE(history.bars.back().close, *quote.price);
        for (const Bar &bar : history.bars)
            QVERIFY(bar.low <= bar.open && bar.low <= bar.close && bar.high >= bar.open && bar.high >= bar.close);
    }

    void searchKnowsKorean()
    {
        Rig rig;
        const auto found = rig.value<SearchResult>("search:삼성");
        QVERIFY(found.matches.size() >= 5);
        QCOMPARE(found.matches.front().symbol, QStringLiteral("005930.KS"));
        QVERIFY(rig.value<SearchResult>("search:zzqqxx").matches.empty());
    }

    void trendingIsThereForKorea()
    {
        Rig rig;
        const auto trending = rig.value<Trending>("trending:KR");
        QVERIFY(trending.symbols.size() >= 5);
        for (const TrendingSymbol &one : trending.symbols)
            QVERIFY(one.symbol.endsWith(QStringLiteral(".KS")) || one.symbol.endsWith(QStringLiteral(".KQ")));
    }

    void sentimentComesFromBothProviders_data()
    {
        QTest::addColumn<QString>("symbol");
        for (const char *symbol : {"AAPL", "BRK-B", "005930.KS", "035420.KS", "V", "CAT", "^GSPC", "247540.KQ", "SPY"})
            QTest::newRow(symbol) << QString::fromLatin1(symbol);
    }
    void sentimentComesFromBothProviders()
    {
        QFETCH(QString, symbol);
        Rig rig;
        const auto sentiment = rig.value<Sentiment>(qPrintable(QStringLiteral("sentiment:") + symbol));
        QVERIFY2(sentiment.reddit.posts > 0, qPrintable(symbol));
        QVERIFY2(sentiment.x.posts > 0, qPrintable(symbol));
        QVERIFY(sentiment.score >= -1 && sentiment.score <= 1);
        QCOMPARE(sentiment.posts, sentiment.reddit.posts + sentiment.x.posts);
    }

    // If a demo's words did not reach the scorer, every symbol would be grey.
    void sentimentDiffersBetweenSymbolsAndDays()
    {
        Rig rig;
        double lowest = 1, highest = -1;
        std::set<double> scores;
        for (const char *key : {"sentiment:AAPL", "sentiment:TSLA", "sentiment:NVDA", "sentiment:MSFT",
                 "sentiment:META", "sentiment:AMZN", "sentiment:005930.KS", "sentiment:000660.KS"}) {
            const double score = rig.value<Sentiment>(key).score;
            scores.insert(score);
            lowest = std::min(lowest, score);
            highest = std::max(highest, score);
        }
        QVERIFY2(scores.size() == 8 && highest - lowest > 0.2, qPrintable(QString::number(highest - lowest)));
        const double today = rig.value<Sentiment>("sentiment:AAPL").score;
        rig.clock.advance(72h);
        QVERIFY(rig.value<Sentiment>("sentiment:AAPL").score != today);
    }

    void everyListedSymbolHasAQuote()
    {
        Rig rig;
        std::vector<CacheKey> keys;
        for (const ListedSymbol &listed : listedSymbols())
            keys.push_back(CacheKey::make("stock", listed.symbol.toStdString()).value());
        for (const Fetched &one : rig.fetch(keys))
            QVERIFY2(one.payload, one.key.text().c_str());
    }

    void theWorkloadAsksForNothingUnknown()
    {
        Rig rig;
        const WorkloadKeys keys(listedSymbols());
        std::vector<CacheKey> asked;
        for (std::uint64_t rank = 1; rank < 20'000; rank += 397) {
            asked.push_back(keys.stock(rank));
            asked.push_back(keys.search(rank));
        }
        for (std::uint64_t rank = 1; rank <= 10; ++rank)
            asked.push_back(WorkloadKeys::trending(rank));
        for (const Fetched &one : rig.fetch(asked)) {
            QVERIFY2(one.payload, one.key.text().c_str());
            const auto value = QCborValue::fromCbor(QByteArray::fromStdString(*one.payload));
            if (one.key.type() == "search")
                QVERIFY2(!SearchResult::fromCbor(value)->matches.empty(), one.key.text().c_str());
        }
    }

    void anOldCrumbIsRenewedWithoutAWord()
    {
        Rig rig;
        rig.value<Quote>("stock:AAPL");
        rig.clock.advance(48h);
        rig.value<Quote>("stock:AAPL");
        QCOMPARE(rig.status("yahoo").clientErrors, 1u);
    }

    void anOldTokenIsRenewedWithoutAWord()
    {
        Rig rig;
        QVERIFY(rig.value<Sentiment>("sentiment:AAPL").reddit.posts > 0);
        rig.clock.advance(2h);
        QVERIFY(rig.value<Sentiment>("sentiment:AAPL").reddit.posts > 0);
    }

    void outagesAreUpstreamErrors()
    {
        Rig rig;
        rig.value<Quote>("stock:AAPL");
        DemoBehaviour broken = rig.demo->behaviour();
        broken.errorRate = 1;
        rig.demo->setBehaviour(broken);
        for (const char *key : {"stock:AAPL", "search:apple", "sentiment:AAPL"}) {
            const Fetched fetched = rig.fetch(key);
            QVERIFY2(!fetched.payload, key);
            QCOMPARE(fetched.payload.error().code, ErrorCode::UpstreamError);
        }
        broken.errorRate = 0;
        rig.demo->setBehaviour(broken);
        QVERIFY(rig.fetch("stock:AAPL").payload);
    }

    void rateLimitsAreUnderstood()
    {
        Rig rig;
        rig.value<Quote>("stock:AAPL");
        rig.value<Sentiment>("sentiment:AAPL");
        DemoBehaviour limited = rig.demo->behaviour();
        limited.rateLimit = true;
        rig.demo->setBehaviour(limited);
        for (const char *key : {"stock:AAPL", "sentiment:AAPL"}) {
            const Fetched fetched = rig.fetch(key);
            QVERIFY2(!fetched.payload, key);
            QCOMPARE(fetched.payload.error().code, ErrorCode::RateLimited);
        }
        for (const char *provider : {"yahoo", "reddit", "x"})
            QVERIFY2(rig.status(provider).frozenFor, provider);
        limited.rateLimit = false;
        rig.demo->setBehaviour(limited);
        rig.clock.advance(16min);
        QVERIFY(rig.fetch("stock:AAPL").payload);
        QVERIFY(rig.fetch("sentiment:AAPL").payload);
    }

    // The crumb endpoint refuses in plain text, which must never become a crumb.
    void aRateLimitedLoginIsNoCrumb()
    {
        DemoUpstreamOptions options = quick();
        options.behaviour.rateLimit = true;
        Rig rig(options);
        QCOMPARE(rig.fetch("stock:AAPL").payload.error().code, ErrorCode::RateLimited);
        DemoBehaviour fine = rig.demo->behaviour();
        fine.rateLimit = false;
        rig.demo->setBehaviour(fine);
        rig.clock.advance(16min);
        QVERIFY(rig.fetch("stock:AAPL").payload);
    }

    void quotasAreTold()
    {
        Rig rig;
        rig.value<Sentiment>("sentiment:AAPL");
        for (const char *provider : {"reddit", "x"}) {
            const SourceStatus status = rig.status(provider);
            QVERIFY2(status.callsLeft && *status.callsLeft > 9'000, provider);
            QVERIFY(status.quotaRemaining && *status.quotaRemaining > 0.99);
            QVERIFY(status.quotaResetIn && *status.quotaResetIn <= 15min);
        }
    }

    void twoProcessesSeeOneMarket()
    {
        Rig one, two;
        QCOMPARE(*one.fetch("stock:TSLA").payload, *two.fetch("stock:TSLA").payload);
        QCOMPARE(*one.fetch("sentiment:TSLA").payload, *two.fetch("sentiment:TSLA").payload);
        DemoUpstreamOptions other = quick();
        other.seed = 43;
        Rig three(other);
        QVERIFY(*one.fetch("stock:TSLA").payload != *three.fetch("stock:TSLA").payload);
    }

    void demoUsersAreStoredOnce()
    {
        QTemporaryDir dir;
        EngineOptions options;
        DatabaseTierOptions database;
        database.url = "sqlite:" + dir.filePath(QStringLiteral("cache.db")).toStdString();
        options.database = database;
        auto engine = std::move(Engine::start(options).value());
        const CacheKey own = CacheKey::parse("user:7").value();
        QVERIFY(engine->write(own, QCborValue(QStringLiteral("mine")).toCbor().toStdString(), "test").result());
        QCOMPARE(seedDemoPreferences(*engine).result().value(), demoUserCount - 1);
        QCOMPARE(seedDemoPreferences(*engine).result().value(), 0);
        const auto found = engine->lookup({own, WorkloadKeys::user(8)}).result();
        QCOMPARE(found[0].entry->payload(), QCborValue(QStringLiteral("mine")).toCbor().toStdString());
        const auto value = QCborValue::fromCbor(QByteArray::fromStdString(std::string(found[1].entry->payload())));
        QCOMPARE(value[QStringLiteral("watchlist")].toArray().size(), 5);
        QCOMPARE(engine->metrics().totals().all.lookups, 2u);
    }

    void demoUsersNeedADatabaseThatMayBeWritten()
    {
        EngineOptions options;
        auto without = std::move(Engine::start(options).value());
        QCOMPARE(seedDemoPreferences(*without).result().error().code, ErrorCode::Unavailable);
        options.readOnly = true;
        auto readOnly = std::move(Engine::start(options).value());
        QCOMPARE(seedDemoPreferences(*readOnly).result().error().code, ErrorCode::Refused);
    }
};

QTEST_GUILESS_MAIN(TestDemoClients)
#include "tst_democlients.moc"
