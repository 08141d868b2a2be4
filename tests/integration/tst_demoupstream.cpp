// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>
#include <QUrlQuery>

#include <cmath>
#include <map>
#include <set>

#include <insitecache/sources/demoupstream.h>

#include "support/manualclock.h"
#include "support/plainhttp.h"
#include "support/shareddata.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

using Headers = PlainHttp::Headers;

/// Where in a body which JSON types stand: `data.children[].data.title` → string.
using Shape = std::map<QString, std::set<QJsonValue::Type>>;

void addShape(Shape &shape, const QString &path, const QJsonValue &value)
{
    shape[path].insert(value.type());
    if (value.isArray()) {
        const QJsonArray items = value.toArray();
        for (const QJsonValue &item : items)
            addShape(shape, path + QStringLiteral("[]"), item);
    }
    const QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member)
        addShape(shape, path + u'.' + member.key(), member.value());
}

/// The union of all recorded bodies of some endpoints with a status.
Shape recordedShape(const QString &provider, const QStringList &endpoints, int status)
{
    Shape shape;
    const QString folder = sharedData(QStringLiteral("upstream/") + provider);
    QFile index(folder + QStringLiteral("/index.json"));
    if (!index.open(QIODevice::ReadOnly))
        return shape;
    const QJsonArray entries = QJsonDocument::fromJson(index.readAll()).array();
    for (const QJsonValue &entry : entries) {
        const QJsonObject one = entry.toObject();
        if (!endpoints.contains(one[QLatin1String("endpoint")].toString())
            || one[QLatin1String("status")].toInt() != status)
            continue;
        QFile body(folder + u'/' + one[QLatin1String("file")].toString());
        if (body.open(QIODevice::ReadOnly))
            addShape(shape, QString(), QJsonDocument::fromJson(body.readAll()).object());
    }
    return shape;
}

struct Rig {
    ManualClock clock;
    std::unique_ptr<DemoUpstream> demo;
    UpstreamOptions urls;
    PlainHttp http;

    explicit Rig(DemoBehaviour behaviour = {0ms, 0, 0, false})
    {
        DemoUpstreamOptions options;
        options.behaviour = behaviour;
        demo = std::move(DemoUpstream::start(options, clock).value());
        urls = demo->upstreamOptions();
    }
    /// `target` is an encoded path and query.
    static QUrl at(const QUrl &base, const QByteArray &target) { return QUrl::fromEncoded(base.toEncoded() + target); }
    PlainAnswer yahoo(const QByteArray &target, const Headers &headers = {})
    {
        return http.get(at(urls.yahooUrl, target), headers);
    }
    PlainAnswer reddit(const QByteArray &target, const QByteArray &token)
    {
        return http.get(at(urls.redditUrl, target), {{"Authorization", "bearer " + token}});
    }
    PlainAnswer x(const QByteArray &target)
    {
        return http.get(at(urls.xUrl, target), {{"Authorization", "Bearer " + urls.xBearerToken.toUtf8()}});
    }
    Headers cookie()
    {
        const PlainAnswer answer = http.get(urls.yahooCookieUrl);
        return {{"Cookie", answer.header("set-cookie").split(';').first()}};
    }
    PlainAnswer quotes(const QByteArray &symbols)
    {
        const Headers login = cookie();
        const QByteArray crumb = yahoo("/v1/test/getcrumb", login).body.toPercentEncoding();
        return yahoo("/v7/finance/quote?symbols=" + symbols + "&crumb=" + crumb, login);
    }
    PlainAnswer askToken(const QByteArray &login, const QByteArray &form = "grant_type=client_credentials")
    {
        return http.post(
            at(urls.redditAuthUrl, "/api/v1/access_token"), form, {{"Authorization", "Basic " + login.toBase64()}});
    }
    QByteArray redditLogin() const { return urls.redditClientId.toUtf8() + ':' + urls.redditClientSecret.toUtf8(); }
    QByteArray token() { return askToken(redditLogin()).json()[QLatin1String("access_token")].toString().toLatin1(); }
    void behave(const DemoBehaviour &behaviour) { demo->setBehaviour(behaviour); }
};

