// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTest>

#include <insitecache/sources/upstreams.h>
#include <insitecache/sources/values.h>

#include "sources/social/sentimentsource.h"
#include "sources/social/socialsentimentsource.h"
#include "support/manualclock.h"
#include "support/scriptedtransport.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

const QString redditSearch = QStringLiteral("/search");
const QString xSearch = QStringLiteral("/tweets/search/recent");
const QString tokenPath = QStringLiteral("/access_token");

QByteArray redditSays(const QByteArray &title, int score = 0)
{
    return json("{'kind':'Listing','data':{'after':null,'children':[{'kind':'t3','data':{'name':'t3_a','title':'")
        + title + json("','score':") + QByteArray::number(score) + "}}]}}";
}

QByteArray xSays(const QByteArray &text)
{
    return json("{'data':[{'id':'1','text':'") + text + json("'}],'meta':{'result_count':1}}");
}

UpstreamOptions bothConfigured()
{
    UpstreamOptions options;
    options.redditClientId = QStringLiteral("id");
    options.redditClientSecret = QStringLiteral("secret");
    options.xBearerToken = QStringLiteral("bearer");
    return options;
}

struct SourceRig {
    ManualClock clock;
    std::shared_ptr<ScriptedTransport> transport = std::make_shared<ScriptedTransport>();
    std::unique_ptr<SocialSentimentSource> source;

    explicit SourceRig(const UpstreamOptions &options = bothConfigured()) :
        source(std::make_unique<SocialSentimentSource>(options, transport, clock, [](const QString &symbol) {
            return symbol == QStringLiteral("AAPL") ? CompanyNames{QStringLiteral("Apple Inc."), {}} : CompanyNames{};
        }))
    {
        transport->answer(tokenPath, 200, json("{'access_token':'t','expires_in':3600}"));
    }
    std::vector<Fetched> fetch(const std::vector<const char *> &keys)
    {
        std::vector<CacheKey> asked;
        for (const char *key : keys)
            asked.push_back(CacheKey::parse(key).value());
        std::vector<Fetched> got;
        int times = 0;
        source->fetch(asked, [&](std::vector<Fetched> fetched) {
            got = std::move(fetched);
            ++times;
        });
        return times == 1 ? got : std::vector<Fetched>();
    }
    Fetched fetchOne(const char *key = "sentiment:AAPL") { return fetch({key}).at(0); }
};

Sentiment sentimentOf(const Fetched &fetched)
{
    const QByteArray bytes = QByteArray::fromStdString(fetched.payload.value());
    return Sentiment::fromCbor(QCborValue::fromCbor(bytes)).value();
}

ErrorCode errorOf(const Fetched &fetched)
{
    return fetched.payload ? ErrorCode::Internal : fetched.payload.error().code;
}

} // namespace

