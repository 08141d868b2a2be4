// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QTest>

#include "sources/social/redditdecode.h"
#include "sources/social/sentimentscorer.h"
#include "sources/social/xdecode.h"

using namespace insitecache;

namespace {

struct RecordedExchange {
    QString endpoint;
    HttpResponse response;
};

QString recordingsFolder(const QString &provider)
{
    const QString shared = qEnvironmentVariable(
        "INSITECACHE_SHARED_DATA", qEnvironmentVariable("INSITECACHE_SOURCE_DIR") + QStringLiteral("/../shared/data"));
    return shared + QStringLiteral("/upstream/") + provider + u'/';
}

QByteArray bytesOfFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::vector<RecordedExchange> recordedExchanges(const QString &provider)
{
    std::vector<RecordedExchange> exchanges;
    const QString folder = recordingsFolder(provider);
    const QJsonArray index = QJsonDocument::fromJson(bytesOfFile(folder + QStringLiteral("index.json"))).array();
    for (const QJsonValue &entry : index) {
        RecordedExchange exchange;
        exchange.endpoint = entry[QStringLiteral("endpoint")].toString();
        exchange.response.status = entry[QStringLiteral("status")].toInt();
        exchange.response.url = QUrl(entry[QStringLiteral("url")].toString());
        const QVariantMap headers = entry[QStringLiteral("response_headers")].toObject().toVariantMap();
        for (auto it = headers.begin(); it != headers.end(); ++it)
            exchange.response.headers.emplace_back(it.key().toUtf8(), it.value().toString().toUtf8());
        const QString file = entry[QStringLiteral("file")].toString();
        if (!file.isEmpty())
            exchange.response.body = bytesOfFile(folder + file);
        exchanges.push_back(std::move(exchange));
    }
    return exchanges;
}

template <class Value>
QString outcomeOf(const Result<Value> &result)
{
    return result ? QStringLiteral("value") : QString::fromStdString(std::string(errorCodeName(result.error().code)));
}

} // namespace

class TestRedditRecordings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFile::exists(recordingsFolder(QStringLiteral("reddit")) + QStringLiteral("index.json")))
            QSKIP("the recordings are not here (INSITECACHE_SHARED_DATA)");
    }

    void everyRedditBodyIsAValueOrATypedError()
    {
        QMap<QString, int> outcomes;
        std::size_t posts = 0;
        for (const RecordedExchange &exchange : recordedExchanges(QStringLiteral("reddit"))) {
            const int status = exchange.response.status;
            if (exchange.endpoint == QStringLiteral("token")) {
                const auto token = decodeRedditToken(exchange.response);
                ++outcomes[QStringLiteral("token %1 %2").arg(status).arg(outcomeOf(token))];
                QCOMPARE(token.has_value(), exchange.response.body.contains("access_token"));
                continue;
            }
            const auto page = decodeRedditListing(exchange.response);
            ++outcomes[QStringLiteral("%1 %2 %3").arg(exchange.endpoint).arg(status).arg(outcomeOf(page))];
            posts += page ? page->posts.size() : 0;
            if (exchange.endpoint == QStringLiteral("listing"))
                QCOMPARE(page.has_value(), status == 200);
            if (status == 429)
                QCOMPARE(page.error().code, ErrorCode::RateLimited);
        }
        for (auto it = outcomes.begin(); it != outcomes.end(); ++it)
            qInfo("reddit %s: %d", qPrintable(it.key()), it.value());
        qInfo("reddit posts and comments: %zu", posts);
        QVERIFY(posts > 500);
        QVERIFY(outcomes.value(QStringLiteral("token 200 unauthorized")) > 0);
    }

    void everyXBodyIsAValueOrATypedError()
    {
        QMap<QString, int> outcomes;
        for (const RecordedExchange &exchange : recordedExchanges(QStringLiteral("x"))) {
            const auto page = decodeXSearch(exchange.response);
            ++outcomes
                [QStringLiteral("%1 %2 %3").arg(exchange.endpoint).arg(exchange.response.status).arg(outcomeOf(page))];
            if (!exchange.endpoint.startsWith(QStringLiteral("search")))
                continue;
            QCOMPARE(page.has_value(), exchange.response.status == 200);
            const auto sent = QJsonDocument::fromJson(exchange.response.body)[QStringLiteral("data")].toArray().size();
            QCOMPARE(page ? static_cast<qsizetype>(page->posts.size()) : 0, sent);
        }
        for (auto it = outcomes.begin(); it != outcomes.end(); ++it)
            qInfo("x %s: %d", qPrintable(it.key()), it.value());
        QVERIFY(outcomes.value(QStringLiteral("search_recent 200 value")) > 0);
    }

    /// The providers' own tags are the oracle: cut out by offset, each must come to the same.
    void offsetsCountCodePointsOfTheSentText()
    {
        qsizetype tags = 0;
        for (RecordedExchange exchange : recordedExchanges(QStringLiteral("x"))) {
            exchange.response.body.replace("\"hashtags\"", "\"cashtags\"");
            const auto told = decodeXSearch(exchange.response);
            exchange.response.body.replace("\"tag\"", "\"tag_left_out\"");
            const auto cut = decodeXSearch(exchange.response);
            for (std::size_t i = 0; told && i < told->posts.size(); ++i) {
                QCOMPARE(cut->posts[i].cashtags, told->posts[i].cashtags);
                tags += told->posts[i].cashtags.size();
            }
        }
        qInfo("%lld tags agree", static_cast<long long>(tags));
        QVERIFY(tags > 100);
    }

    void realPostsScoreWithinBounds()
    {
        const SentimentScorer scorer;
        int posts = 0, telling = 0;
        for (const RecordedExchange &exchange : recordedExchanges(QStringLiteral("reddit"))) {
            const auto page = decodeRedditListing(exchange.response);
            for (std::size_t i = 0; page && i < page->posts.size(); ++i) {
                const double score = scorer.score(page->posts[i].text);
                QVERIFY(score >= -1 && score <= 1);
                ++posts;
                telling += std::abs(score) >= 0.05;
            }
        }
        qInfo("%d of %d Reddit posts feel one way or the other", telling, posts);
        QVERIFY(telling > posts / 3 && telling < posts);
    }
};

QTEST_APPLESS_MAIN(TestRedditRecordings)
#include "tst_redditrecordings.moc"