QJsonObject yahooError(const PlainAnswer &answer, const char *envelope)
{
    const QJsonObject inner = answer.json()[QLatin1String(envelope)].toObject();
    return inner[QLatin1String("error")].toObject();
}

QJsonArray yahooResult(const PlainAnswer &answer, const char *envelope)
{
    return answer.json()[QLatin1String(envelope)].toObject()[QLatin1String("result")].toArray();
}

QString description(const QJsonObject &error)
{
    return error[QLatin1String("code")].toString() + QStringLiteral(": ")
        + error[QLatin1String("description")].toString();
}

QJsonObject redditData(const PlainAnswer &answer)
{
    return answer.json()[QLatin1String("data")].toObject();
}

} // namespace

class TestDemoUpstream : public QObject {
    Q_OBJECT

    /// Everything in `answer` stands in recorded bodies with the same type, and `needed` is there.
    void compare(const PlainAnswer &answer, const Shape &recorded, const QStringList &needed)
    {
        Shape ours;
        addShape(ours, QString(), answer.json());
        for (const QString &path : needed)
            QVERIFY2(ours.count(path), qPrintable(path));
        if (recorded.empty())
            QSKIP("no recordings: set INSITECACHE_SHARED_DATA");
        for (const auto &[path, types] : ours) {
            const auto known = recorded.find(path);
            QVERIFY2(known != recorded.end(), qPrintable(QStringLiteral("the provider never sends ") + path));
            for (const QJsonValue::Type type : types)
                QVERIFY2(known->second.count(type), qPrintable(path + QStringLiteral(" has a type of its own")));
        }
    }

private Q_SLOTS:
    void quotesNeedCookieAndCrumb()
    {
        Rig rig;
        const Headers login = rig.cookie();
        QVERIFY(login.first().second.startsWith("A3="));
        const PlainAnswer crumb = rig.yahoo("/v1/test/getcrumb", login);
        QCOMPARE(crumb.status, 200);
        QCOMPARE(crumb.body.size(), 11);
        QCOMPARE(crumb.header("cache-control"), QByteArray("private, max-age=60, stale-while-revalidate=30"));
        const QByteArray path = "/v7/finance/quote?symbols=AAPL&crumb=" + crumb.body.toPercentEncoding();
        QCOMPARE(rig.yahoo(path, login).status, 200);

        const PlainAnswer wrong = rig.yahoo("/v7/finance/quote?symbols=AAPL&crumb=abcdefghijk", login);
        QCOMPARE(wrong.status, 401);
        QCOMPARE(description(yahooError(wrong, "finance")), QStringLiteral("Unauthorized: Invalid Crumb"));
        const PlainAnswer bare = rig.yahoo(path);
        QCOMPARE(bare.status, 401);
        QCOMPARE(description(yahooError(bare, "finance")), QStringLiteral("Unauthorized: Invalid Cookie"));
        QCOMPARE(rig.yahoo(path, rig.cookie()).status, 401); // the crumb of another jar
        QCOMPARE(rig.yahoo(path, {{"Cookie", "A3=d=1&S=0123456789abcdef"}}).status, 401);
        QCOMPARE(rig.yahoo("/v1/test/getcrumb").status, 401);
    }

    void crumbsAge()
    {
        Rig rig;
        const Headers login = rig.cookie();
        const QByteArray path
            = "/v7/finance/quote?symbols=AAPL&crumb=" + rig.yahoo("/v1/test/getcrumb", login).body.toPercentEncoding();
        rig.clock.advance(6h);
        QCOMPARE(rig.yahoo(path, login).status, 200);
        rig.clock.advance(6h);
        QCOMPARE(rig.yahoo(path, login).status, 401);
    }

