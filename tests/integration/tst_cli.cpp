// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "support/cliprocess.h"
#include "support/recordingfolder.h"
#include "support/words.h"

using namespace insitecache::test;

/// The commands as a script calls them: one process each, over recordings that this test writes.
class TestCli : public QObject {
    Q_OBJECT

    std::unique_ptr<CliProcess> m_cli;
    std::unique_ptr<RecordingFolder> m_recordings;

    CliProcess::Answer run(QStringList words) const
    {
        return m_cli->run(words << QStringLiteral("--recordings") << m_recordings->path());
    }

private Q_SLOTS:
    void init()
    {
        m_cli = std::make_unique<CliProcess>();
        QVERIFY2(m_cli->isThere(), "the program insitecache is not built");
        m_recordings = std::make_unique<RecordingFolder>(m_cli->path(QStringLiteral("recordings")));
        m_recordings->addQuote(QStringLiteral("AAPL"), 12.5);
        m_recordings->addQuote(QStringLiteral("MSFT"), 34.25);
        m_recordings->add(QStringLiteral("x"), QStringLiteral("https://api.x.com/2/tweets/search/recent?query=%24AAPL"),
            200, "{\"meta\":{\"result_count\":0}}");
    }

    void versionAndHelp()
    {
        const auto version = m_cli->run({QStringLiteral("--version")});
        QCOMPARE(version.code, 0);
        QVERIFY(version.out.startsWith("insitecache "));
        const auto help = m_cli->run({QStringLiteral("--help")});
        QCOMPARE(help.code, 0);
        for (const char *word : {"get", "invalidate", "doctor", "bench", "--recordings", "--read-only"})
            QVERIFY2(help.out.contains(word), word);
        QCOMPARE(m_cli->run(words("help invalidate")).out, m_cli->run(words("invalidate --help")).out);
        QVERIFY(m_cli->run(words("invalidate --help")).out.contains("--dry-run"));
        const auto settings = m_cli->run(words("help settings"));
        for (const char *word : {"redis.password-file", "INSITECACHE_X_TOKEN_FILE", "[policy.TYPE]"})
            QVERIFY2(settings.out.contains(word), word);
    }

