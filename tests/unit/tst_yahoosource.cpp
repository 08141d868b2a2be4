// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <insitecache/sources/values.h>

#include "sources/yahoo/yahoosource.h"
#include "support/manualclock.h"
#include "support/scriptedtransport.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

const QByteArray unauthorized
    = json("{'finance':{'result':null,'error':{'code':'Unauthorized','description':'Invalid Crumb'}}}");

const QString cookiePath = QStringLiteral("/cookie");
const QString crumbPath = QStringLiteral("/getcrumb");
const QString quotePath = QStringLiteral("/finance/quote");
const QString chartPath = QStringLiteral("/finance/chart");

QByteArray quoteBody(const QStringList &symbols)
{
    QStringList results;
    for (const QString &symbol : symbols)
        results += QStringLiteral("{'symbol':'%1','regularMarketPrice':10}").arg(symbol);
    return json(QStringLiteral("{'quoteResponse':{'result':[%1],'error':null}}").arg(results.join(u',')).toUtf8());
}

QByteArray chartBody(const QString &symbol)
{
    return json(QStringLiteral("{'chart':{'result':[{'meta':{'symbol':'%1','regularMarketPrice':20}}],'error':null}}")
                    .arg(symbol)
                    .toUtf8());
}

double priceOf(const Fetched &fetched)
{
    if (!fetched.payload)
        return -1;
    return *Quote::fromCbor(QCborValue::fromCbor(QByteArray::fromStdString(*fetched.payload)))->price;
}

} // namespace

class TestYahooSource : public QObject {
    Q_OBJECT

    ManualClock m_clock;
    std::shared_ptr<ScriptedTransport> m_transport;
    std::unique_ptr<YahooSource> m_source;
    std::vector<Fetched> m_fetched;
    int m_answers = 0;

    void fetch(const std::vector<std::string> &texts)
    {
        std::vector<CacheKey> keys;
        for (const std::string &text : texts)
            keys.push_back(CacheKey::parse(text).value());
        m_source->fetch(keys, [this](std::vector<Fetched> fetched) {
            ++m_answers;
            m_fetched = std::move(fetched);
        });
    }
    ErrorCode code(std::size_t index) const { return m_fetched.at(index).payload.error().code; }

    void scriptLogin()
    {
        m_transport->answer(cookiePath, 404, "<html>", {{"Set-Cookie", "A3=first; Path=/; Domain=.yahoo.com; Secure"}});
        m_transport->answer(
            cookiePath, 404, "<html>", {{"Set-Cookie", "A3=second; Path=/; Domain=.yahoo.com; Secure"}});
        m_transport->answer(crumbPath, 200, "crumb/1", {{"Content-Type", "text/plain"}});
        m_transport->answer(crumbPath, 200, "crumb/2", {{"Content-Type", "text/plain"}});
    }
    QByteArray cookie(const QString &path) const
    {
        return ScriptedTransport::header(m_transport->last(path), "cookie");
    }

private Q_SLOTS:
    void init()
    {
        UpstreamOptions options;
        options.yahooCookieUrl = QUrl(QStringLiteral("https://fc.yahoo.com/cookie"));
        m_transport = std::make_shared<ScriptedTransport>();
        m_source = std::make_unique<YahooSource>(options, m_transport, m_clock);
        m_fetched.clear();
        m_answers = 0;
    }

    void manySymbolsCostOneCallWithOneLogin()
    {
        scriptLogin();
        m_transport->answer(
            quotePath, 200, quoteBody({QStringLiteral("MSFT"), QStringLiteral("^GSPC"), QStringLiteral("AAPL")}));
        fetch({"stock:AAPL", "stock:NOSUCH", "stock:^GSPC", "stock:MSFT"});
        QCOMPARE(m_answers, 1);
        QCOMPARE(priceOf(m_fetched[0]), 10.0);
        QCOMPARE(code(1), ErrorCode::NotFound);
        QCOMPARE(priceOf(m_fetched[3]), 10.0);
        QCOMPARE(m_fetched[3].origin, std::string("yahoo"));
        fetch({"stock:AAPL"});
        QCOMPARE(m_transport->count(quotePath), 2);
        QCOMPARE(m_transport->count(cookiePath), 1);
        QCOMPARE(m_transport->count(crumbPath), 1);
    }

    void theCallCarriesCookieAndCrumbEncoded()
    {
        scriptLogin();
        m_transport->answer(quotePath, 200, quoteBody({}));
        fetch({"stock:^GSPC", "stock:EURUSD=X"});
        const QByteArray url = m_transport->last(quotePath).url.toEncoded();
        QVERIFY2(url.contains("symbols=%5EGSPC%2CEURUSD%3DX"), url.constData());
        QVERIFY2(url.contains("crumb=crumb%2F1"), url.constData());
        QCOMPARE(cookie(crumbPath), QByteArray("A3=first"));
        QCOMPARE(cookie(quotePath), QByteArray("A3=first"));
    }