    void quotesDropTheUnknown()
    {
        Rig rig;
        const QJsonArray found = yahooResult(rig.quotes("AAPL,NOSUCH,TWTR,005930.KS"), "quoteResponse");
        QCOMPARE(found.size(), 3);
        QCOMPARE(found[1][QLatin1String("quoteType")].toString(), QStringLiteral("NONE"));
        QVERIFY(found[1][QLatin1String("regularMarketPrice")].isUndefined());
        const PlainAnswer none = rig.quotes("NOSUCH");
        QCOMPARE(none.status, 200);
        QCOMPARE(none.body, QByteArray(R"({"quoteResponse":{"error":null,"result":[]}})"));
        const PlainAnswer missing = rig.quotes("");
        QCOMPARE(missing.status, 400);
        QCOMPARE(description(yahooError(missing, "finance")),
            QStringLiteral("Bad Request: Missing required query parameter=symbols"));
    }

    void chartsRefuseAsYahooDoes()
    {
        Rig rig;
        const PlainAnswer unknown = rig.yahoo("/v8/finance/chart/NOSUCH?range=1mo&interval=1d");
        QCOMPARE(unknown.status, 404);
        QCOMPARE(unknown.header("cache-control"), QByteArray("max-age=0, private"));
        QCOMPARE(description(yahooError(unknown, "chart")),
            QStringLiteral("Not Found: No data found, symbol may be delisted"));
        for (const char *query : {"range=7d", "range=1mo&interval=2d", "range=1y&interval=1m", "period1=x&period2=2"}) {
            const PlainAnswer refused = rig.yahoo(QByteArray("/v8/finance/chart/AAPL?") + query);
            QVERIFY2(refused.status == 422, query);
            QCOMPARE(
                yahooError(refused, "chart")[QLatin1String("code")].toString(), QStringLiteral("Unprocessable Entity"));
        }
    }

    void aSpanWithoutBarsHasNoTimestamp()
    {
        Rig rig; // 2026-02-02T02:40Z; the Saturday before in UTC
        const PlainAnswer empty = rig.yahoo("/v8/finance/chart/AAPL?period1=1769835600&period2=1769875200&interval=1d");
        QCOMPARE(empty.status, 200);
        const QJsonObject result = yahooResult(empty, "chart")[0].toObject();
        QVERIFY(!result.contains(QLatin1String("timestamp")));
        QCOMPARE(result[QLatin1String("indicators")][QLatin1String("quote")][0].toObject(), QJsonObject());
        QVERIFY(result[QLatin1String("meta")][QLatin1String("regularMarketPrice")].isDouble());
    }

    void minutesHaveGaps()
    {
        Rig rig;
        const PlainAnswer chart = rig.yahoo("/v8/finance/chart/AAPL?range=5d&interval=1m");
        const QJsonValue quote = yahooResult(chart, "chart")[0][QLatin1String("indicators")][QLatin1String("quote")][0];
        const QJsonArray close = quote[QLatin1String("close")].toArray();
        const QJsonArray open = quote[QLatin1String("open")].toArray();
        qsizetype gaps = 0;
        for (qsizetype i = 0; i < close.size(); ++i) {
            QCOMPARE(close[i].isNull(), open[i].isNull());
            gaps += close[i].isNull();
        }
        QVERIFY2(gaps > 0 && gaps < close.size() / 50, qPrintable(QString::number(gaps)));
    }

    void symbolsMayBeEncoded()
    {
        Rig rig;
        const PlainAnswer index = rig.yahoo("/v8/finance/chart/%5EGSPC?range=5d&interval=1d");
        QCOMPARE(index.status, 200);
        QCOMPARE(yahooResult(index, "chart")[0][QLatin1String("meta")][QLatin1String("symbol")].toString(),
            QStringLiteral("^GSPC"));
        QCOMPARE(yahooResult(rig.quotes("%5EGSPC%2CBRK-B"), "quoteResponse").size(), 2);
    }

    void searchWantsAQuestion()
    {
        Rig rig;
        QCOMPARE(rig.yahoo("/v1/finance/search").status, 400);
        const PlainAnswer found = rig.yahoo("/v1/finance/search?q=%EC%82%BC%EC%84%B1&quotesCount=3");
        QCOMPARE(found.json()[QLatin1String("quotes")].toArray().size(), 3);
        QCOMPARE(
            found.json()[QLatin1String("quotes")][0][QLatin1String("symbol")].toString(), QStringLiteral("005930.KS"));
    }

