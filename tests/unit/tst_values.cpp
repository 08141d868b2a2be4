// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCborArray>
#include <QCborMap>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <limits>

#include <insitecache/base/cachekey.h>
#include <insitecache/sources/values.h>

using namespace insitecache;

namespace {

QDateTime utc(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
}

Quote fullQuote()
{
    Quote quote;
    quote.symbol = QStringLiteral("005930.KS");
    quote.name = QStringLiteral("삼성전자");
    quote.currency = QStringLiteral("KRW");
    quote.price = 71'000;
    quote.previousClose = 70'000.5;
    quote.change = 999.5;
    quote.changePercent = 1.43;
    quote.marketState = QStringLiteral("REGULAR");
    quote.exchange = QStringLiteral("KSC");
    quote.timezone = QStringLiteral("Asia/Seoul");
    quote.time = utc(1'739'566'800'123);
    quote.delayMinutes = 20;
    quote.source = QStringLiteral("yahoo");
    return quote;
}

History smallHistory()
{
    return {QStringLiteral("AAPL"), QStringLiteral("USD"), QStringLiteral("America/New_York"),
        {{utc(1'000), 1, 2, 0.5, 1.5, 100}, {utc(2'000), 1, 2, 0.5, 1.5, std::nullopt}}};
}

Sentiment smallSentiment()
{
    return {QStringLiteral("AAPL"), -0.25, 1, 2, 3, 6, {4, -0.5}, {2, 0.25}, QStringLiteral("24h")};
}

/// As the tiers do it: through bytes.
template <class Value>
Result<Value> throughBytes(const Value &value)
{
    return Value::fromCbor(QCborValue::fromCbor(value.toCbor().toCbor()));
}

QByteArray asJson(const QCborValue &value)
{
    return QJsonDocument(value.toMap().toJsonObject()).toJson(QJsonDocument::Compact);
}

QCborMap without(const QCborValue &value, QLatin1String field)
{
    QCborMap map = value.toMap();
    map.remove(field);
    return map;
}

QCborMap with(const QCborValue &value, QLatin1String field, const QCborValue &other)
{
    QCborMap map = value.toMap();
    map.insert(field, other);
    return map;
}

} // namespace

class TestValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quoteKeepsEveryField()
    {
        const Quote before = fullQuote();
        const auto after = throughBytes(before);
        QVERIFY(after);
        QCOMPARE(after->name, before.name);
        QCOMPARE(*after->price, *before.price);
        QCOMPARE(*after->time, *before.time);
        QCOMPARE(*after->delayMinutes, 20);
        QCOMPARE(after->toCbor(), before.toCbor());
    }

    void othersKeepEveryField()
    {
        QCOMPARE(throughBytes(smallHistory())->toCbor(), smallHistory().toCbor());
        QVERIFY(!throughBytes(smallHistory())->bars[1].volume);
        QCOMPARE(throughBytes(smallSentiment())->toCbor(), smallSentiment().toCbor());
        QCOMPARE(throughBytes(smallSentiment())->x.score, 0.25);
        const SearchResult search{QStringLiteral("q"), {{QStringLiteral("A"), {}, {}, QStringLiteral("ETF")}}};
        QCOMPARE(throughBytes(search)->matches.at(0).type, QStringLiteral("ETF"));
        const Trending trending{
            QStringLiteral("KR"), {{QStringLiteral("A"), {}}, {QStringLiteral("B"), QStringLiteral("b")}}};
        QCOMPARE(throughBytes(trending)->symbols.at(1).name, QStringLiteral("b"));
        QCOMPARE(throughBytes(trending)->symbols.at(0).name, QString());
    }

    // The names and forms are a contract with scripts.
    void jsonIsTheContract()
    {
        QCOMPARE(asJson(fullQuote().toCbor()),
            QByteArray(
                "{'change':999.5,'changePercent':1.43,'currency':'KRW','delayMinutes':20,'exchange':'KSC',"
                "'marketState':'REGULAR','name':'삼성전자','previousClose':70000.5,'price':71000,"
                "'source':'yahoo','symbol':'005930.KS','time':'2025-02-14T21:00:00.123Z','timezone':'Asia/Seoul'}")
                .replace('\'', '"'));
        QCOMPARE(asJson(smallSentiment().toCbor()),
            QByteArray("{'negative':3,'neutral':2,'positive':1,'posts':6,'score':-0.25,'sources':{'reddit':{'posts':4,"
                       "'score':-0.5},'x':{'posts':2,'score':0.25}},'symbol':'AAPL','window':'24h'}")
                .replace('\'', '"'));
        QCOMPARE(asJson(Trending{QStringLiteral("US"), {{QStringLiteral("A"), {}}}}.toCbor()),
            QByteArray("{'region':'US','symbols':[{'symbol':'A'}]}").replace('\'', '"'));
    }

    void whatIsUnknownIsNull()
    {
        Quote bare;
        bare.symbol = QStringLiteral("X");
        QVERIFY(bare.toCbor().toMap().value(QLatin1String("price")).isNull());
        const auto after = throughBytes(bare);
        QVERIFY(after);
        QVERIFY(!after->price && !after->time && !after->delayMinutes);
    }

    void aNewerWritersFieldIsPassedOver()
    {
        QVERIFY(Quote::fromCbor(with(fullQuote().toCbor(), QLatin1String("later"), QCborArray{1})));
    }

    void wrongShapesAreCorrupt_data()
    {
        QTest::addColumn<QCborValue>("value");
        const QCborValue quote = fullQuote().toCbor();
        QTest::newRow("nothing") << QCborValue();
        QTest::newRow("a list") << QCborValue(QCborArray{1, 2});
        QTest::newRow("another value") << smallSentiment().toCbor();
        QTest::newRow("no symbol") << QCborValue(without(quote, QLatin1String("symbol")));
        QTest::newRow("a text for a price") << QCborValue(with(quote, QLatin1String("price"), QStringLiteral("7")));
        QTest::newRow("infinity") << QCborValue(
            with(quote, QLatin1String("price"), std::numeric_limits<double>::infinity()));
        QTest::newRow("not a time") << QCborValue(with(quote, QLatin1String("time"), QStringLiteral("today")));
        QTest::newRow("negative delay") << QCborValue(with(quote, QLatin1String("delayMinutes"), -1));
    }
    void wrongShapesAreCorrupt()
    {
        QFETCH(QCborValue, value);
        const auto quote = Quote::fromCbor(value);
        QVERIFY(!quote);
        QCOMPARE(quote.error().code, ErrorCode::Corrupt);
    }

    void oneBadElementSpoilsTheList()
    {
        QCborValue history = smallHistory().toCbor();
        QCborMap map = history.toMap();
        map.insert(QLatin1String("bars"), QCborArray{QCborMap{{QLatin1String("open"), 1}}});
        QCOMPARE(History::fromCbor(map).error().code, ErrorCode::Corrupt);
        map.insert(QLatin1String("bars"), 7);
        QCOMPARE(History::fromCbor(map).error().code, ErrorCode::Corrupt);
        QCOMPARE(Sentiment::fromCbor(without(smallSentiment().toCbor(), QLatin1String("sources"))).error().code,
            ErrorCode::Corrupt);
    }

    void keysAreWhatAPersonMeans_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("meant");
        QTest::newRow("stock") << "stock: aapl "
                               << "stock:AAPL";
        QTest::newRow("index") << "stock:^gspc"
                               << "stock:^GSPC";
        QTest::newRow("korean stock") << "stock:005930.ks"
                                      << "stock:005930.KS";
        QTest::newRow("sentiment") << "sentiment:tsla"
                                   << "sentiment:TSLA";
        QTest::newRow("trending") << "trending:kr"
                                  << "trending:KR";
        QTest::newRow("search") << "search:  Samsung   ELECTRONICS "
                                << "search:samsung electronics";
        QTest::newRow("korean search") << "search:삼성 전자"
                                       << "search:삼성 전자";
        QTest::newRow("user") << "user: Ann "
                              << "user: Ann ";
        QTest::newRow("history") << "history:aapl"
                                 << "history:AAPL:1mo:1d";
        QTest::newRow("history range") << "history:AAPL:1Y"
                                       << "history:AAPL:1y:1d";
        QTest::newRow("history all") << "history:AAPL:5d:15m"
                                     << "history:AAPL:5d:15m";
    }
    void keysAreWhatAPersonMeans()
    {
        QFETCH(QString, given);
        QFETCH(QString, meant);
        const auto key = normalisedKey(given.toStdString());
        QVERIFY(key);
        QCOMPARE(QString::fromStdString(key->text()), meant);
        QCOMPARE(normalisedKey(key->text())->text(), key->text());
    }

    void badKeysAreRefused_data()
    {
        QTest::addColumn<QByteArray>("given");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("no type") << QByteArray("AAPL");
        QTest::newRow("blank symbol") << QByteArray("stock:   ");
        QTest::newRow("range") << QByteArray("history:AAPL:7mo");
        QTest::newRow("interval") << QByteArray("history:AAPL:1mo:7d");
        QTest::newRow("parts") << QByteArray("history:AAPL:1mo:1d:1d");
        QTest::newRow("no symbol") << QByteArray("history::1mo");
        QTest::newRow("not UTF-8") << QByteArray("search:\xff");
    }
    void badKeysAreRefused()
    {
        QFETCH(QByteArray, given);
        const auto key = normalisedKey(given.toStdString());
        QVERIFY(!key);
        QCOMPARE(key.error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_APPLESS_MAIN(TestValues)
#include "tst_values.moc"
