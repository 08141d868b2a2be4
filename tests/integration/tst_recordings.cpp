// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <map>

#include <insitecache/cache/engine.h>
#include <insitecache/sources/upstreams.h>
#include <insitecache/sources/values.h>

#include "sources/recorded/recording.h"
#include "sources/social/redditdecode.h"
#include "sources/social/xdecode.h"
#include "sources/yahoo/yahoodecode.h"
#include "support/manualclock.h"
#include "support/shareddata.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

QByteArray fileBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// JSON written with single quotes, which moc reads more easily.
QByteArray singleQuoted(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

QString outcome(const Error &error)
{
    return QString::fromStdString(std::string(errorCodeName(error.code)));
}

template <class T>
QString outcome(const Result<T> &result)
{
    return result ? QStringLiteral("value") : outcome(result.error());
}

QString outcome(const Result<std::vector<Quote>> &quotes)
{
    return quotes && quotes->empty() ? QStringLiteral("value (no such symbol)")
        : quotes                     ? QStringLiteral("value")
                                     : outcome(quotes.error());
}

/// What the decoder of an index's endpoint makes of a response; empty for an endpoint that we do not ask.
QString decoded(const QString &endpoint, const HttpResponse &response)
{
    if (endpoint == QStringLiteral("quote"))
        return outcome(decodeYahooQuotes(response));
    if (endpoint == QStringLiteral("chart"))
        return outcome(decodeYahooHistory(response)) + QStringLiteral(" / ") + outcome(decodeYahooChartQuote(response));
    if (endpoint == QStringLiteral("search") && response.url.host().contains(QStringLiteral("yahoo")))
        return outcome(decodeYahooSearch(response, QStringLiteral("text")));
    if (endpoint == QStringLiteral("trending"))
        return outcome(decodeYahooTrending(response, QStringLiteral("US")));
    if (endpoint == QStringLiteral("getcrumb"))
        return outcome(decodeYahooCrumb(response));
    if (endpoint == QStringLiteral("token"))
        return outcome(decodeRedditToken(response));
    if (endpoint == QStringLiteral("search") || endpoint == QStringLiteral("listing"))
        return outcome(decodeRedditListing(response));
    if (endpoint.startsWith(QStringLiteral("search_")))
        return outcome(decodeXSearch(response));
    return {};
}

HttpResponse recordedResponse(const QString &folder, const QJsonObject &line)
{
    HttpResponse response;
    response.status = line.value(QLatin1String("status")).toInt();
    response.url = QUrl(line.value(QLatin1String("url")).toString());
    response.body = fileBytes(folder + u'/' + line.value(QLatin1String("file")).toString());
    const QJsonObject headers = line.value(QLatin1String("response_headers")).toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it)
        response.headers.append({it.key().toUtf8(), it->toString().toUtf8()});
    return response;
}

/// The only object of a recorded body at `envelope`.result.
QJsonObject recordedResult(const QString &file, const QString &envelope)
{
    return QJsonDocument::fromJson(fileBytes(file))
        .object()
        .value(envelope)
        .toObject()
        .value(QLatin1String("result"))
        .toArray()
        .first()
        .toObject();
}

} // namespace

class TestRecordings : public QObject {
    Q_OBJECT

    QString m_data = sharedData(QStringLiteral("upstream"));
    ManualClock m_clock;