    void yahooBodiesLookLikeTheRecordedOnes()
    {
        Rig rig;
        const QString yahoo = QStringLiteral("yahoo");
        const auto quote
            = [](const char *key) { return QStringLiteral(".quoteResponse.result[].") + QString::fromLatin1(key); };
        compare(rig.quotes("AAPL,005930.KS,SPY,TWTR,%5EGSPC"), recordedShape(yahoo, {QStringLiteral("quote")}, 200),
            {quote("symbol"), quote("longName"), quote("shortName"), quote("currency"), quote("regularMarketPrice"),
                quote("regularMarketPreviousClose"), quote("regularMarketChange"), quote("regularMarketChangePercent"),
                quote("marketState"), quote("exchange"), quote("exchangeTimezoneName"), quote("regularMarketTime"),
                quote("exchangeDataDelayedBy"), quote("quoteType")});
        const auto chart
            = [](const char *key) { return QStringLiteral(".chart.result[].") + QString::fromLatin1(key); };
        for (const char *query : {"range=1mo&interval=1d", "range=1d&interval=1m"})
            compare(rig.yahoo(QByteArray("/v8/finance/chart/AAPL?") + query),
                recordedShape(yahoo, {QStringLiteral("chart")}, 200),
                {chart("meta.currency"), chart("meta.exchangeTimezoneName"), chart("meta.regularMarketPrice"),
                    chart("meta.chartPreviousClose"), chart("timestamp[]"), chart("indicators.quote[].close[]"),
                    chart("indicators.quote[].open[]"), chart("indicators.quote[].volume[]")});
        compare(rig.yahoo("/v1/finance/search?q=apple"), recordedShape(yahoo, {QStringLiteral("search")}, 200),
            {QStringLiteral(".quotes[].symbol"), QStringLiteral(".quotes[].shortname"),
                QStringLiteral(".quotes[].exchDisp"), QStringLiteral(".quotes[].quoteType")});
        compare(rig.yahoo("/v1/finance/trending/US?count=20"), recordedShape(yahoo, {QStringLiteral("trending")}, 200),
            {QStringLiteral(".finance.result[].quotes[].symbol")});
    }

    void tokensAreCheckedAndAge()
    {
        Rig rig;
        const PlainAnswer good = rig.askToken(rig.redditLogin());
        QCOMPARE(good.status, 200);
        QCOMPARE(good.json()[QLatin1String("token_type")].toString(), QStringLiteral("bearer"));
        QCOMPARE(good.header("x-ratelimit-remaining"), QByteArray("299"));
        QCOMPARE(rig.askToken("insitecache-demo:wrong").status, 401);
        const PlainAnswer grant = rig.askToken(rig.redditLogin(), "grant_type=password");
        QCOMPARE(grant.status, 200);
        QCOMPARE(grant.json()[QLatin1String("error")].toString(), QStringLiteral("unsupported_grant_type"));

        const QByteArray token = good.json()[QLatin1String("access_token")].toString().toLatin1();
        QCOMPARE(rig.reddit("/r/stocks/new", token).status, 200);
        rig.clock.advance(59min + 59s);
        QCOMPARE(rig.reddit("/r/stocks/new", token).status, 200);
        rig.clock.advance(1s);
        const PlainAnswer old = rig.reddit("/r/stocks/new", token);
        QCOMPARE(old.status, 401);
        QCOMPARE(old.header("www-authenticate"), QByteArray("Bearer realm=\"reddit\", error=\"invalid_token\""));
        QCOMPARE(old.body, QByteArray(R"({"error":401,"message":"Unauthorized"})"));
    }

