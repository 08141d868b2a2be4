// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "sources/social/providerbody.h"
#include "sources/social/xclient.h"
#include "support/manualclock.h"
#include "support/scriptedtransport.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

const QByteArray emptyResult = json("{'meta':{'result_count':0}}");
const QByteArray oneTweet
    = json("{'data':[{'id':'1578516068309794817','text':'$AAPL to the moon'}],'meta':{'result_count':1}}");
const QByteArray badOperator = json(
    "{'errors':[{'parameters':{'query':['$AAPL']},'message':'Reference to invalid operator '      R'(cashtag. Operator "
    "is not available in current product or product packaging.'}],'title':'Invalid Request','detail':'One or more "
    "parameters to your request was invalid.','type':'https://api.twitter.com/2/problems/invalid-request'}");

HttpResponse xAnswer(int status, const QByteArray &body, const char *type = "application/json; charset=utf-8")
{
    return {status, {{"content-type", type}}, body, {}};
}

UpstreamOptions xOptions()
{
    UpstreamOptions options;
    options.xBearerToken = QStringLiteral("AAAA%2Fbearer");
    return options;
}

ErrorCode xCodeOf(const Result<std::vector<SocialPost>> &posts)
{
    return posts ? ErrorCode::Internal : posts.error().code;
}

struct XRig {
    ManualClock clock;
    std::shared_ptr<ScriptedTransport> transport = std::make_shared<ScriptedTransport>();
    std::shared_ptr<XClient> client;
    const QString path = QStringLiteral("/2/tweets/search/recent");

    explicit XRig(const UpstreamOptions &options = xOptions()) :
        client(std::make_shared<XClient>(options, transport, clock))
    {}
    void answer(int status, const QByteArray &body,
        const QList<QPair<QByteArray, QByteArray>> &headers = {{"content-type", "application/json; charset=utf-8"}})
    {
        transport->answer(path, status, body, headers);
    }
    Result<std::vector<SocialPost>> search()
    {
        Result<std::vector<SocialPost>> got = fail(ErrorCode::Internal, "not answered");
        client->search(QStringLiteral("$AAPL -is:retweet lang:en"), QStringLiteral("\"AAPL\" stock"),
            [&](Result<std::vector<SocialPost>> posts) { got = std::move(posts); });
        return got;
    }
    QString lastQuery() const { return ScriptedTransport::queryItem(transport->last(path), QStringLiteral("query")); }
};

} // namespace

class TestXClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fieldsAreRead()
    {
        const auto page = decodeXSearch(xAnswer(200,
            json("{'data':[{'id':'1578516068309794817','text':'\\ud83d\\ude80 &lt;3 $AAPL &amp;amp; "
                 "$tsla','created_at':'2022-10-07T22:43:19.000Z','public_metrics':{'retweet_count':2,'reply_count':3,'"
                 "like_count':5,'quote_count':7,'impression_count':1000},'entities':{'cashtags':[{'start':8,'end':13,'"
                 "tag':'AAPL'},{'start':24,'end':29}]}},{'id':'9223372036854775807','text':'bare','edit_history_tweet_"
                 "ids':['9223372036854775807'],'entities':null}],'meta':{'result_count':2,'next_token':'"
                 "b26v89c19zqg8o3f'}}")));
        QVERIFY(page);
        QCOMPARE(page->posts.size(), std::size_t(2));
        const SocialPost &first = page->posts[0];
        QCOMPARE(first.id, QStringLiteral("1578516068309794817"));
        QCOMPARE(first.text, QStringLiteral("🚀 <3 $AAPL &amp; $tsla"));
        QCOMPARE(first.created->toString(Qt::ISODate), QStringLiteral("2022-10-07T22:43:19Z"));
        QCOMPARE(first.likes, 5);
        QCOMPARE(first.replies, 3);
        QCOMPARE(first.shares, 9);
        // Offsets count code points, one for the rocket, of the text as it was sent.
        QCOMPARE(first.cashtags, (QStringList{QStringLiteral("AAPL"), QStringLiteral("TSLA")}));
        QCOMPARE(page->posts[1].id, QStringLiteral("9223372036854775807"));
        QVERIFY(!page->posts[1].created);
        QCOMPARE(page->next, QStringLiteral("b26v89c19zqg8o3f"));
        QCOMPARE(page->partialErrors, 0);
    }
    void wrongOffsetsAreHarmless()
    {
        const auto page = decodeXSearch(xAnswer(200,
            json("{'data':[{'id':'1','text':'$A','entities':{'cashtags':[{'start':-9,'end':99},{'start':1e300,'end':2},"
                 "{'start':1,'end':0},{'start':0,'end':2},7,null]}}]}")));
        QVERIFY(page);
        QCOMPARE(page->posts[0].cashtags, QStringList{QStringLiteral("A")});
    }
    void emptyResultHasNoData()
    {
        const auto page = decodeXSearch(xAnswer(200, emptyResult));
        QVERIFY(page);
        QVERIFY(page->posts.empty() && page->next.isEmpty());
    }
    void partialErrorsStandBesideData()
    {
        const auto page = decodeXSearch(xAnswer(200,
            json("{'data':[{'id':'1','text':'x'}],'errors':[{'title':'Forbidden'},{'title':'Not Found "
                 "Error'}],'meta':{'result_count':1}}")));
        QVERIFY(page);
        QCOMPARE(page->posts.size(), std::size_t(1));
        QCOMPARE(page->partialErrors, 2);
    }
    void entitiesAreUndoneOnce()
    {
        QCOMPARE(withoutHtmlEntities(QStringLiteral("a &amp;lt; b &#39;c&#x27; &bogus; & ; &#xD800; &#99999999; &gt")),
            QStringLiteral("a &lt; b 'c' &bogus; & ; &#xD800; &#99999999; &gt"));
    }

    void refusalsAreTyped_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, int status, const QByteArray &body, const char *type, ErrorCode code) {
            QTest::newRow(name) << status << body << QByteArray(type) << static_cast<int>(code);
        };
        const char *jsonType = "application/json; charset=utf-8";
        row("401", 401, json("{'title':'Unauthorized','type':'about:blank','status':401,'detail':'Unauthorized'}"),
            jsonType, ErrorCode::Unauthorized);
        row("403", 403,
            json("{'title':'Client Forbidden','reason':'client-not-enrolled','detail':'Appropriate level'}"), jsonType,
            ErrorCode::Unauthorized);
        row("402", 402,
            json("{'title':'CreditsDepleted','detail':'no credits','type':'https://api.x.com/2/problems/credits'}"),
            jsonType, ErrorCode::RateLimited);
        row("400", 400, badOperator, jsonType, ErrorCode::InvalidArgument);
        row("404 page", 404, "<!DOCTYPE html><html></html>", "text/html", ErrorCode::BadResponse);
        row("429 text", 429, "Rate limit exceeded\n", "text/plain;charset=utf-8", ErrorCode::RateLimited);
        row("429 json", 429, json("{'title':'Too Many Requests','detail':'Too Many Requests','status':429}"), jsonType,
            ErrorCode::RateLimited);
        row("503", 503, json("{'title':'Service Unavailable','status':503}"), jsonType, ErrorCode::UpstreamError);
        row("200 page", 200, "<html>", "text/html", ErrorCode::BadResponse);
        row("200 text", 200, "Rate limit exceeded\n", "text/plain", ErrorCode::BadResponse);
        row("200 cut", 200, json("{'data':[{'id':'15"), jsonType, ErrorCode::BadResponse);
        row("200 errors only", 200, json("{'errors':[{'title':'Not Found Error','detail':'no such thing'}]}"), jsonType,
            ErrorCode::BadResponse);
        row("200 nothing", 200, "{}", jsonType, ErrorCode::BadResponse);
        row("200 one object", 200, json("{'data':{'id':'1','text':'x'}}"), jsonType, ErrorCode::BadResponse);
        row("200 counts", 200, json("{'data':[{'end':'2021','start':'2021','tweet_count':26}],'meta':{}}"), jsonType,
            ErrorCode::BadResponse);
    }
    void refusalsAreTyped()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, type);
        QFETCH(int, code);
        const auto page = decodeXSearch(xAnswer(status, body, type.constData()));
        QVERIFY(!page);
        QCOMPARE(static_cast<int>(page.error().code), code);
        QVERIFY(!page.error().message.empty() && !page.error().hint.empty());
        QVERIFY(page.error().toString().find('\n') == std::string::npos);
    }

    void searchIsAskedAsXWants()
    {
        XRig rig;
        rig.answer(200, oneTweet);
        const auto posts = rig.search();
        QVERIFY(posts);
        QCOMPARE(posts->size(), std::size_t(1));
        const HttpRequest &request = rig.transport->last(rig.path);
        QCOMPARE(request.url.host(), QStringLiteral("api.x.com"));
        QVERIFY(request.url.toEncoded().contains("query=%24AAPL%20-is%3Aretweet%20lang%3Aen&"));
        QCOMPARE(ScriptedTransport::queryItem(request, QStringLiteral("max_results")), QStringLiteral("100"));
        QCOMPARE(ScriptedTransport::queryItem(request, QStringLiteral("tweet.fields")),
            QStringLiteral("created_at,public_metrics,entities"));
        // 24 hours before the clock's 2026-02-02T02:40:00Z.
        QCOMPARE(ScriptedTransport::queryItem(request, QStringLiteral("start_time")),
            QStringLiteral("2026-02-01T02:40:00Z"));
        QCOMPARE(ScriptedTransport::header(request, "authorization"), QByteArray("Bearer AAAA%2Fbearer"));
    }
    void refusedOperatorFallsBackToKeywords()
    {
        XRig rig;
        rig.answer(400, badOperator);
        rig.answer(200, oneTweet);
        QVERIFY(rig.search());
        QCOMPARE(rig.transport->requests.size(), std::size_t(2));
        QCOMPARE(rig.lastQuery(), QStringLiteral("\"AAPL\" stock"));
        QVERIFY(rig.search());
        QCOMPARE(rig.transport->requests.size(), std::size_t(3));
        QCOMPARE(rig.lastQuery(), QStringLiteral("\"AAPL\" stock"));
    }
    void refusalOfBothFormsIsTheError()
    {
        XRig rig;
        rig.answer(400, badOperator);
        QCOMPARE(xCodeOf(rig.search()), ErrorCode::InvalidArgument);
        QCOMPARE(rig.transport->requests.size(), std::size_t(2));
        rig.transport->forget();
        rig.answer(200, emptyResult);
        QVERIFY(rig.search());
        QCOMPARE(rig.lastQuery(), QStringLiteral("$AAPL -is:retweet lang:en"));
    }

    void quotaResetIsAnEpochAndTheDateSaysUtc()
    {
        XRig rig;
        // The provider's clock is years behind ours: only its own Date makes sense of the reset.
        rig.answer(200, emptyResult,
            {{"date", "Fri, 07 Oct 2022 22:43:19 UTC"}, {"x-rate-limit-limit", "450"},
                {"x-rate-limit-remaining", "448"}, {"x-rate-limit-reset", "1665183229"}});
        QVERIFY(rig.search());
        const SourceStatus status = rig.client->status();
        QCOMPARE(status.callsLeft.value(), 448);
        QCOMPARE(status.quotaRemaining.value(), 448.0 / 450);
        QCOMPARE(status.quotaResetIn->count(), 630'000);
    }
    void rateLimitInPlainTextIsObeyed()
    {
        XRig rig;
        rig.answer(429, "Rate limit exceeded\n",
            {{"content-type", "text/plain;charset=utf-8"}, {"date", "Fri, 25 Jun 2021 11:40:23 UTC"},
                {"x-rate-limit-limit", "75"}, {"x-rate-limit-reset", "1624621837"}, {"x-rate-limit-remaining", "0"}});
        rig.answer(200, emptyResult);
        const auto posts = rig.search();
        QCOMPARE(xCodeOf(posts), ErrorCode::RateLimited);
        QCOMPARE(posts.error().retryAfterMs, 614'000);
        rig.clock.advance(613s);
        QCOMPARE(xCodeOf(rig.search()), ErrorCode::RateLimited);
        QCOMPARE(rig.transport->requests.size(), std::size_t(1));
        rig.clock.advance(1s);
        QVERIFY(rig.search());
    }
    void usedUpAccountsKeepQuietForADay_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("credits") << 402 << QByteArray(json("{'title':'CreditsDepleted','detail':'no credits'}"));
        QTest::newRow("cap") << 429
                             << QByteArray(
                                    json("{'account_id':1,'product_name':'standard-basic','title':'UsageCapExceeded','"
                                         "period':'Monthly','scope':'Product','detail':'Usage cap exceeded: Monthly "
                                         "product cap','type':'https://api.twitter.com/2/problems/usage-capped'}"));
    }
    void usedUpAccountsKeepQuietForADay()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        XRig rig;
        rig.answer(status, body);
        rig.answer(200, emptyResult);
        const auto posts = rig.search();
        QCOMPARE(xCodeOf(posts), ErrorCode::RateLimited);
        QCOMPARE(posts.error().retryAfterMs, toMillis(24h));
        rig.clock.advance(24h - 1s);
        QCOMPARE(xCodeOf(rig.search()), ErrorCode::RateLimited);
        QCOMPARE(rig.transport->requests.size(), std::size_t(1));
        rig.clock.advance(1s);
        QVERIFY(rig.search());
    }
    void refusedTokenKeepsQuietForGood()
    {
        XRig rig;
        rig.answer(401, json("{'title':'Unauthorized','type':'about:blank','status':401,'detail':'Unauthorized'}"));
        const auto posts = rig.search();
        QCOMPARE(xCodeOf(posts), ErrorCode::Unauthorized);
        QVERIFY(posts.error().toString().find("bearer") == std::string::npos
            || posts.error().toString().find("AAAA") == std::string::npos);
        rig.clock.advance(24h);
        QCOMPARE(xCodeOf(rig.search()), ErrorCode::Unauthorized);
        QCOMPARE(rig.transport->requests.size(), std::size_t(1));
    }
    void outageIsNotKept()
    {
        XRig rig;
        rig.transport->answer(rig.path, fail(ErrorCode::Timeout, "no answer in time"));
        rig.answer(503, "");
        rig.answer(200, emptyResult);
        QCOMPARE(xCodeOf(rig.search()), ErrorCode::Timeout);
        QCOMPARE(xCodeOf(rig.search()), ErrorCode::UpstreamError);
        QVERIFY(rig.search());
    }

    void withoutATokenNothingIsSent()
    {
        XRig rig{UpstreamOptions()};
        QCOMPARE(xCodeOf(rig.search()), ErrorCode::Unconfigured);
        QVERIFY(rig.transport->requests.empty());
    }
    void closingCancels()
    {
        XRig rig;
        rig.answer(200, emptyResult);
        rig.transport->holding = true;
        ErrorCode code = ErrorCode::Internal;
        rig.client->search(QStringLiteral("a"), QStringLiteral("a"), [&](const auto &posts) { code = xCodeOf(posts); });
        rig.client->close();
        rig.transport->close();
        QCOMPARE(code, ErrorCode::Cancelled);
        QCOMPARE(xCodeOf(rig.search()), ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestXClient)
#include "tst_xclient.moc"
