// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include "support/cliprocess.h"
#include "support/redisserver.h"
#include "support/shareddata.h"

using namespace insitecache::test;

/// One batch of every kind of key through all tiers, process by process, over what the providers really answered.
class TestCliTiers : public QObject {
    Q_OBJECT

    CliProcess m_cli;
    RedisServer m_redis;
    QString m_recordings;

    CliProcess::Answer get(const QStringList &more = {}) const
    {
        return m_cli.run(
            QStringList{QStringLiteral("get"), QStringLiteral("stock:AAPL"), QStringLiteral("stock:MSFT"),
                QStringLiteral("search:apple"), QStringLiteral("sentiment:AAPL"), QStringLiteral("trending:US"),
                QStringLiteral("--recordings"), m_recordings, QStringLiteral("--json")}
            + more);
    }
    QStringList withRedis() const { return {QStringLiteral("--redis"), m_redis.url()}; }

    static QStringList tiersOf(const CliProcess::Answer &answer)
    {
        QStringList tiers;
        for (const QJsonValue &result : answer.json()[QStringLiteral("results")].toArray())
            tiers << result[QStringLiteral("tier")].toString();
        return tiers;
    }

    static QJsonArray valuesOf(const CliProcess::Answer &answer)
    {
        QJsonArray values;
        for (const QJsonValue &result : answer.json()[QStringLiteral("results")].toArray())
            values.append(result[QStringLiteral("value")]);
        return values;
    }

    /// Is there a recorded quote of AAPL with that price?
    bool isRecordedPrice(double price) const
    {
        const QString folder = m_recordings + QStringLiteral("/yahoo/");
        QFile index(folder + QStringLiteral("index.json"));
        if (!index.open(QIODevice::ReadOnly))
            return false;
        for (const QJsonValue &line : QJsonDocument::fromJson(index.readAll()).array()) {
            QFile body(folder + line[QStringLiteral("file")].toString());
            if (!line[QStringLiteral("symbol")].toString().contains(QStringLiteral("AAPL"))
                || !body.open(QIODevice::ReadOnly))
                continue;
            const QJsonObject json = QJsonDocument::fromJson(body.readAll()).object();
            for (const QJsonValue &quote : json[QStringLiteral("quoteResponse")][QStringLiteral("result")].toArray()) {
                if (quote[QStringLiteral("symbol")] == QJsonValue(QStringLiteral("AAPL"))
                    && quote[QStringLiteral("regularMarketPrice")] == QJsonValue(price))
                    return true;
            }
        }
        return false;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_recordings = sharedData(QStringLiteral("upstream"));
        if (m_recordings.isEmpty())
            QSKIP("the recorded answers are not here (INSITECACHE_SHARED_DATA)");
        QVERIFY2(m_cli.isThere(), "the program insitecache is not built");
    }

    void everyTierAnswersInItsTurn()
    {
        QVERIFY(m_redis.start());
        const auto first = get(withRedis());
        QVERIFY2(first.code == 0, first.err);
        QCOMPARE(tiersOf(first), QStringList(5, QStringLiteral("source")));
        const QJsonArray values = valuesOf(first);
        QVERIFY(isRecordedPrice(values[0][QStringLiteral("price")].toDouble()));
        QVERIFY(values[1][QStringLiteral("price")].toDouble() > 0);
        QVERIFY(!values[2][QStringLiteral("matches")].toArray().isEmpty());
        QVERIFY(qAbs(values[3][QStringLiteral("score")].toDouble()) <= 1);
        QVERIFY(!values[4][QStringLiteral("symbols")].toArray().isEmpty());

        const auto second = get(withRedis());
        QCOMPARE(second.code, 0);
        QCOMPARE(tiersOf(second), QStringList(5, QStringLiteral("L2")));
        QCOMPARE(valuesOf(second), values);

        m_redis.kill();
        const auto third = get(withRedis());
        QCOMPARE(third.code, 0);
        QCOMPARE(tiersOf(third), QStringList(5, QStringLiteral("L3")));
        QCOMPARE(valuesOf(third), values);
        QVERIFY2(third.saysOnce({"warning: L2"}), third.err);
    }