    void redditPagesEndAndDoNotOverlap()
    {
        Rig rig;
        const QByteArray token = rig.token();
        const QByteArray path = "/r/stocks+wallstreetbets+investing+StockMarket/search?q=%22%24AAPL%22&restrict_sr=true"
                                "&sort=new&t=day&limit=20&raw_json=1";
        std::set<QString> ids;
        QString after;
        double newest = 1e18;
        int pages = 0;
        do {
            const PlainAnswer page = rig.reddit(path + (after.isEmpty() ? "" : "&after=" + after.toLatin1()), token);
            QCOMPARE(page.status, 200);
            const QJsonArray children = redditData(page)[QLatin1String("children")].toArray();
            QVERIFY(children.size() <= 20);
            for (const QJsonValue &child : children) {
                const QJsonValue data = child[QLatin1String("data")];
                QVERIFY(ids.insert(data[QLatin1String("name")].toString()).second);
                QVERIFY(data[QLatin1String("created_utc")].toDouble() <= newest);
                newest = data[QLatin1String("created_utc")].toDouble();
            }
            after = redditData(page)[QLatin1String("after")].toString();
        } while (!after.isEmpty() && ++pages < 20);
        QVERIFY2(ids.size() > 40 && pages >= 2 && pages < 20, qPrintable(QString::number(ids.size())));
    }

    void redditCountsAndRefuses()
    {
        Rig rig;
        const QByteArray token = rig.token();
        const PlainAnswer first = rig.reddit("/r/stocks/search?q=AAPL&raw_json=1", token);
        QCOMPARE(first.header("x-ratelimit-used"), QByteArray("1"));
        QCOMPARE(first.header("x-ratelimit-remaining"), QByteArray("9999.0"));
        const int reset = first.header("x-ratelimit-reset").toInt();
        QVERIFY(reset > 0 && reset <= 600);
        QCOMPARE(first.header("expires"), QByteArray("-1"));
        QCOMPARE(rig.reddit("/r/stocks/hot", token).header("x-ratelimit-used"), QByteArray("2"));
        rig.clock.advance(10min);
        QCOMPARE(rig.reddit("/r/stocks/hot", token).header("x-ratelimit-used"), QByteArray("1"));
        QCOMPARE(rig.reddit("/r/nosuchplace/hot", token).status, 404);
        const PlainAnswer nothing = rig.reddit("/r/stocks/search?q=zzqqxx", token);
        QCOMPARE(nothing.status, 200);
        QVERIFY(redditData(nothing)[QLatin1String("after")].isNull());
        QCOMPARE(redditData(nothing)[QLatin1String("children")].toArray().size(), 0);
    }

    void redditBodiesLookLikeTheRecordedOnes()
    {
        Rig rig;
        const auto post
            = [](const char *key) { return QStringLiteral(".data.children[].data.") + QString::fromLatin1(key); };
        const Shape recorded
            = recordedShape(QStringLiteral("reddit"), {QStringLiteral("listing"), QStringLiteral("search")}, 200);
        compare(rig.reddit("/r/all/search?q=AAPL&limit=100&raw_json=1", rig.token()), recorded,
            {post("name"), post("title"), post("selftext"), post("created_utc"), post("score"), post("num_comments"),
                post("author"), QStringLiteral(".data.after")});
        compare(rig.askToken(rig.redditLogin()),
            recordedShape(QStringLiteral("reddit"), {QStringLiteral("token")}, 200),
            {QStringLiteral(".access_token"), QStringLiteral(".expires_in")});
    }