    void aRefusedCrumbIsRenewedOnce()
    {
        scriptLogin();
        m_transport->answer(quotePath, 401, unauthorized);
        m_transport->answer(quotePath, 200, quoteBody({QStringLiteral("AAPL")}));
        fetch({"stock:AAPL"});
        QCOMPARE(priceOf(m_fetched[0]), 10.0);
        QCOMPARE(m_transport->count(cookiePath), 2);
        QCOMPARE(cookie(quotePath), QByteArray("A3=second"));
        QCOMPARE(ScriptedTransport::queryItem(m_transport->last(quotePath), QStringLiteral("crumb")),
            QStringLiteral("crumb/2"));
    }

    void refusedAgainTheChartIsReadAndQuotesLeftAloneForAWhile()
    {
        scriptLogin();
        m_transport->answer(quotePath, 401, unauthorized);
        m_transport->answer(chartPath + QStringLiteral("/AAPL"), 200, chartBody(QStringLiteral("AAPL")));
        m_transport->answer(chartPath + QStringLiteral("/NOSUCH"), 404,
            json("{'chart':{'result':null,'error':{'code':'Not Found','description':'No data found'}}}"));
        fetch({"stock:AAPL", "stock:NOSUCH"});
        QCOMPARE(priceOf(m_fetched[0]), 20.0);
        QCOMPARE(code(1), ErrorCode::NotFound);
        QCOMPARE(m_transport->count(quotePath), 2);
        fetch({"stock:AAPL"});
        QCOMPARE(priceOf(m_fetched[0]), 20.0);
        QCOMPARE(m_transport->count(quotePath), 2);
        m_clock.advance(16min);
        fetch({"stock:AAPL"});
        QCOMPARE(m_transport->count(quotePath), 4);
    }

    void aRateLimitTextIsNoCrumb()
    {
        m_transport->answer(cookiePath, 404, {});
        m_transport->answer(crumbPath, 429, "Too Many Requests", {{"Content-Type", "text/plain"}});
        m_transport->answer(chartPath, 200, chartBody(QStringLiteral("AAPL")));
        fetch({"stock:AAPL"});
        QCOMPARE(priceOf(m_fetched[0]), 20.0);
        QCOMPARE(m_transport->count(quotePath), 0);
        fetch({"stock:AAPL"});
        QCOMPARE(m_transport->count(crumbPath), 1);
        QCOMPARE(m_source->status().at(0).rateLimited, 1u);
    }

    void anUnreachableLoginLeavesTheChart()
    {
        m_transport->answer(cookiePath, fail(ErrorCode::Redirected, "elsewhere"));
        m_transport->answer(crumbPath, fail(ErrorCode::Timeout, "no answer"));
        m_transport->answer(chartPath, 200, chartBody(QStringLiteral("AAPL")));
        fetch({"stock:AAPL"});
        QCOMPARE(priceOf(m_fetched[0]), 20.0);
    }