class TestSentimentSource : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bothProvidersAreJoined()
    {
        SourceRig rig;
        rig.transport->answer(xSearch, 200, xSays("$AAPL is terrible"));
        rig.transport->answer(redditSearch, 200, redditSays("Apple is great", 99));
        const Fetched fetched = rig.fetchOne();
        QCOMPARE(fetched.origin, std::string("reddit+x"));
        const Sentiment sentiment = sentimentOf(fetched);
        QCOMPARE(sentiment.symbol, QStringLiteral("AAPL"));
        QCOMPARE(sentiment.posts, 2);
        QCOMPARE(sentiment.positive, 1);
        QCOMPARE(sentiment.negative, 1);
        QVERIFY(sentiment.reddit.score > 0.3 && sentiment.x.score < -0.3);
        // A hundred people liked the good one.
        QVERIFY(sentiment.score > 0.2);
        QCOMPARE(sentiment.window, QStringLiteral("24h"));
    }
    void lowerCaseIsTheSameSymbol()
    {
        SourceRig rig;
        rig.transport->answer(xSearch, 200, xSays("$AAPL is great"));
        rig.transport->answer(redditSearch, 200, redditSays("Apple is great"));
        const Fetched fetched = rig.fetchOne("sentiment:aapl");
        QCOMPARE(fetched.key.text(), std::string("sentiment:aapl"));
        QCOMPARE(sentimentOf(fetched).symbol, QStringLiteral("AAPL"));
        QCOMPARE(sentimentOf(fetched).posts, 2);
    }
    void oneFailingLeavesTheOther()
    {
        SourceRig rig;
        rig.transport->answer(xSearch, 503, "");
        rig.transport->answer(redditSearch, 200, redditSays("Apple is great"));
        const Fetched fetched = rig.fetchOne();
        QCOMPARE(fetched.origin, std::string("reddit"));
        QCOMPARE(sentimentOf(fetched).posts, 1);
        QCOMPARE(sentimentOf(fetched).x.posts, 0);
        const std::vector<SourceStatus> status = rig.source->status();
        QCOMPARE(status.size(), std::size_t(2));
        QCOMPARE(status[0].name, std::string("reddit"));
        QVERIFY(status[0].lastError.empty());
        QCOMPARE(status[1].name, std::string("x"));
        QCOMPARE(status[1].serverErrors, 1u);
        QVERIFY(!status[1].lastError.empty());
    }
    void oneUnconfiguredLeavesTheOther()
    {
        UpstreamOptions options;
        options.xBearerToken = QStringLiteral("bearer");
        SourceRig rig(options);
        rig.transport->answer(xSearch, 200, xSays("$AAPL is great"));
        const Fetched fetched = rig.fetchOne();
        QCOMPARE(fetched.origin, std::string("x"));
        QCOMPARE(sentimentOf(fetched).posts, 1);
        QVERIFY(!rig.source->status()[0].configured);
        rig.transport->forget();
        rig.transport->answer(xSearch, 503, "");
        QCOMPARE(errorOf(rig.fetchOne()), ErrorCode::UpstreamError);
    }
    void bothFailingIsTheMoreUsefulError()
    {
        SourceRig rig;
        rig.transport->answer(xSearch, 401, json("{'title':'Unauthorized','status':401}"));
        rig.transport->answer(redditSearch, 503, "");
        const Fetched fetched = rig.fetchOne();
        QCOMPARE(errorOf(fetched), ErrorCode::Unauthorized);
        QVERIFY(fetched.payload.error().message.find("(and Reddit: upstream-error)") != std::string::npos);
        QVERIFY(!fetched.payload.error().hint.empty());
    }
    void quotaComesBeforeOutage()
    {
        SourceRig rig;
        rig.transport->answer(xSearch, fail(ErrorCode::Timeout, "no answer in time"));
        rig.transport->answer(redditSearch, 429, "", {{"retry-after", "4"}});
        const Fetched fetched = rig.fetchOne();
        QCOMPARE(errorOf(fetched), ErrorCode::RateLimited);
        QCOMPARE(fetched.payload.error().retryAfterMs, 4000);
        QVERIFY(fetched.payload.error().message.find("(and X: timeout)") != std::string::npos);
    }
    void noneConfiguredSaysWhatToDo()
    {
        SourceRig rig{UpstreamOptions()};
        const Fetched fetched = rig.fetchOne();
        QCOMPARE(errorOf(fetched), ErrorCode::Unconfigured);
        QVERIFY(fetched.payload.error().hint.find("client id") != std::string::npos);
        QVERIFY(rig.transport->requests.empty());
    }
    void noPostsAreAValue()
    {
        SourceRig rig;
        rig.transport->answer(xSearch, 200, json("{'meta':{'result_count':0}}"));
        rig.transport->answer(redditSearch, 200, redditSays("TSLA is great"));
        const Sentiment sentiment = sentimentOf(rig.fetchOne());
        QCOMPARE(sentiment.posts, 0);
        QCOMPARE(sentiment.score, 0.0);
    }
    void whatIsNoSymbolIsNotAsked()
    {
        SourceRig rig;
        QCOMPARE(errorOf(rig.fetchOne("sentiment:AAPL OR secrets")), ErrorCode::InvalidArgument);
        QVERIFY(rig.transport->requests.empty());
    }
    void aNameIsAskedForAndMatched()
    {
        SourceRig rig;
        rig.transport->answer(xSearch, 400, json("{'title':'Invalid Request'}"));
        rig.transport->answer(xSearch, 200, xSays("apple is great"));
        rig.transport->answer(redditSearch, 200, redditSays("Apple is great"));
        QCOMPARE(sentimentOf(rig.fetchOne()).posts, 2);
        QCOMPARE(ScriptedTransport::queryItem(rig.transport->last(xSearch), QStringLiteral("query")),
            QStringLiteral("(\"AAPL\" OR \"Apple\") stock -is:retweet lang:en"));
        QCOMPARE(ScriptedTransport::queryItem(rig.transport->last(QStringLiteral("/r/")), QStringLiteral("q")),
            QStringLiteral("\"$AAPL\" OR \"AAPL\" OR \"Apple\""));
    }

    void manyAreAnsweredInOrder()
    {
        SourceRig rig;
        rig.transport->answer(xSearch, 200, xSays("$AAPL is great"));
        rig.transport->answer(redditSearch, 200, redditSays("$MSFT is terrible"));
        const auto fetched
            = rig.fetch({"sentiment:MSFT", "sentiment:not a symbol", "sentiment:AAPL", "sentiment:MSFT"});
        QCOMPARE(fetched.size(), std::size_t(4));
        QCOMPARE(sentimentOf(fetched[0]).reddit.posts, 1);
        QCOMPARE(sentimentOf(fetched[0]).x.posts, 0);
        QCOMPARE(errorOf(fetched[1]), ErrorCode::InvalidArgument);
        QCOMPARE(sentimentOf(fetched[2]).x.posts, 1);
        QCOMPARE(fetched[3].key.text(), std::string("sentiment:MSFT"));
        QCOMPARE(rig.fetch({}).size(), std::size_t(0));
    }
    void fourAtATimeSoThatARefusalStopsTheRest()
    {
        SourceRig rig;
        rig.transport->answer(xSearch, 429, "Rate limit exceeded\n");
        rig.transport->answer(redditSearch, 429, "<html>");
        rig.transport->holding = true;
        std::vector<CacheKey> keys;
        for (int i = 0; i < 20; ++i)
            keys.push_back(CacheKey::make("sentiment", "SYM" + std::to_string(i)).value());
        std::vector<Fetched> got;
        rig.source->fetch(keys, [&](std::vector<Fetched> fetched) { got = std::move(fetched); });
        QCOMPARE(rig.transport->count(xSearch), 4);
        rig.transport->release();
        QCOMPARE(got.size(), std::size_t(20));
        for (const Fetched &fetched : got)
            QCOMPARE(errorOf(fetched), ErrorCode::RateLimited);
        QCOMPARE(rig.transport->count(xSearch), 4);
        QCOMPARE(rig.transport->count(QStringLiteral("/r/")), 4);
    }
    void thousandsDoNotExhaustTheStack()
    {
        SourceRig rig;
        rig.transport->answer(xSearch, 200, xSays("x"));
        rig.transport->answer(redditSearch, 200, redditSays("x"));
        const std::vector<CacheKey> keys(5'000, CacheKey::parse("sentiment:AAPL").value());
        std::size_t answered = 0;
        rig.source->fetch(keys, [&](const std::vector<Fetched> &fetched) { answered = fetched.size(); });
        QCOMPARE(answered, keys.size());
    }

    void closingCancelsWhatIsUnderWay()
    {
        SourceRig rig;
        rig.transport->holding = true;
        std::vector<Fetched> got;
        std::vector<CacheKey> keys(9, CacheKey::parse("sentiment:AAPL").value());
        rig.source->fetch(keys, [&](std::vector<Fetched> fetched) { got = std::move(fetched); });
        rig.source->close();
        QCOMPARE(got.size(), std::size_t(9));
        for (const Fetched &fetched : got)
            QCOMPARE(errorOf(fetched), ErrorCode::Cancelled);
        QCOMPARE(errorOf(rig.fetchOne()), ErrorCode::Cancelled);
    }
    void destructionCancelsToo()
    {
        SourceRig rig;
        rig.transport->holding = true;
        ErrorCode code = ErrorCode::Internal;
        rig.source->fetch({CacheKey::parse("sentiment:AAPL").value()},
            [&](const std::vector<Fetched> &fetched) { code = errorOf(fetched.at(0)); });
        rig.source.reset();
        QCOMPARE(code, ErrorCode::Cancelled);
    }
    void recordedPostsAreReadToo()
    {
        const QString folder = qEnvironmentVariable("INSITECACHE_SHARED_DATA",
                                   qEnvironmentVariable("INSITECACHE_SOURCE_DIR") + QStringLiteral("/../shared/data"))
            + QStringLiteral("/upstream");
        if (!QFile::exists(folder + QStringLiteral("/x/index.json")))
            QSKIP("the recordings are not here (INSITECACHE_SHARED_DATA)");
        ManualClock clock;
        const auto source = makeRecordedSource(folder, clock);
        QVERIFY(source);
        std::vector<Fetched> got;
        (*source)->fetch({CacheKey::parse("sentiment:AAPL").value()},
            [&](std::vector<Fetched> fetched) { got = std::move(fetched); });
        QCOMPARE(got.size(), std::size_t(1));
        QCOMPARE(got[0].origin, std::string("reddit+x"));
        // Nobody in the recordings speaks of Apple's stock.
        QCOMPARE(sentimentOf(got[0]).posts, 0);
        (*source)->close();
    }
    void theFactoryServesSentimentOnly()
    {
        ManualClock clock;
        auto transport = std::make_shared<ScriptedTransport>();
        const auto source = makeSentimentSource(bothConfigured(), transport, clock);
        QVERIFY(source->serves("sentiment"));
        QVERIFY(!source->serves("stock") && !source->serves("sentiments"));
        transport->answer(tokenPath, 200, json("{'access_token':'t','expires_in':3600}"));
        source->fetch({CacheKey::parse("sentiment:005930.KS").value()}, [](const auto &) {});
        // The Korean name comes from the list of symbols.
        QVERIFY(ScriptedTransport::queryItem(transport->last(xSearch), QStringLiteral("query"))
                    .contains(QStringLiteral("삼성전자")));
    }
};

QTEST_APPLESS_MAIN(TestSentimentSource)
#include "tst_sentimentsource.moc"