    void xSearchesByCashtag()
    {
        Rig rig;
        const PlainAnswer found = rig.x("/2/tweets/search/recent?query=%24AAPL%20lang%3Aen&max_results=10"
                                        "&tweet.fields=created_at,public_metrics,entities");
        QCOMPARE(found.status, 200);
        QVERIFY(found.header("date").endsWith(" UTC"));
        QCOMPARE(found.header("x-rate-limit-limit"), QByteArray("15000"));
        QCOMPARE(found.header("x-rate-limit-remaining"), QByteArray("14999"));
        const qint64 now = rig.clock.wall().time_since_epoch().count() / 1000;
        const qint64 reset = found.header("x-rate-limit-reset").toLongLong();
        QVERIFY(reset > now && reset <= now + 900);
        const QJsonArray data = found.json()[QLatin1String("data")].toArray();
        QCOMPARE(data.size(), 10);
        for (const QJsonValue &tweet : data) {
            QVERIFY(tweet[QLatin1String("id")].isString());
            const QString text = tweet[QLatin1String("text")].toString();
            const QJsonArray tags = tweet[QLatin1String("entities")][QLatin1String("cashtags")].toArray();
            for (const QJsonValue &tag : tags) {
                const QList<uint> points = text.toUcs4();
                QCOMPARE(points[tag[QLatin1String("start")].toInt()], uint('$'));
            }
        }
    }

    void xGivesOnlyTheFieldsAskedFor()
    {
        Rig rig;
        const QJsonObject tweet
            = rig.x("/2/tweets/search/recent?query=%24AAPL").json()[QLatin1String("data")][0].toObject();
        QCOMPARE(tweet.keys(),
            (QStringList{QStringLiteral("edit_history_tweet_ids"), QStringLiteral("id"), QStringLiteral("text")}));
    }

    void xPagesEndAndDoNotOverlap()
    {
        Rig rig;
        std::set<QString> ids;
        QString next;
        int pages = 0;
        do {
            const PlainAnswer page = rig.x("/2/tweets/search/recent?query=%24AAPL&max_results=50&start_time="
                                           "2026-02-01T00:00:00Z"
                + (next.isEmpty() ? QByteArray() : "&next_token=" + next.toLatin1()));
            QCOMPARE(page.status, 200);
            const QJsonArray data = page.json()[QLatin1String("data")].toArray();
            for (const QJsonValue &tweet : data)
                QVERIFY(ids.insert(tweet[QLatin1String("id")].toString()).second);
            next = page.json()[QLatin1String("meta")][QLatin1String("next_token")].toString();
        } while (!next.isEmpty() && ++pages < 20);
        QVERIFY2(ids.size() > 100 && pages >= 2 && pages < 20, qPrintable(QString::number(ids.size())));
    }

    void xRefusesAsXDoes()
    {
        Rig rig;
        const QUrl url = Rig::at(rig.urls.xUrl, "/2/tweets/search/recent?query=%24AAPL");
        const PlainAnswer stranger = rig.http.get(url, {{"Authorization", "Bearer nobody"}});
        QCOMPARE(stranger.status, 401);
        QCOMPARE(stranger.json()[QLatin1String("type")].toString(), QStringLiteral("about:blank"));
        QVERIFY(stranger.header("x-rate-limit-limit").isEmpty());
        for (const char *query : {"query=", "query=a&max_results=9", "query=a&max_results=101",
                 "query=a&start_time=yesterday", "query=a&start_time=2026-01-01T00:00:00Z", "query=a&next_token=!"}) {
            const PlainAnswer invalid = rig.x(QByteArray("/2/tweets/search/recent?") + query);
            QVERIFY2(invalid.status == 400, query);
            QCOMPARE(invalid.json()[QLatin1String("title")].toString(), QStringLiteral("Invalid Request"));
        }
        const PlainAnswer lost = rig.x("/2/nothing");
        QCOMPARE(lost.status, 404);
        QVERIFY(lost.body.startsWith("<!DOCTYPE html>"));
        QCOMPARE(rig.x("/2/tweets/search/recent?query=zzqqxx").body, QByteArray(R"({"meta":{"result_count":0}})"));
    }

    void xBodiesLookLikeTheRecordedOnes()
    {
        Rig rig;
        const auto tweet = [](const char *key) { return QStringLiteral(".data[].") + QString::fromLatin1(key); };
        const PlainAnswer found
            = rig.x("/2/tweets/search/recent?query=%24AAPL&max_results=100&tweet.fields="
                    "created_at,public_metrics,entities,lang,author_id,conversation_id,possibly_sensitive");
        compare(found,
            recordedShape(QStringLiteral("x"),
                {QStringLiteral("search_recent"), QStringLiteral("search_all"), QStringLiteral("other")}, 200),
            {tweet("id"), tweet("text"), tweet("created_at"), tweet("public_metrics.like_count"),
                tweet("public_metrics.reply_count"), tweet("entities.cashtags[].tag"),
                tweet("public_metrics.retweet_count"), QStringLiteral(".meta.result_count")});
    }

