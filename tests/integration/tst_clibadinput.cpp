// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "support/brokenhttpserver.h"
#include "support/cliprocess.h"
#include "support/recordingfolder.h"
#include "support/words.h"

using namespace insitecache::test;

/// What people and upstreams get wrong: each ends with one line that says why and what to do, and the right number.
class TestCliBadInput : public QObject {
    Q_OBJECT

    std::unique_ptr<CliProcess> m_cli;

private Q_SLOTS:
    void init()
    {
        m_cli = std::make_unique<CliProcess>();
        QVERIFY2(m_cli->isThere(), "the program insitecache is not built");
    }

    void usageErrors_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("said");
        const auto row = [](const char *name, const QStringList &arguments, const char *said) {
            QTest::newRow(name) << arguments << QByteArray(said);
        };
        row("nothing", {}, "no command");
        row("unknown command", words("gett stock:AAPL"), "did you mean get");
        row("unknown option", words("get stock:AAPL --jsom"), "--json");
        row("missing value", words("get stock:AAPL --redis"), "needs a value");
        row("no key", words("get"), "KEY");
        row("empty key", QStringList{QStringLiteral("get"), QString()}, "empty");
        row("no type", words("get AAPL"), "type");
        row("bad type", words("get Stock:AAPL"), "type");
        row("no identity", words("get stock:"), "identity");
        row("bad escape", words("get user:50%"), "%25");
        row("over-long key", {QStringLiteral("get"), QStringLiteral("stock:") + QString(2000, QLatin1Char('A'))},
            "1024");
        row("10 kB key", {QStringLiteral("get"), QStringLiteral("stock:") + QString(10'000, QLatin1Char('A'))}, "1024");
        row("endless pattern",
            {QStringLiteral("entries"), QStringLiteral("--pattern"), QString(2000, QLatin1Char('*'))}, "1024");
        row("bad glob", words("entries --pattern ["), "[");
        row("empty glob",
            QStringList{
                QStringLiteral("entries"),
                QStringLiteral("--pattern="),
            },
            "empty");
        row("bad limit", words("entries --limit many"), "--limit");
        row("bad entry type", words("entries --type Stock"), "type");
        row("no selection", words("invalidate"), "--key");
        row("two selections", words("invalidate --all --type stock"), "exactly one");
        row("bad tier", words("invalidate --all --tier L9"), "L9");
        row("no L2", words("invalidate --key stock:A --tier L2"), "--redis");
        row("bad delay", words("invalidate --key stock:A --after soon"), "soon");
        row("bad time", words("invalidate --key stock:A --at 25:00"), "25:00");
        row("a time of the past", words("invalidate --key stock:A --at 2020-01-01T00:00"), "ago");
        row("two times", words("invalidate --key stock:A --at 15:30 --after 5s"), "twice");
        row("no such schedule", words("schedule carry"), "schedule list");
        row("no id", words("schedule cancel seven"), "seven");
        row("later command", words("serve --listen 127.0.0.1:1"), "not available in this version");
        row("depends what", words("depends jump stock:A"), "depends add");
        row("half an edge", words("depends add stock:A"), "PARENT CHILD");
        row("bad depth", words("depends show stock:A --depth x"), "1 to 1000000");
        row("later command 2", words("serve --listen 1"), "not available in this version");
        row("bad range", words("history AAPL --range 2w"), "1mo");
        row("bad interval", words("history AAPL --interval 2d"), "1wk");
        row("bad redis", words("get stock:A --redis localhost:6379"), "--redis");
        row("redis password", words("get stock:A --redis redis://:geheim@h"), "INSITECACHE_REDIS_PASSWORD_FILE");
        row("bad database", words("get stock:A --database /tmp/x"), "sqlite:/path");
        row("postgresql", words("get stock:A --database postgresql:///db"), "not available in this version");
        row("plain http", words("get stock:A --yahoo-url http://yahoo.example"), "https");
        row("two upstreams", words("get stock:A --demo --recordings r"), "only one");
        row("no config", words("get stock:A --config nowhere.toml"), "nowhere.toml");
        row("no profile", words("get stock:A --profile x"), "profile");
        row("bad bench", words("bench l9"), "l9");
        row("bad threads", words("bench l1 --threads 0"), "--threads");
    }

    void usageErrors()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, said);
        const auto answer = m_cli->run(arguments);
        QCOMPARE(answer.code, 2);
        QCOMPARE(answer.out, QByteArray());
        QVERIFY2(answer.saysOnce({"insitecache: error: ", "; ", said}), answer.err);
        QVERIFY2(!answer.err.contains("geheim"), answer.err);
        const auto json = m_cli->run(arguments + QStringList{QStringLiteral("--json")});
        QCOMPARE(json.code, 2);
        if (arguments.isEmpty() || arguments.last() != QStringLiteral("--redis"))
            QVERIFY2(json.json().contains(QStringLiteral("error")), json.out);
    }