    void aNewRedisIsFilledFromTheDatabase()
    {
        RedisServer other;
        QVERIFY(other.start());
        const QStringList with{QStringLiteral("--redis"), other.url()};
        QCOMPARE(tiersOf(get(with)), QStringList(5, QStringLiteral("L3")));
        QCOMPARE(tiersOf(get(with)), QStringList(5, QStringLiteral("L2")));
        const auto gone
            = m_cli.run(QStringList{QStringLiteral("invalidate"), QStringLiteral("--key"), QStringLiteral("stock:AAPL"),
                            QStringLiteral("--recordings"), m_recordings, QStringLiteral("--json")}
                + with);
        QCOMPARE(gone.code, 0);
        QCOMPARE(gone.json()[QStringLiteral("byTier")].toObject()[QStringLiteral("L2")], QJsonValue(1));
        QCOMPARE(gone.json()[QStringLiteral("byTier")].toObject()[QStringLiteral("L3")], QJsonValue(1));
        QCOMPARE(gone.json()[QStringLiteral("verified")], QJsonValue(1));
        QCOMPARE(tiersOf(get(with)).first(), QStringLiteral("source"));
    }

    void whatRedisMissedWaitsForIt()
    {
        RedisServer other;
        QVERIFY(other.start());
        const QStringList with{QStringLiteral("--redis"), other.url(), QStringLiteral("--recordings"), m_recordings,
            QStringLiteral("--json")};
        const auto outbox = [&] {
            return m_cli.run(QStringList{QStringLiteral("stats")} + with).json()[QStringLiteral("outbox")].toObject();
        };
        QCOMPARE(m_cli.run(QStringList{QStringLiteral("get"), QStringLiteral("stock:AAPL")} + with).code, 0);
        QCOMPARE(outbox()[QStringLiteral("waiting")], QJsonValue(0));
        other.pause();
        const auto partial = m_cli.run(
            QStringList{QStringLiteral("invalidate"), QStringLiteral("--key"), QStringLiteral("stock:AAPL")} + with);
        QVERIFY(partial.code != 0);
        const QJsonObject waiting = outbox();
        QCOMPARE(waiting[QStringLiteral("waiting")], QJsonValue(1));
        QVERIFY(waiting[QStringLiteral("oldestMs")].toInt() > 0);
        other.resume();
        const auto after = m_cli.run(QStringList{QStringLiteral("get"), QStringLiteral("stock:AAPL")} + with);
        QCOMPARE(tiersOf(after).first(), QStringLiteral("source"));
        QTRY_COMPARE(outbox()[QStringLiteral("waiting")], QJsonValue(0));
    }

    void doctorTellsWhichRedisAnswers()
    {
        RedisServer other;
        QVERIFY(other.start());
        const auto answer = m_cli.run({QStringLiteral("doctor"), QStringLiteral("--json"),
            QStringLiteral("--recordings"), m_recordings, QStringLiteral("--redis"), other.url()});
        QCOMPARE(answer.code, 0);
        QString detail;
        for (const QJsonValue &check : answer.json()[QStringLiteral("checks")].toArray()) {
            if (check[QStringLiteral("name")] == QJsonValue(QStringLiteral("L2")))
                detail = check[QStringLiteral("detail")].toString();
        }
        QVERIFY2(detail.contains(QStringLiteral("version ") + QString::fromLatin1(other.info("redis_version"))),
            qPrintable(detail));
        QVERIFY2(detail.contains(QStringLiteral("noeviction")), qPrintable(detail));
    }

    void aProcessOnlyTouchesItsOwnKeys()
    {
        RedisServer other;
        QVERIFY(other.start());
        other.cli({QStringLiteral("SET"), QStringLiteral("theirs"), QStringLiteral("1")});
        const QStringList with{QStringLiteral("--redis"), other.url()};
        get(with);
        const auto bench = m_cli.run(
            QStringList{QStringLiteral("bench"), QStringLiteral("l2"), QStringLiteral("--seconds"),
                QStringLiteral("0.1"), QStringLiteral("--keys"), QStringLiteral("50"), QStringLiteral("--json")}
            + with);
        QVERIFY2(bench.code == 0, bench.err);
        QCOMPARE(bench.json()[QStringLiteral("hitRatio")], QJsonValue(1));
        m_cli.run(QStringList{QStringLiteral("invalidate"), QStringLiteral("--all"), QStringLiteral("--force"),
                      QStringLiteral("--recordings"), m_recordings}
            + with);
        // What remains of ours is the log of invalidations, no value.
        QByteArrayList left = other.cli({QStringLiteral("KEYS"), QStringLiteral("*")}).trimmed().split('\n');
        left.removeIf([](const QByteArray &name) { return name.startsWith("ic:") && !name.contains(":v:"); });
        QCOMPARE(left, QByteArrayList{"theirs"});
    }
};

QTEST_GUILESS_MAIN(TestCliTiers)
#include "tst_clitiers.moc"