    void everyProviderLimitsInItsOwnWay()
    {
        Rig rig;
        const QByteArray token = rig.token();
        rig.behave({0ms, 0, 0, true});
        const PlainAnswer yahoo = rig.yahoo("/v8/finance/chart/AAPL");
        QCOMPARE(yahoo.status, 429);
        QCOMPARE(yahoo.body.trimmed(), QByteArray("Too Many Requests"));
        QVERIFY(yahoo.header("retry-after").isEmpty());
        QCOMPARE(rig.yahoo("/v1/test/getcrumb").status, 429);
        const PlainAnswer reddit = rig.reddit("/r/stocks/hot", token);
        QCOMPARE(reddit.status, 429);
        QCOMPARE(reddit.header("retry-after"), QByteArray("4"));
        QVERIFY(reddit.header("content-type").startsWith("text/html"));
        QVERIFY(reddit.header("x-ratelimit-remaining").isEmpty());
        const PlainAnswer login = rig.askToken(rig.redditLogin());
        QCOMPARE(login.body, QByteArray(R"({"error":429,"message":"Too Many Requests"})"));
        QVERIFY(login.header("retry-after").isEmpty());
        const PlainAnswer x = rig.x("/2/tweets/search/recent?query=%24AAPL");
        QCOMPARE(x.status, 429);
        QCOMPARE(x.body, QByteArray("Rate limit exceeded\n"));
        QCOMPARE(x.header("x-rate-limit-remaining"), QByteArray("0"));
        rig.behave({0ms, 0, 0, false});
        QCOMPARE(rig.yahoo("/v8/finance/chart/AAPL").status, 200);
    }

    void errorsComeAtTheRateAskedFor()
    {
        Rig rig({0ms, 0, 0.5, false});
        int failed = 0;
        for (int i = 0; i < 200; ++i)
            failed += rig.yahoo("/v1/finance/trending/US").status == 503;
        QVERIFY2(failed > 70 && failed < 130, qPrintable(QString::number(failed)));
        rig.behave({0ms, 0, 1, false});
        QCOMPARE(rig.x("/2/tweets/search/recent?query=%24AAPL").json()[QLatin1String("status")].toInt(), 503);
        QVERIFY(rig.reddit("/r/stocks/hot", "").body.isEmpty());
    }

    void aSlowAnswerHoldsUpNoOther()
    {
        Rig rig({30s, 0, 0, false});
        QNetworkReply *slow = rig.http.start(Rig::at(rig.urls.yahooUrl, "/v1/finance/trending/US"));
        QTRY_VERIFY(slow->isRunning());
        rig.behave({1ms, 0.5, 0, false});
        // The first may still be on its way: it is held back once an answer has come on a later connection.
        for (int i = 0; i < 20; ++i)
            QCOMPARE(rig.yahoo("/v1/finance/trending/KR").status, 200);
        slow->abort();
        slow->deleteLater();
    }

    void nonsenseBehaviourIsMadeSensible()
    {
        Rig rig;
        rig.behave({-5ms, -1, 7, false});
        QCOMPARE(rig.demo->behaviour().latency, 0ms);
        QCOMPARE(rig.demo->behaviour().latencySpread, 0.0);
        QCOMPARE(rig.demo->behaviour().errorRate, 1.0);
        rig.behave({1h, std::nan(""), std::nan(""), false});
        QCOMPARE(rig.demo->behaviour().latency, 30'000ms);
        QCOMPARE(rig.demo->behaviour().errorRate, 0.0);
    }
};

QTEST_GUILESS_MAIN(TestDemoUpstream)
#include "tst_demoupstream.moc"