    void badConfigNamesItsLine()
    {
        const QString config = m_cli->write(QStringLiteral(".config/insitecache/config.toml"),
            "[redis]\nurl = \"none\"\n\n[policy.stock]\nttl = \"soon\"\n");
        const auto answer = m_cli->run(words("get stock:A"));
        QCOMPARE(answer.code, 2);
        QVERIFY2(answer.saysOnce({config.toUtf8() + ":5: ", "soon", "30s"}), answer.err);
        m_cli->write(QStringLiteral(".config/insitecache/config.toml"), "[redis\n");
        const auto broken = m_cli->run(words("get stock:A"));
        QCOMPARE(broken.code, 2);
        QVERIFY2(broken.saysOnce({config.toUtf8() + ":1: "}), broken.err);
    }

    void brokenUpstreamAnswers_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code");
        QTest::newRow("truncated") << 200 << QByteArray("{\"quoteResponse\":{\"result\":[{\"symbol\":\"BAD\",\"regul")
                                   << QStringLiteral("bad-response");
        QTest::newRow("not JSON") << 200 << QByteArray("<html>whoa there</html>") << QStringLiteral("bad-response");
        QTest::newRow("empty") << 200 << QByteArray() << QStringLiteral("bad-response");
        QTest::newRow("broken down") << 503 << QByteArray("busy") << QStringLiteral("upstream-error");
    }

    void brokenUpstreamAnswers()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        RecordingFolder recordings(m_cli->path(QStringLiteral("recordings")));
        recordings.addQuote(QStringLiteral("GOOD"), 1.5);
        recordings.addBrokenQuote(QStringLiteral("BAD"), status, body);
        const QStringList from{QStringLiteral("--json"), QStringLiteral("--recordings"), recordings.path()};
        const auto answer = m_cli->run(words("get stock:BAD") + from);
        QCOMPARE(answer.code, 1);
        QVERIFY2(answer.saysOnce({"insitecache: error: stock:BAD: "}), answer.err);
        QTEST(answer.result()[QStringLiteral("error")].toObject()[QStringLiteral("code")].toString(), "code");
        // A failure is not kept as an answer, and the next key is served.
        QCOMPARE(m_cli->run(words("entries") + from).json()[QStringLiteral("total")], QJsonValue(0));
        QCOMPARE(m_cli->run(words("get stock:GOOD") + from).code, 0);
    }

    void brokenServers_data()
    {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<QString>("code");
        QTest::newRow("moved") << QByteArray("HTTP/1.1 301 Moved\r\nLocation: https://elsewhere.example/\r\n"
                                             "Content-Length: 0\r\nConnection: close\r\n\r\n")
                               << QStringLiteral("redirected");
        QTest::newRow("cut short") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"quoteResponse\":")
                                   << QStringLiteral("bad-response");
        QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH\r\n") << QStringLiteral("unavailable");
    }

    void brokenServers()
    {
        QFETCH(QByteArray, reply);
        BrokenHttpServer server(reply);
        const auto answer = m_cli->run(words("get stock:A --json --yahoo-url") << server.url());
        QVERIFY2(answer.code == 1 || answer.code == 4, answer.err);
        QTEST(answer.result()[QStringLiteral("error")].toObject()[QStringLiteral("code")].toString(), "code");
        QVERIFY2(answer.saysOnce({"error: stock:A: "}), answer.err);
    }

    void unwritableDatabaseIsLeftOut()
    {
        RecordingFolder recordings(m_cli->path(QStringLiteral("recordings")));
        recordings.addQuote(QStringLiteral("GOOD"), 1.5);
        const QStringList with{QStringLiteral("--recordings"), recordings.path(), QStringLiteral("--database"),
            QStringLiteral("sqlite:/proc/nowhere/cache.db")};
        const auto answer = m_cli->run(words("get stock:GOOD") + with);
        QCOMPARE(answer.code, 0);
        QVERIFY2(answer.saysOnce({"warning: L3 is off", "/proc/nowhere/cache.db", "; "}), answer.err);
        QVERIFY(answer.out.contains("1.50 USD"));
        QCOMPARE(m_cli->run(words("get stock:GOOD -q") + with).err, QByteArray());
        QCOMPARE(m_cli->run(words("doctor") + with).code, 4);
        QCOMPARE(m_cli->run(words("entries") + with).code, 4);
        // It may hold a copy all the same.
        const auto invalidate = m_cli->run(words("invalidate --key stock:GOOD --json") + with);
        QCOMPARE(invalidate.code, 4);
        QCOMPARE(
            invalidate.json()[QStringLiteral("partial")][0][QStringLiteral("tier")], QJsonValue(QStringLiteral("L3")));
    }

    void foreignFileIsNotOverwritten()
    {
        const QByteArray text = "these are my notes, not a database, and they are long enough to be looked at\n";
        const QString file = m_cli->write(QStringLiteral("notes.txt"), text.repeated(20));
        RecordingFolder recordings(m_cli->path(QStringLiteral("recordings")));
        recordings.addQuote(QStringLiteral("GOOD"), 1.5);
        m_cli->run(words("get stock:GOOD --recordings")
            << recordings.path() << QStringLiteral("--database") << QStringLiteral("sqlite:") + file);
        bool kept = false;
        for (const QFileInfo &info : QDir(m_cli->path(QString())).entryInfoList(QDir::Files)) {
            QFile candidate(info.filePath());
            kept = kept || (candidate.open(QIODevice::ReadOnly) && candidate.readAll() == text.repeated(20));
        }
        QVERIFY(kept);
    }

    void nobodyAtTheNamedRedis()
    {
        RecordingFolder recordings(m_cli->path(QStringLiteral("recordings")));
        recordings.addQuote(QStringLiteral("GOOD"), 1.5);
        const QStringList with{QStringLiteral("--recordings"), recordings.path(), QStringLiteral("--redis"),
            QStringLiteral("unix:") + m_cli->path(QStringLiteral("no.sock"))};
        const auto get = m_cli->run(words("get stock:GOOD") + with);
        QCOMPARE(get.code, 0);
        QVERIFY2(get.saysOnce({"warning: L2", "no.sock", "; "}), get.err);
        const auto doctor = m_cli->run(words("doctor --json") + with);
        QCOMPARE(doctor.code, 4);
        QCOMPARE(doctor.json()[QStringLiteral("ok")], QJsonValue(false));
        QCOMPARE(m_cli->run(words("entries") + with).code, 4);
        const auto invalidate = m_cli->run(words("invalidate --key stock:GOOD --json") + with);
        QCOMPARE(invalidate.code, 4);
        QCOMPARE(
            invalidate.json()[QStringLiteral("partial")][0][QStringLiteral("tier")], QJsonValue(QStringLiteral("L2")));
        QCOMPARE(invalidate.json()[QStringLiteral("verified")], QJsonValue(0));
    }

    void nobodyAtTheNamedSource()
    {
        const auto answer = m_cli->run(words("get stock:A --json --yahoo-url http://127.0.0.1:1"));
        QCOMPARE(answer.code, 4);
        QCOMPARE(answer.result()[QStringLiteral("error")].toObject()[QStringLiteral("code")],
            QJsonValue(QStringLiteral("unavailable")));
        QVERIFY2(answer.saysOnce({"error: stock:A: ", "127.0.0.1"}), answer.err);
    }

    void noRecordingsThere()
    {
        const auto answer = m_cli->run(words("get stock:A --recordings nowhere"));
        QCOMPARE(answer.code, 4);
        QVERIFY2(answer.saysOnce({"nowhere"}), answer.err);
    }
};

QTEST_GUILESS_MAIN(TestCliBadInput)
#include "tst_clibadinput.moc"
