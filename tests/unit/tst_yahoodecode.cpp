// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "sources/http/jsondepth.h"
#include "sources/yahoo/yahoodecode.h"
#include "support/scriptedtransport.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

HttpResponse answer(int status, const QByteArray &body, const QByteArray &type = "application/json")
{
    return {status, {{"content-type", type}}, body, {}};
}

Result<std::vector<Quote>> quotes(const char *results)
{
    return decodeYahooQuotes(
        answer(200, json("{'quoteResponse':{'result':[") + json(results) + json("],'error':null}}")));
}

Quote quote(const char *object)
{
    return quotes(object).value().at(0);
}

HttpResponse chart(const char *result)
{
    return answer(200, json("{'chart':{'result':[") + json(result) + json("],'error':null}}"));
}

ErrorCode codeOf(const HttpResponse &response)
{
    const auto decoded = decodeYahooQuotes(response);
    return decoded ? ErrorCode::Internal : decoded.error().code;
}

} // namespace

class TestYahooDecode : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aQuoteHasEveryField()
    {
        const Quote got = quote("{'symbol':'OCDO.L','quoteType':'EQUITY','longName':'Ocado Group plc',"
                                "'shortName':'OCADO GROUP PLC ORD 2P','currency':'GBp','regularMarketPrice':308.8,"
                                "'regularMarketPreviousClose':315.2,'regularMarketChange':-6.4000244,"
                                "'regularMarketChangePercent':-2.0304644,'marketState':'REGULAR','exchange':'LSE',"
                                "'fullExchangeName':'London','exchangeTimezoneName':'Europe/London',"
                                "'regularMarketTime':1739788724,'exchangeDataDelayedBy':15,"
                                "'firstTradeDateMilliseconds':1279695600000}");
        QCOMPARE(got.name, QStringLiteral("Ocado Group plc"));
        // Pence stay pence: the currency says so.
        QCOMPARE(got.currency, QStringLiteral("GBp"));
        QCOMPARE(*got.price, 308.8);
        QCOMPARE(*got.previousClose, 315.2);
        QCOMPARE(*got.change, -6.4000244);
        QCOMPARE(*got.changePercent, -2.0304644);
        QCOMPARE(got.marketState, QStringLiteral("REGULAR"));
        QCOMPARE(got.exchange, QStringLiteral("LSE"));
        QCOMPARE(got.timezone, QStringLiteral("Europe/London"));
        QCOMPARE(got.time->toString(Qt::ISODate), QStringLiteral("2025-02-17T10:38:44Z"));
        QCOMPARE(*got.delayMinutes, 15);
        QCOMPARE(got.source, QStringLiteral("yahoo"));
    }

    void numbersComeInThreeForms()
    {
        QCOMPARE(*quote("{'symbol':'A','regularMarketPrice':241}").price, 241.0);
        const Quote formatted = quote("{'symbol':'A','regularMarketPrice':{'raw':241.5,'fmt':'241.50'},"
                                      "'regularMarketTime':{'raw':1739788724,'fmt':'10:38AM'}}");
        QCOMPARE(*formatted.price, 241.5);
        QCOMPARE(formatted.time->toSecsSinceEpoch(), 1'739'788'724);
        QVERIFY(!quote("{'symbol':'A','exchange':'NMS','regularMarketPrice':'241'}").price);
    }

    void aTimeInMillisecondsIsNotTakenForSeconds()
    {
        QVERIFY(!quote("{'symbol':'A','regularMarketPrice':1,'regularMarketTime':1739788724000}").time);
    }

    void theChangeFollowsFromTheTwoPrices()
    {
        const Quote got = quote("{'symbol':'A','regularMarketPrice':110,'regularMarketPreviousClose':100}");
        QCOMPARE(*got.change, 10.0);
        QCOMPARE(*got.changePercent, 10.0);
        QVERIFY(!quote("{'symbol':'A','regularMarketPrice':1,'regularMarketPreviousClose':0}").changePercent);
    }

    void whatDoesNotExistIsNoError()
    {
        QCOMPARE(quotes("").value().size(), 0u);
        QCOMPARE(quotes("{'symbol':'SI','quoteType':'NONE','language':'en-US','tradeable':false}").value().size(), 0u);
        QCOMPARE(quotes("{'symbol':'SI','quoteType':'EQUITY'}").value().size(), 0u);
        QCOMPARE(quotes("{'symbol':'A','regularMarketPrice':1},{'symbol':'SI','quoteType':'NONE'}").value().size(), 1u);
        QCOMPARE(quotes("17,null,{},{'regularMarketPrice':1}").value().size(), 0u);
    }

    void errorsAreNamedInEveryEnvelope_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, int status, const char *body, ErrorCode code) {
            QTest::newRow(name) << status << json(body) << int(code);
        };
        row("finance instead of quoteResponse", 400,
            "{'finance':{'result':null,'error':{'code':'Bad Request','description':'Missing required query "
            "parameter=symbols'}}}",
            ErrorCode::InvalidArgument);
        row("chart 404", 404,
            "{'chart':{'result':null,'error':{'code':'Not Found','description':'No data found, symbol may be "
            "delisted'}}}",
            ErrorCode::NotFound);
        row("no data in the span", 400,
            "{'chart':{'result':null,'error':{'code':'Bad Request','description':'Data doesn\xE2\x80\x99t'}}}",
            ErrorCode::InvalidArgument);
        row("invalid crumb", 401,
            "{'finance':{'result':null,'error':{'code':'Unauthorized','description':'Invalid Crumb'}}}",
            ErrorCode::Unauthorized);
        row("refused with status 200", 200,
            "{'finance':{'result':null,'error':{'code':'Unauthorized','description':'Invalid Cookie'}}}",
            ErrorCode::Unauthorized);
        row("an error in a page that is fine", 200, "{'quoteResponse':{'result':null,'error':{'code':'Internal'}}}",
            ErrorCode::BadResponse);
        row("403", 403, "{}", ErrorCode::Unauthorized);
        row("502", 502, "", ErrorCode::UpstreamError);
        row("another shape", 200, "{'quotes':[]}", ErrorCode::BadResponse);
        row("result is no list", 200, "{'quoteResponse':{'result':{}}}", ErrorCode::BadResponse);
        row("a list", 200, "[1]", ErrorCode::BadResponse);
        row("cut off", 200, "{'quoteResponse':{'result':[{'symbol':'A','regularMarketPr", ErrorCode::BadResponse);
        row("something behind it", 200, "{'quoteResponse':{'result':[]}} {}", ErrorCode::BadResponse);
        row("NaN", 200, "{'quoteResponse':{'result':[{'symbol':'A','regularMarketPrice':NaN}]}}",
            ErrorCode::BadResponse);
        row("beyond a double", 200, "{'quoteResponse':{'result':[{'symbol':'A','regularMarketPrice':1e999}]}}",
            ErrorCode::BadResponse);
        row("empty", 200, "", ErrorCode::BadResponse);
    }
    void errorsAreNamedInEveryEnvelope()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, code);
        QCOMPARE(int(codeOf(answer(status, body))), code);
    }

    void noDataInTheSpanMeansNotFound()
    {
        const auto history = decodeYahooHistory(answer(400,
            "{\"chart\":{\"result\":null,\"error\":{\"code\":\"Bad Request\",\"description\":"
            "\"Data doesn't exist for startDate = 1577836800, endDate = 1578009600\"}}}"));
        QCOMPARE(history.error().code, ErrorCode::NotFound);
    }

    // A proxy's 404 says nothing about the symbol, and must not be cached as if it did.
    void pagesAndTextsAreNotAnswers()
    {
        const QByteArray page = "<!DOCTYPE html><html>whoa there</html>";
        QCOMPARE(codeOf(answer(200, page, "text/html")), ErrorCode::BadResponse);
        QCOMPARE(codeOf(answer(200, page)), ErrorCode::BadResponse);
        QCOMPARE(codeOf(answer(404, page, "text/html")), ErrorCode::BadResponse);
        QCOMPARE(codeOf(answer(400, "bad", "text/plain")), ErrorCode::BadResponse);
        QCOMPARE(codeOf(answer(429, "Edge: Too Many Requests", "text/plain")), ErrorCode::RateLimited);
    }

    void messagesAreOneLine()
    {
        const auto decoded = decodeYahooQuotes(
            answer(400, json("{'finance':{'error':{'code':'x','description':'a\\nb<b>\\u0007c'}}}")));
        QVERIFY(decoded.error().message.find('\n') == std::string::npos);
        QVERIFY(decoded.error().message.find('\a') == std::string::npos);
    }

    void absurdDepthIsRefused()
    {
        const QByteArray deep = QByteArray(65, '[') + QByteArray(65, ']');
        QCOMPARE(codeOf(answer(200, deep)), ErrorCode::BadResponse);
        QVERIFY(!isNestedDeeperThan(deep, 65));
        QVERIFY(isNestedDeeperThan(QByteArray(100'000, '{'), 64));
        QVERIFY2(!isNestedDeeperThan("[\"" + QByteArray(100, '[') + "\\\"" + QByteArray(100, '[') + "\"]", 64),
            "brackets in texts do not count");
    }

    void chartQuoteTellsLessButNothingWrong()
    {
        // KRX as Yahoo tells it: a regular period until 15:00, while trades run to 15:30.
        const char *krx
            = "{'meta':{'currency':'KRW','symbol':'^KS11','exchangeName':'KSC','fullExchangeName':'KSE',"
              "'exchangeTimezoneName':'Asia/Seoul','regularMarketPrice':2591,'regularMarketTime':1739860221,"
              "'chartPreviousClose':2601.5,'longName':'KOSPI','range':'1d','currentTradingPeriod':{'regular':"
              "{'start':1739836800,'end':1739858400,'timezone':'KST','gmtoffset':32400}}},"
              "'indicators':{'quote':[{}]}}";
        const Quote got = decodeYahooChartQuote(chart(krx)).value();
        QCOMPARE(*got.price, 2591.0);
        QCOMPARE(*got.previousClose, 2601.5);
        QCOMPARE(*got.change, -10.5);
        QCOMPARE(got.name, QStringLiteral("KOSPI"));
        QCOMPARE(got.exchange, QStringLiteral("KSC"));
        QCOMPARE(got.timezone, QStringLiteral("Asia/Seoul"));
        QCOMPARE(got.marketState, QString());
        QVERIFY(!got.delayMinutes);
        const Quote longer = decodeYahooChartQuote(chart(QByteArray(krx).replace("1d", "5d").constData())).value();
        QVERIFY2(!longer.previousClose, "it is the close before five days");
    }

    void barsWithAPriceMissingAreDropped()
    {
        const History history = decodeYahooHistory(
            chart("{'meta':{'symbol':'BTC-USD','currency':'USD','exchangeTimezoneName':'UTC'},"
                  "'timestamp':[1,2,3,4,5],'indicators':{'quote':[{'open':[1,null,3,4,5],"
                  "'high':[1,2,3,4,5],'low':[1,2,3,4,5],'close':[1,2,3,4],'volume':[9,9,null,0,9]}]}}"))
                                    .value();
        QCOMPARE(history.bars.size(), 3u);
        QCOMPARE(history.bars[1].time.toSecsSinceEpoch(), 3);
        QVERIFY(!history.bars[1].volume);
        QCOMPARE(*history.bars[2].volume, 0.0);
        QCOMPARE(history.currency, QStringLiteral("USD"));
    }

    void aSpanWithoutTradingHasNoBars()
    {
        const auto history
            = decodeYahooHistory(chart("{'meta':{'symbol':'AAPL','firstTradeDate':null},'indicators':{'quote':[{}]}}"));
        QVERIFY(history);
        QVERIFY(history->bars.empty());
        QCOMPARE(decodeYahooHistory(chart("{'timestamp':[1]}")).error().code, ErrorCode::BadResponse);
    }

    void searchDropsWhatHasNoSymbol()
    {
        const auto result = decodeYahooSearch(
            answer(200,
                json("{'quotes':[{'symbol':'EURUSD=X','shortname':'EUR/USD','exchange':'CCY','exchDisp':'CCY',"
                     "'quoteType':'CURRENCY','isYahooFinance':true},"
                     "{'name':'European Investment Bank','permalink':'x','isYahooFinance':false}],'news':[]}")),
            QStringLiteral("eur"));
        QCOMPARE(result->query, QStringLiteral("eur"));
        QCOMPARE(result->matches.size(), 1u);
        QCOMPARE(result->matches[0].name, QStringLiteral("EUR/USD"));
        QCOMPARE(result->matches[0].exchange, QStringLiteral("CCY"));
        QCOMPARE(result->matches[0].type, QStringLiteral("CURRENCY"));
        QVERIFY(decodeYahooSearch(answer(200, json("{'quotes':[]}")), {})->matches.empty());
    }

    void trendingMayBeThin()
    {
        const auto trending = [](const char *results) {
            return decodeYahooTrending(
                answer(200, json("{'finance':{'result':[") + json(results) + json("],'error':null}}")),
                QStringLiteral("GB"));
        };
        QCOMPARE(trending("{'count':1,'quotes':[{'symbol':'PLTR'},{}],'jobTimestamp':0}")->symbols.size(), 1u);
        QVERIFY(trending("{'count':0,'quotes':[]}")->symbols.empty());
        QCOMPARE(trending("").error().code, ErrorCode::NotFound);
    }

    void aRefusalIsNeverTakenForACrumb_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("code");
        QTest::newRow("429") << 429 << QByteArray("Too Many Requests") << int(ErrorCode::RateLimited);
        QTest::newRow("429 of one word") << 429 << QByteArray("Slow") << int(ErrorCode::RateLimited);
        QTest::newRow("edge") << 200 << QByteArray("Edge: Too Many Requests") << int(ErrorCode::RateLimited);
        QTest::newRow("page") << 200 << QByteArray("<html></html>") << int(ErrorCode::BadResponse);
        QTest::newRow("json") << 200 << QByteArray("{\"finance\":1}") << int(ErrorCode::BadResponse);
        QTest::newRow("empty") << 200 << QByteArray("\n") << int(ErrorCode::BadResponse);
        QTest::newRow("long") << 200 << QByteArray(65, 'a') << int(ErrorCode::BadResponse);
        QTest::newRow("401") << 401 << QByteArray("abc") << int(ErrorCode::Unauthorized);
        QTest::newRow("500") << 500 << QByteArray("abc") << int(ErrorCode::UpstreamError);
    }
    void aRefusalIsNeverTakenForACrumb()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, code);
        const auto crumb = decodeYahooCrumb(answer(status, body, "text/plain"));
        QVERIFY(!crumb);
        QCOMPARE(int(crumb.error().code), code);
        QCOMPARE(decodeYahooCrumb(answer(200, "aB./c1%dE2f\n", "text/plain")).value(), QByteArray("aB./c1%dE2f"));
    }
};

QTEST_APPLESS_MAIN(TestYahooDecode)
#include "tst_yahoodecode.moc"