    void aRateLimitOnQuotesStopsEverythingForAWhile()
    {
        scriptLogin();
        m_transport->answer(quotePath, 429, "Edge: Too Many Requests", {{"Content-Type", "text/html"}});
        fetch({"stock:AAPL", "stock:MSFT"});
        QCOMPARE(code(1), ErrorCode::RateLimited);
        QCOMPARE(m_fetched[1].payload.error().retryAfterMs, 60'000);
        const auto sent = m_transport->requests.size();
        fetch({"stock:AAPL", "search:apple", "trending:US", "history:AAPL"});
        for (std::size_t i = 0; i < 4; ++i)
            QCOMPARE(code(i), ErrorCode::RateLimited);
        QCOMPARE(m_transport->requests.size(), sent);
    }

    void lookupsThatComeDuringALoginShareIt()
    {
        scriptLogin();
        m_transport->answer(quotePath, 200, quoteBody({QStringLiteral("AAPL"), QStringLiteral("MSFT")}));
        m_transport->holding = true;
        fetch({"stock:AAPL"});
        fetch({"stock:MSFT"});
        QCOMPARE(m_transport->requests.size(), 1u);
        m_transport->release();
        QCOMPARE(m_answers, 2);
        QCOMPARE(m_transport->count(crumbPath), 1);
    }

    void twoBatchesRefusedTogetherRenewOnce()
    {
        scriptLogin();
        m_transport->answer(quotePath, 200, quoteBody({}));
        m_transport->answer(quotePath, 401, unauthorized);
        m_transport->answer(quotePath, 401, unauthorized);
        m_transport->answer(quotePath, 200, quoteBody({QStringLiteral("AAPL"), QStringLiteral("MSFT")}));
        fetch({"stock:AAPL"});
        m_transport->holding = true;
        fetch({"stock:AAPL"});
        fetch({"stock:MSFT"});
        m_transport->release();
        QCOMPARE(m_answers, 3);
        QCOMPARE(priceOf(m_fetched[0]), 10.0);
        QCOMPARE(m_transport->count(crumbPath), 2);
    }

    void longBatchesAreSplit()
    {
        scriptLogin();
        m_transport->answer(quotePath, 200, quoteBody({}));
        std::vector<std::string> keys;
        for (int i = 0; i < 101; ++i)
            keys.push_back("stock:S" + std::to_string(i));
        fetch(keys);
        QCOMPARE(m_fetched.size(), 101u);
        QCOMPARE(m_transport->count(quotePath), 3);
    }

    void nothingForeignReachesAListOrAPath()
    {
        fetch({"stock:AAPL,MSFT", "stock:../etc", "stock:A&crumb=x/", "history:A/B", "stock:..", "trending:US/..",
            "trending:usa", "history:AAPL:9y", "stock:" + std::string(40, 'A')});
        QCOMPARE(m_answers, 1);
        for (std::size_t i = 0; i < m_fetched.size(); ++i)
            QCOMPARE(code(i), ErrorCode::InvalidArgument);
        QVERIFY(m_transport->requests.empty());
    }

    void everyEndpointTellsHowLongItsAnswerHolds()
    {
        const auto aged = [](const char *directives) {
            return QList<QPair<QByteArray, QByteArray>>{
                {"Content-Type", "application/json"}, {"Cache-Control", directives}};
        };
        scriptLogin();
        m_transport->answer(quotePath, 200, quoteBody({QStringLiteral("AAPL")}), aged("max-age=1"));
        m_transport->answer(chartPath, 200, chartBody(QStringLiteral("AAPL")), aged("max-age=10"));
        m_transport->answer(QStringLiteral("/finance/search"), 200, json("{'quotes':[]}"), aged("max-age=600"));
        m_transport->answer(
            QStringLiteral("/finance/trending"), 200, json("{'finance':{'result':[{'quotes':[]}]}}"), aged("no-store"));
        fetch({"stock:AAPL", "history:AAPL:5d:1h", "search:apple", "trending:US"});
        QCOMPARE(m_fetched[0].life.atMost.value().count(), 1000);
        QCOMPARE(m_fetched[1].life.atMost.value().count(), 10'000);
        QCOMPARE(m_fetched[2].life.atMost.value().count(), 600'000);
        QVERIFY(m_fetched[3].life.noStore && !m_fetched[3].life.atMost);
    }

    // The charts of one batch: the shortest holds for all.
    void chartsInPlaceOfQuotesTellIt()
    {
        m_transport->answer(cookiePath, fail(ErrorCode::Redirected, "elsewhere"));
        m_transport->answer(crumbPath, fail(ErrorCode::Timeout, "no answer"));
        const char *const lives[] = {"max-age=20", "max-age=5"};
        for (const char *const life : lives)
            m_transport->answer(chartPath, 200, chartBody(QStringLiteral("AAPL")),
                {{"Content-Type", "application/json"}, {"Cache-Control", life}});
        fetch({"stock:AAPL", "stock:MSFT"});
        QCOMPARE(m_fetched[0].life.atMost.value().count(), 5000);
    }

    void otherEndpointsNeedNoLogin()
    {
        m_transport->answer(chartPath, 200, chartBody(QStringLiteral("^GSPC")));
        m_transport->answer(QStringLiteral("/finance/search"), 200, json("{'quotes':[]}"));
        m_transport->answer(QStringLiteral("/finance/trending"), 200,
            json("{'finance':{'result':[{'quotes':[{'symbol':'AAPL'},{'symbol':'ZZ9'}]}]}}"));
        fetch({"history:^GSPC:5d:1h", "search:a&b=삼성", "trending:US"});
        for (const Fetched &fetched : m_fetched)
            QVERIFY(fetched.payload);
        QCOMPARE(m_transport->requests.size(), 3u);
        const HttpRequest &chart = m_transport->last(chartPath);
        QVERIFY(chart.url.toEncoded().contains("/chart/%5EGSPC?"));
        QCOMPARE(ScriptedTransport::queryItem(chart, QStringLiteral("range")), QStringLiteral("5d"));
        QCOMPARE(ScriptedTransport::queryItem(chart, QStringLiteral("interval")), QStringLiteral("1h"));
        QCOMPARE(
            ScriptedTransport::queryItem(m_transport->last(QStringLiteral("/finance/search")), QStringLiteral("q")),
            QStringLiteral("a&b=삼성"));
        const auto trending
            = Trending::fromCbor(QCborValue::fromCbor(QByteArray::fromStdString(*m_fetched[2].payload)));
        QCOMPARE(trending->symbols.at(0).name, QStringLiteral("Apple Inc."));
        QCOMPARE(trending->symbols.at(1).name, QString());
    }

    void closingAnswersWhatIsOpen()
    {
        scriptLogin();
        m_transport->holding = true;
        fetch({"stock:AAPL", "search:apple"});
        m_source->close();
        QCOMPARE(m_answers, 1);
        QCOMPARE(code(0), ErrorCode::Cancelled);
        QCOMPARE(code(1), ErrorCode::Cancelled);
        fetch({"stock:AAPL"});
        QCOMPARE(m_answers, 2);
    }
};

QTEST_APPLESS_MAIN(TestYahooSource)
#include "tst_yahoosource.moc"