    void invalidationsToComeAreListedCancelledAndCarriedOut()
    {
        run(words("get stock:AAPL"));
        const auto asked = run(words("invalidate --key stock:AAPL --after 1h --reason close --json"));
        QCOMPARE(asked.code, 0);
        QCOMPARE(asked.json()[QStringLiteral("dryRun")], QJsonValue(false));
        QCOMPARE(asked.json()[QStringLiteral("keys")], QJsonValue(1));
        const QJsonObject scheduled = asked.json()[QStringLiteral("scheduled")].toObject();
        const QString id = QString::number(scheduled[QStringLiteral("id")].toInt());
        const auto first = [&] {
            const auto listed = run(words("schedule list --json"));
            return listed.json()[QStringLiteral("scheduled")].toArray().at(0).toObject();
        };
        QCOMPARE(first()[QStringLiteral("id")], scheduled[QStringLiteral("id")]);
        QCOMPARE(first()[QStringLiteral("due")], scheduled[QStringLiteral("due")]);
        QCOMPARE(first()[QStringLiteral("what")], QJsonValue(QStringLiteral("stock:AAPL")));
        QCOMPARE(first()[QStringLiteral("reason")], QJsonValue(QStringLiteral("close")));
        QVERIFY(first()[QStringLiteral("dependents")].isBool() && first()[QStringLiteral("expire")].isBool());
        QVERIFY(first()[QStringLiteral("by")].toString().contains(QLatin1Char('@')));
        QVERIFY(run(words("schedule list")).out.contains("stock:AAPL"));
        QCOMPARE(run(words("schedule cancel") << id).code, 0);
        QCOMPARE(run(words("schedule cancel") << id).code, 1);
        QVERIFY(first().isEmpty());
        QCOMPARE(
            run(words("get stock:AAPL --json")).result()[QStringLiteral("tier")], QJsonValue(QStringLiteral("L3")));
        QCOMPARE(run(words("invalidate --key stock:AAPL --after 1s")).code, 0);
        QTRY_VERIFY_WITH_TIMEOUT(first().isEmpty(), 20'000); // each call looks when it starts
        QCOMPARE(
            run(words("get stock:AAPL --json")).result()[QStringLiteral("tier")], QJsonValue(QStringLiteral("source")));
        QVERIFY(first().isEmpty());
    }

    void manyKeysAreScheduledByForceOnly()
    {
        run(words("get stock:AAPL stock:MSFT"));
        QCOMPARE(run(words("invalidate --type stock --after 1h")).code, 2);
        QCOMPARE(run(words("invalidate --type stock --after 1h --force")).code, 0);
        QVERIFY(run(words("invalidate --type stock --after 1h --force --database none")).err.contains("--database"));
    }

    void getAnswersInOrder()
    {
        const auto answer = run(words("get stock:msft stock:AAPL --json"));
        QCOMPARE(answer.code, 0);
        QCOMPARE(answer.err, QByteArray());
        const QJsonObject msft = answer.result(0);
        QCOMPARE(msft[QStringLiteral("key")], QJsonValue(QStringLiteral("stock:MSFT")));
        QCOMPARE(msft[QStringLiteral("tier")], QJsonValue(QStringLiteral("source")));
        QCOMPARE(msft[QStringLiteral("stale")], QJsonValue(false));
        QCOMPARE(msft[QStringLiteral("error")], QJsonValue());
        QVERIFY(msft[QStringLiteral("ttlMs")].toDouble() > 0);
        QVERIFY(msft[QStringLiteral("ageMs")].toDouble() >= 0);
        const QJsonObject value = msft[QStringLiteral("value")].toObject();
        QCOMPARE(value[QStringLiteral("price")], QJsonValue(34.25));
        QCOMPARE(value[QStringLiteral("name")], QJsonValue(QStringLiteral("Test & Sons")));
        QCOMPARE(value[QStringLiteral("time")], QJsonValue(QStringLiteral("2023-11-14T22:13:20.000Z")));
        QCOMPARE(answer.result(1)[QStringLiteral("value")].toObject()[QStringLiteral("price")], QJsonValue(12.5));
        QStringList outcomes;
        for (const QJsonValue &step : msft[QStringLiteral("steps")].toArray())
            outcomes << step[QStringLiteral("tier")].toString() + QLatin1Char(' ')
                    + step[QStringLiteral("outcome")].toString();
        QCOMPARE(outcomes,
            QStringList({QStringLiteral("L1 miss"), QStringLiteral("L2 skipped"), QStringLiteral("L3 miss"),
                QStringLiteral("source hit")}));
        const QJsonArray steps = msft[QStringLiteral("steps")].toArray();
        QCOMPARE(steps[0][QStringLiteral("reason")], QJsonValue(QStringLiteral("cold")));
        QCOMPARE(steps[2][QStringLiteral("reason")], QJsonValue(QStringLiteral("cold")));
        QVERIFY(!steps[1].toObject().contains(QStringLiteral("reason")));
    }

    void statsHaveReasonsAndAForecast()
    {
        const QJsonObject stats = run(words("stats --json")).json();
        const QJsonObject reasons
            = stats[QStringLiteral("tiers")][QStringLiteral("L1")][QStringLiteral("missReasons")].toObject();
        QCOMPARE(reasons.keys(), words("cold corrupt down evicted expired invalidated negative"));
        const QJsonObject whatIf = stats[QStringLiteral("whatIf")].toObject();
        QCOMPARE(whatIf[QStringLiteral("verdict")], QJsonValue(QStringLiteral("too few samples")));
        for (const char *list : {"capacity", "ttl"}) {
            const QJsonArray cases = whatIf[QLatin1String(list)].toArray();
            QCOMPARE(cases.size(), 4);
            QCOMPARE(cases[2][QStringLiteral("factor")], QJsonValue(2));
        }
    }

    void secondProcessReadsTheDatabase()
    {
        run(words("get stock:AAPL"));
        const auto answer = run(words("get stock:AAPL --json"));
        QCOMPARE(answer.result()[QStringLiteral("tier")], QJsonValue(QStringLiteral("L3")));
        QVERIFY(answer.result()[QStringLiteral("cacheStatus")].toString().startsWith(QStringLiteral("L3; hit; ttl=")));
        QCOMPARE(run(words("get stock:AAPL --bypass --json")).result()[QStringLiteral("tier")],
            QJsonValue(QStringLiteral("source")));
        QCOMPARE(run(words("get stock:AAPL --database none --json")).result()[QStringLiteral("tier")],
            QJsonValue(QStringLiteral("source")));
    }

    void answersOfOtherUpstreamsNeverMeet()
    {
        run(words("get stock:AAPL"));
        RecordingFolder other(m_cli->path(QStringLiteral("other")));
        other.addQuote(QStringLiteral("AAPL"), 99);
        const auto answer = m_cli->run(words("get stock:AAPL --json --recordings") << other.path());
        QCOMPARE(answer.result()[QStringLiteral("value")].toObject()[QStringLiteral("price")], QJsonValue(99));
    }

    void whatDoesNotExistIsToldAndRemembered()
    {
        const auto first = run(words("get stock:NOPE --json"));
        QCOMPARE(first.code, 1);
        QVERIFY(first.saysOnce({"stock:NOPE"}));
        QCOMPARE(first.result()[QStringLiteral("negative")], QJsonValue(true));
        QCOMPARE(first.result()[QStringLiteral("value")], QJsonValue());
        QCOMPARE(first.result()[QStringLiteral("error")].toObject()[QStringLiteral("code")],
            QJsonValue(QStringLiteral("not-found")));
        const auto second = run(words("get stock:NOPE --json"));
        QCOMPARE(second.code, 1);
        QCOMPARE(second.result()[QStringLiteral("tier")], QJsonValue(QStringLiteral("L3")));
        QVERIFY(second.result()[QStringLiteral("ttlMs")].toDouble() <= 45'000);
    }

    void oneBadKeyDoesNotSpoilTheOthers()
    {
        const auto answer = run(words("get stock:NOPE stock:AAPL --json"));
        QCOMPARE(answer.code, 1);
        QCOMPARE(answer.result(1)[QStringLiteral("value")].toObject()[QStringLiteral("price")], QJsonValue(12.5));
    }

    void humanOutputIsReadableAndPlain()
    {
        const auto answer = run(words("get stock:AAPL"));
        QVERIFY(answer.out.contains("Test & Sons"));
        QVERIFY(answer.out.contains("12.50 USD"));
        QVERIFY(answer.out.contains("from source"));
        QVERIFY(!answer.out.contains('\x1b'));
    }

    void foreignTextCannotDriveTheTerminal()
    {
        m_recordings->addBrokenQuote(QStringLiteral("EVIL"), 200,
            QByteArray("{'quoteResponse':{'result':[{'symbol':'EVIL','quoteType':'EQUITY','longName':'a\\u001b[2Jb',"
                       "'regularMarketPrice':1}],'error':null}}")
                .replace('\'', '"'));
        const auto answer = run(words("get stock:EVIL"));
        QCOMPARE(answer.code, 0);
        QVERIFY(answer.out.contains("a\\x1b[2Jb"));
        QVERIFY(!answer.out.contains('\x1b'));
    }

    void preferencesAreKept()
    {
        const QString json = QStringLiteral("{\"theme\":\"dark\",\"이름\":[1,2.5,null]}");
        const auto put = run({QStringLiteral("put"), QStringLiteral("user:42"), json});
        QCOMPARE(put.code, 0);
        const auto get = m_cli->run(words("get user:42 --json --demo"));
        QCOMPARE(get.code, 0);
        const QJsonObject value = get.result()[QStringLiteral("value")].toObject();
        QCOMPARE(value[QStringLiteral("theme")], QJsonValue(QStringLiteral("dark")));
        QCOMPARE(value[QStringLiteral("이름")], QJsonValue(QJsonArray{1, 2.5, QJsonValue()}));
        QCOMPARE(run(words("get user:43")).code, 1);
    }

    void preferencesAreNoCopyToInvalidate()
    {
        run(words("put user:42 {}"));
        run(words("get stock:AAPL"));
        for (const char *selection : {"--all", "--pattern *", "--type user", "--key user:42"}) {
            run(words("invalidate --force") + words(selection));
            run(words("invalidate --force --expire") + words(selection));
            QCOMPARE(run(words("get user:42")).code, 0);
        }
        const auto left = run(words("entries --json")).json()[QStringLiteral("entries")].toArray();
        QCOMPARE(left.size(), 1);
        QCOMPARE(left[0][QStringLiteral("state")], QJsonValue(QStringLiteral("fresh")));
        QCOMPARE(run(words("invalidate --all -n --json")).json()[QStringLiteral("keys")], QJsonValue(0));
    }

    void putRefusesWhatItCannotKeep_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::newRow("not JSON") << words("put user:1 {theme}") << 2;
        QTest::newRow("not an object") << words("put user:1 [1]") << 2;
        QTest::newRow("has a source") << words("put stock:AAPL {}") << 2;
        QTest::newRow("no value") << words("put user:1") << 2;
        QTest::newRow("read-only") << words("put user:1 {} --read-only") << 5;
        QTest::newRow("no database") << words("put user:1 {} --database none") << 4;
    }

    void putRefusesWhatItCannotKeep()
    {
        QFETCH(QStringList, arguments);
        const auto answer = run(arguments);
        QTEST(answer.code, "code");
        QVERIFY2(answer.saysOnce({"error", "; "}), answer.err);
        QCOMPARE(run(words("get user:1")).code, 1);
    }

    void entriesAreListed()
    {
        run(words("get stock:AAPL stock:MSFT stock:NOPE"));
        run(words("put user:1 {}"));
        const auto all = run(words("entries --json"));
        QCOMPARE(all.code, 0);
        QCOMPARE(all.json()[QStringLiteral("total")], QJsonValue(4));
        QCOMPARE(all.json()[QStringLiteral("exact")], QJsonValue(true));
        QMap<QString, QJsonObject> byKey;
        for (const QJsonValue &entry : all.json()[QStringLiteral("entries")].toArray())
            byKey[entry[QStringLiteral("key")].toString()] = entry.toObject();
        QCOMPARE(byKey[QStringLiteral("stock:AAPL")][QStringLiteral("state")], QJsonValue(QStringLiteral("fresh")));
        QVERIFY(
            byKey[QStringLiteral("stock:AAPL")][QStringLiteral("tiers")][QStringLiteral("L3")][QStringLiteral("ttlMs")]
                .toDouble()
            > 0);
        QCOMPARE(byKey[QStringLiteral("stock:NOPE")][QStringLiteral("state")], QJsonValue(QStringLiteral("negative")));
        QCOMPARE(byKey[QStringLiteral("user:1")][QStringLiteral("expiresAt")], QJsonValue());
        const auto total = [&](const char *text) { return run(words(text)).json()[QStringLiteral("total")].toInt(); };
        QCOMPARE(total("entries --type stock --json"), 3);
        QCOMPARE(total("entries --pattern *A* --json"), 1);
        QCOMPARE(total("entries --pattern *:* --type user --json"), 1);
        const auto limited = run(words("entries --limit 2 --json")).json();
        QCOMPARE(limited[QStringLiteral("entries")].toArray().size(), 2);
        QCOMPARE(limited[QStringLiteral("total")], QJsonValue(4));
    }

    void dryRunChangesNothing()
    {
        run(words("get stock:AAPL stock:MSFT"));
        const auto dry = run(words("invalidate --type stock -n --json"));
        QCOMPARE(dry.code, 0);
        QCOMPARE(dry.json()[QStringLiteral("dryRun")], QJsonValue(true));
        QCOMPARE(dry.json()[QStringLiteral("keys")], QJsonValue(2));
        QCOMPARE(dry.json()[QStringLiteral("byTier")].toObject()[QStringLiteral("L3")], QJsonValue(2));
        QCOMPARE(dry.json()[QStringLiteral("deleted")], QJsonValue(0));
        QCOMPARE(run(words("entries --json")).json()[QStringLiteral("total")], QJsonValue(2));
    }

    void manyKeysNeedForce()
    {
        run(words("get stock:AAPL stock:MSFT"));
        const auto refused = run(words("invalidate --pattern stock:*"));
        QCOMPARE(refused.code, 2);
        QVERIFY(refused.saysOnce({"2 keys", "--force"}));
        QCOMPARE(run(words("entries --json")).json()[QStringLiteral("total")], QJsonValue(2));
        const auto done = run(words("invalidate --pattern stock:* --force --json"));
        QCOMPARE(done.code, 0);
        for (const char *count : {"requested", "deleted", "verified"})
            QCOMPARE(done.json()[QString::fromLatin1(count)], QJsonValue(2));
        QCOMPARE(run(words("entries --json")).json()[QStringLiteral("total")], QJsonValue(0));
    }

    void oneKeyNeedsNone()
    {
        run(words("get stock:AAPL stock:MSFT"));
        QCOMPARE(run(words("invalidate --key stock:aapl")).code, 0);
        const auto left = run(words("entries --json")).json()[QStringLiteral("entries")].toArray();
        QCOMPARE(left.size(), 1);
        QCOMPARE(left[0][QStringLiteral("key")], QJsonValue(QStringLiteral("stock:MSFT")));
    }

    void expiredCopiesWaitForTheSourceToFail()
    {
        run(words("get stock:AAPL"));
        QCOMPARE(run(words("invalidate --key stock:AAPL --expire")).code, 0);
        const auto entries = run(words("entries --json")).json()[QStringLiteral("entries")].toArray();
        QCOMPARE(entries[0][QStringLiteral("state")], QJsonValue(QStringLiteral("stale")));
        QCOMPARE(
            run(words("get stock:AAPL --json")).result()[QStringLiteral("tier")], QJsonValue(QStringLiteral("source")));
    }

    void readOnlyRefuses()
    {
        run(words("get stock:AAPL"));
        const auto answer = run(words("invalidate --key stock:AAPL --read-only --json"));
        QCOMPARE(answer.code, 5);
        QCOMPARE(answer.json()[QStringLiteral("error")].toObject()[QStringLiteral("code")],
            QJsonValue(QStringLiteral("refused")));
        QCOMPARE(run(words("invalidate --key stock:AAPL --read-only -n")).code, 0);
        QCOMPARE(run(words("entries --json")).json()[QStringLiteral("total")], QJsonValue(1));
    }

    void statsHaveEveryTier()
    {
        run(words("get stock:AAPL"));
        const auto answer = run(words("stats --json"));
        QCOMPARE(answer.code, 0);
        const QJsonObject json = answer.json();
        for (const char *name :
            {"lookups", "hits", "hitRatio", "meanMs", "tiers", "sources", "types", "invalidations", "refresh", "slo"})
            QVERIFY2(json.contains(QString::fromLatin1(name)), name);
        const QJsonObject tiers = json[QStringLiteral("tiers")].toObject();
        QCOMPARE(tiers[QStringLiteral("L1")][QStringLiteral("up")], QJsonValue(true));
        QCOMPARE(tiers[QStringLiteral("L2")][QStringLiteral("configured")], QJsonValue(false));
        QCOMPARE(tiers[QStringLiteral("L3")][QStringLiteral("entries")], QJsonValue(1));
        QVERIFY(json[QStringLiteral("sources")].toObject().contains(QStringLiteral("yahoo")));
    }

    void policiesFollowTheFile()
    {
        const QString config
            = m_cli->write(QStringLiteral("my.toml"), "[policy.stock]\nttl = \"7s\"\ntiers = [\"L3\"]\n");
        const auto answer = run(words("policies --json --config") << config);
        QCOMPARE(answer.code, 0);
        for (const QJsonValue &policy : answer.json()[QStringLiteral("policies")].toArray()) {
            if (policy[QStringLiteral("type")] == QJsonValue(QStringLiteral("stock"))) {
                QCOMPARE(policy[QStringLiteral("ttlMs")], QJsonValue(7000));
                QCOMPARE(policy[QStringLiteral("tiers")], QJsonValue(QJsonArray{QStringLiteral("L3")}));
            }
        }
        const auto get = run(words("get stock:AAPL --json --config") << config);
        QVERIFY(get.result()[QStringLiteral("ttlMs")].toDouble() < 8000);
    }

    void doctorFindsAllWell()
    {
        const auto answer = run(words("doctor --json"));
        QCOMPARE(answer.code, 0);
        QCOMPARE(answer.json()[QStringLiteral("ok")], QJsonValue(true));
        QStringList names;
        for (const QJsonValue &check : answer.json()[QStringLiteral("checks")].toArray())
            names << check[QStringLiteral("name")].toString();
        for (const char *name : {"settings", "upstream", "L1", "L2", "L3", "yahoo"})
            QVERIFY2(names.contains(QString::fromLatin1(name)), name);
    }

    void benchesRun_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("l1") << QStringLiteral("l1");
        QTest::newRow("l3") << QStringLiteral("l3");
        QTest::newRow("tiered") << QStringLiteral("tiered");
    }