    /// What `--recordings` answers, in the order of the keys.
    std::vector<Fetched> fetch(const QString &directory, const std::vector<std::string> &keys)
    {
        auto source = makeRecordedSource(directory, m_clock);
        if (!source)
            qFatal("%s", source.error().toString().c_str());
        std::vector<CacheKey> parsed;
        for (const std::string &key : keys)
            parsed.push_back(normalisedKey(key).value());
        std::vector<Fetched> out;
        (*source)->fetch(parsed, [&out](std::vector<Fetched> fetched) { out = std::move(fetched); });
        return out;
    }
    template <class Value>
    Value value(const std::string &key)
    {
        const auto fetched = fetch(m_data, {key});
        if (!fetched.at(0).payload)
            qFatal("%s", fetched.at(0).payload.error().toString().c_str());
        return Value::fromCbor(QCborValue::fromCbor(QByteArray::fromStdString(*fetched[0].payload))).value();
    }
    QString body(const QString &name) const { return m_data + QStringLiteral("/yahoo/bodies/") + name; }

private Q_SLOTS:
    void everyRecordedBodyIsAValueOrATypedError()
    {
        if (m_data.isEmpty())
            QSKIP("no recordings: set INSITECACHE_SHARED_DATA");
        std::map<QString, int> counts;
        QStringList surprises;
        for (const QString &provider : {QStringLiteral("yahoo"), QStringLiteral("reddit"), QStringLiteral("x")}) {
            const QString folder = m_data + u'/' + provider;
            for (const QJsonValue &line :
                QJsonDocument::fromJson(fileBytes(folder + QStringLiteral("/index.json"))).array()) {
                const QString endpoint = line.toObject().value(QLatin1String("endpoint")).toString();
                const HttpResponse response = recordedResponse(folder, line.toObject());
                const QString result = decoded(endpoint, response);
                if (result.isEmpty())
                    continue;
                ++counts[QStringLiteral("%1 %2 %3: %4").arg(provider, endpoint).arg(response.status).arg(result)];
                if (response.status == 200 && result.contains(QStringLiteral("bad-response")))
                    surprises += line.toObject().value(QLatin1String("file")).toString();
            }
        }
        for (const auto &[what, count] : counts)
            qInfo("%4d  %s", count, qUtf8Printable(what));
        QVERIFY(counts.size() > 10);
        QCOMPARE(surprises, QStringList());
    }