    void benchesRun()
    {
        QFETCH(QString, kind);
        const auto answer = m_cli->run({QStringLiteral("bench"), kind, QStringLiteral("--json"),
            QStringLiteral("--seconds"), QStringLiteral("0.1"), QStringLiteral("--keys"), QStringLiteral("200"),
            QStringLiteral("--threads"), QStringLiteral("2"), QStringLiteral("--redis"), QStringLiteral("none")});
        QVERIFY2(answer.code == 0, answer.err);
        const QJsonObject json = answer.json();
        QCOMPARE(json[QStringLiteral("bench")], QJsonValue(kind));
        QCOMPARE(json[QStringLiteral("threads")], QJsonValue(2));
        QVERIFY(json[QStringLiteral("operations")].toDouble() > 0);
        QCOMPARE(json[QStringLiteral("hitRatio")], QJsonValue(1));
        for (const char *name : {"seconds", "opsPerSecond", "p50Us", "p99Us", "bytesPerEntry"})
            QVERIFY2(json.contains(QString::fromLatin1(name)), name);
    }

    void benchTellsWhatAnEntryCostsBeyondItsValue()
    {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("what was freed stays in the process");
#endif
        const auto answer = run(words("bench l1 --json --seconds 0.05 --keys 4000 --value-bytes 16000 --redis none"));
        QCOMPARE(answer.code, 0);
        const double bytes = answer.json()[QStringLiteral("bytesPerEntry")].toDouble();
        QVERIFY2(bytes > 0 && bytes < 16'000, qPrintable(QString::number(bytes)));
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