    void quotesEqualTheirNewestRecording_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("AAPL") << "quote-AAPL-20250217-200.json";
        // Recorded with fields=beta alone, so most of it is missing there too.
        QTest::newRow("MSFT") << "quote-MSFT-20250217-200.json";
        QTest::newRow("EURUSD=X") << "quote-EURUSD-X-20250217-200.json";
        QTest::newRow("OCDO.L") << "quote-OCDO.L-20250217-200.json";
        QTest::newRow("TSLA") << "quote-AAPL+TSLA-20220224-200.json";
    }
    void quotesEqualTheirNewestRecording()
    {
        if (m_data.isEmpty())
            QSKIP("no recordings: set INSITECACHE_SHARED_DATA");
        QFETCH(QString, file);
        const QString symbol = QString::fromLatin1(QTest::currentDataTag());
        QJsonObject expected;
        const QJsonArray results = QJsonDocument::fromJson(fileBytes(body(file)))
                                       .object()
                                       .value(QLatin1String("quoteResponse"))
                                       .toObject()
                                       .value(QLatin1String("result"))
                                       .toArray();
        for (const QJsonValue &result : results) {
            if (result.toObject().value(QLatin1String("symbol")).toString() == symbol)
                expected = result.toObject();
        }
        QVERIFY(!expected.isEmpty());
        const auto quote = value<Quote>("stock:" + symbol.toStdString());
        const auto number = [&](const char *name) -> std::optional<double> {
            const QJsonValue field = expected.value(QLatin1String(name));
            return field.isDouble() ? std::optional(field.toDouble()) : std::nullopt;
        };
        const auto text = [&](const char *name) { return expected.value(QLatin1String(name)).toString(); };
        QCOMPARE(quote.symbol, symbol);
        QCOMPARE(quote.currency, text("currency"));
        QVERIFY(quote.name == text("longName") || quote.name == text("shortName"));
        QVERIFY(quote.price == number("regularMarketPrice"));
        QVERIFY(quote.previousClose == number("regularMarketPreviousClose"));
        QVERIFY(quote.change == number("regularMarketChange"));
        QVERIFY(quote.changePercent == number("regularMarketChangePercent"));
        QCOMPARE(quote.marketState, text("marketState"));
        QCOMPARE(quote.exchange, text("exchange"));
        QCOMPARE(quote.timezone, text("exchangeTimezoneName"));
        QCOMPARE(quote.time->toSecsSinceEpoch(), qint64(*number("regularMarketTime")));
        QCOMPARE(*quote.delayMinutes, int(*number("exchangeDataDelayedBy")));
    }

    void aSymbolWithoutQuoteIsReadOffItsChart()
    {
        if (m_data.isEmpty())
            QSKIP("no recordings: set INSITECACHE_SHARED_DATA");
        const QJsonObject meta
            = recordedResult(body(QStringLiteral("chart-MUV2.DE-1d-20250424-200.json")), QStringLiteral("chart"))
                  .value(QLatin1String("meta"))
                  .toObject();
        const auto quote = value<Quote>("stock:MUV2.DE");
        QCOMPARE(*quote.price, meta.value(QLatin1String("regularMarketPrice")).toDouble());
        QCOMPARE(quote.name, meta.value(QLatin1String("longName")).toString());
        QCOMPARE(quote.currency, QStringLiteral("EUR"));
        // The chart begins years before: its "previous close" is not yesterday's.
        QVERIFY(!quote.previousClose && !quote.change);
        QCOMPARE(quote.marketState, QString());
    }

    void oneBatchKeepsTheOrderOfItsKeys()
    {
        if (m_data.isEmpty())
            QSKIP("no recordings: set INSITECACHE_SHARED_DATA");
        const std::vector<std::string> keys
            = {"trending:US", "stock:MSFT", "search:apple", "stock:NOSUCH", "history:AAPL", "stock:AAPL", "stock:SI"};
        const auto fetched = fetch(m_data, keys);
        QCOMPARE(fetched.size(), keys.size());
        for (std::size_t i = 0; i < keys.size(); ++i)
            QCOMPARE(fetched[i].key.text(), normalisedKey(keys[i])->text());
        for (const std::size_t known : {0, 1, 2, 4, 5})
            QVERIFY2(fetched[known].payload, keys[known].c_str());
        QCOMPARE(fetched[3].payload.error().code, ErrorCode::NotFound);
        // Delisted: its newest recording is the shell of a quote.
        QCOMPARE(fetched[6].payload.error().code, ErrorCode::NotFound);
    }

    void trendingEqualsItsRecording()
    {
        if (m_data.isEmpty())
            QSKIP("no recordings: set INSITECACHE_SHARED_DATA");
        const QJsonArray expected
            = recordedResult(body(QStringLiteral("trending-US-20210217-200.json")), QStringLiteral("finance"))
                  .value(QLatin1String("quotes"))
                  .toArray();
        const auto trending = value<Trending>("trending:us");
        QCOMPARE(trending.region, QStringLiteral("US"));
        QCOMPARE(trending.symbols.size(), std::size_t(expected.size()));
        for (std::size_t i = 0; i < trending.symbols.size(); ++i)
            QCOMPARE(trending.symbols[i].symbol,
                expected[qsizetype(i)].toObject().value(QLatin1String("symbol")).toString());
    }

    // Nobody was recorded talking about it, and other people's posts must not be counted for it.
    void sentimentCountsOnlyPostsAboutTheSymbol()
    {
        if (m_data.isEmpty())
            QSKIP("no recordings: set INSITECACHE_SHARED_DATA");
        const auto sentiment = value<Sentiment>("sentiment:AAPL");
        QCOMPARE(sentiment.symbol, QStringLiteral("AAPL"));
        QCOMPARE(sentiment.posts, 0);
        QCOMPARE(sentiment.score, 0.0);
    }

    void aSearchThatWasNotRecordedFindsTheAnswerThatListsItsText()
    {
        if (m_data.isEmpty())
            QSKIP("no recordings: set INSITECACHE_SHARED_DATA");
        const auto result = value<SearchResult>("search:  Apple ");
        QCOMPARE(result.query, QStringLiteral("apple"));
        QCOMPARE(result.matches.at(0).symbol, QStringLiteral("AAPL"));
        QCOMPARE(result.matches.at(0).name, QStringLiteral("Apple Inc."));
        QCOMPARE(result.matches.at(0).exchange, QStringLiteral("NMS"));
        QCOMPARE(result.matches.at(0).type, QStringLiteral("EQUITY"));
        QCOMPARE(fetch(m_data, {"search:qzxjkv"}).at(0).payload.error().code, ErrorCode::NotFound);
    }

    void historyTakesTheSpanOfTheNearestLength()
    {
        if (m_data.isEmpty())
            QSKIP("no recordings: set INSITECACHE_SHARED_DATA");
        const auto history = value<History>("history:AAPL:3mo");
        const QJsonObject chart
            = recordedResult(body(QStringLiteral("chart-AAPL-1d-20250220-200_2.json")), QStringLiteral("chart"));
        const QJsonArray times = chart.value(QLatin1String("timestamp")).toArray();
        QCOMPARE(history.bars.size(), std::size_t(times.size()));
        QCOMPARE(history.bars.front().time.toSecsSinceEpoch(), times.first().toInteger());
        QCOMPARE(history.currency, QStringLiteral("USD"));
        QCOMPARE(history.timezone, QStringLiteral("America/New_York"));
        QVERIFY(history.bars.back().volume.has_value());
    }

    void theWholeChainKeepsWhatTheRecordingsSay()
    {
        if (m_data.isEmpty())
            QSKIP("no recordings: set INSITECACHE_SHARED_DATA");
        QTemporaryDir dir;
        EngineOptions options;
        options.sources.push_back([this] { return makeRecordedSource(m_data, Clock::system()); });
        options.database.emplace();
        options.database->url = "sqlite:" + dir.filePath(QStringLiteral("cache.db")).toStdString();
        std::vector<CacheKey> keys;
        for (const char *key : {"stock:AAPL", "stock:MSFT", "search:apple", "sentiment:AAPL", "trending:US"})
            keys.push_back(normalisedKey(key).value());
        const auto lookUp = [&keys](Engine &engine) { return engine.lookup(keys).result(); };
        std::vector<Lookup> first, second;
        {
            const auto engine = Engine::start(options);
            QVERIFY2(engine, engine ? "" : engine.error().message.c_str());
            first = lookUp(**engine);
            second = lookUp(**engine);
        }
        const auto another = Engine::start(options);
        const std::vector<Lookup> third = lookUp(**another);
        for (std::size_t i = 0; i < keys.size(); ++i) {
            QCOMPARE(first[i].answeredBy, Stage::Source);
            QVERIFY(second[i].answeredBy == Stage::L1 || second[i].answeredBy == Stage::L3);
            QCOMPARE(third[i].answeredBy, Stage::L3);
            QCOMPARE(second[i].entry->payload(), first[i].entry->payload());
            QCOMPARE(third[i].entry->payload(), first[i].entry->payload());
        }
    }

    // Another collection may lack a provider, keys and bodies, and hold endpoints that nobody here asks.
    void aPoorIndexIsReadForWhatItHolds()
    {
        QTemporaryDir dir;
        QVERIFY(QDir(dir.path()).mkpath(QStringLiteral("yahoo/bodies")));
        const auto write = [&](const QString &name, const QByteArray &bytes) {
            QFile file(dir.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
        };
        write(QStringLiteral("yahoo/index.json"),
            singleQuoted(
                "[17, {}, {'url': 'https://a/v7/finance/quote?symbols=X', 'status': 200},"
                "{'file': 'bodies/gone.json', 'url': 'https://a/v7/finance/quote?symbols=GONE', 'status': 200},"
                "{'file': '../../secret', 'url': 'https://a/v7/finance/quote?symbols=OUT', 'status': 200},"
                "{'file': 'bodies/s.json', 'url': 'https://a/v10/finance/quoteSummary/NEW', 'status': 200, 'endpoint': "
                "'quoteSummary'},"
                "{'file': 'bodies/new.json', 'url': 'https://a/v7/finance/quote?symbols=NEW%2CB&later=1', 'status': "
                "200,"
                "'response_headers': {'x': 5, 'set-cookie': ['a=b', 'c=d']}, 'recorded': 'some day', 'unknown': {}}]"));
        write(QStringLiteral("yahoo/bodies/new.json"),
            singleQuoted(
                "{'quoteResponse': {'result': [{'symbol': 'NEW', 'quoteType': 'EQUITY', 'regularMarketPrice': 7}]}}"));
        const auto fetched = fetch(dir.path(), {"stock:NEW", "stock:B", "stock:GONE", "stock:OUT", "trending:US"});
        QVERIFY(fetched[0].payload);
        QCOMPARE(fetched[1].payload.error().code, ErrorCode::NotFound);
        QCOMPARE(fetched[2].payload.error().code, ErrorCode::Io);
        QVERIFY(QByteArray::fromStdString(fetched[2].payload.error().message).contains("gone.json"));
        QCOMPARE(fetched[3].payload.error().code, ErrorCode::NotFound);
        QCOMPARE(fetched[4].payload.error().code, ErrorCode::NotFound);

        write(QStringLiteral("yahoo/index.json"), "[{]");
        const auto broken = makeRecordedSource(dir.path(), m_clock);
        QCOMPARE(broken.error().code, ErrorCode::Io);
        QVERIFY(QByteArray::fromStdString(broken.error().message).contains("index.json"));
        QCOMPARE(makeRecordedSource(dir.filePath(QStringLiteral("nowhere")), m_clock).error().code, ErrorCode::Io);
    }
};

QTEST_GUILESS_MAIN(TestRecordings)
#include "tst_recordings.moc"
