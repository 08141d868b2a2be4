// SPDX-License-Identifier: GPL-3.0-or-later
#include <thread>

#include <QFile>
#include <QFileInfo>
#include <QTest>

#include "support/cliprocess.h"
#include "support/recordingfolder.h"
#include "support/redisserver.h"
#include "support/words.h"

using namespace insitecache::test;

/// `policies set` and `unset`, process by process: what is written, what the next process makes of it, and what leaves
/// the tiers.
class TestCliPolicies : public QObject {
    Q_OBJECT

    std::unique_ptr<CliProcess> m_cli;
    std::unique_ptr<RecordingFolder> m_recordings;

    CliProcess::Answer run(const QStringList &arguments) const
    {
        return m_cli->run(arguments + QStringList{QStringLiteral("--recordings"), m_recordings->path()});
    }

    QString policyFile() const { return m_cli->path(QStringLiteral(".config/insitecache/policies.toml")); }

    static QByteArray contents(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QJsonObject policy(const QString &type) const
    {
        for (const QJsonValue &policy : run(words("policies --json")).json()[QStringLiteral("policies")].toArray()) {
            if (policy[QStringLiteral("type")] == QJsonValue(type))
                return policy.toObject();
        }
        return {};
    }

    QJsonObject stock() const { return policy(QStringLiteral("stock")); }
    QString origin(const char *field) const
    {
        return stock()[QStringLiteral("origins")].toObject()[QString::fromLatin1(field)].toString();
    }

    QStringList tiersOfEntries(const QStringList &more) const
    {
        const QJsonArray entries = run(words("entries --json") + more).json()[QStringLiteral("entries")].toArray();
        return entries.isEmpty() ? QStringList() : entries[0].toObject()[QStringLiteral("tiers")].toObject().keys();
    }

private Q_SLOTS:
    void init()
    {
        m_cli = std::make_unique<CliProcess>();
        QVERIFY2(m_cli->isThere(), "the program insitecache is not built");
        m_recordings = std::make_unique<RecordingFolder>(m_cli->path(QStringLiteral("recordings")));
        m_recordings->addQuote(QStringLiteral("GOOD"), 1.5);
    }

    void whatIsSetHoldsAboveTheFile()
    {
        const QByteArray text = "# mine\n[policy.stock]\nttl = \"20s\"\njitter = 0.0\n";
        const QString config = m_cli->write(QStringLiteral(".config/insitecache/config.toml"), text);
        QCOMPARE(origin("ttl"), QStringLiteral("file"));
        const auto answer = run(words("policies set stock ttl=1m write=around"));
        QVERIFY2(answer.code == 0, answer.err);
        QCOMPARE(answer.out, QByteArray("stock: ttl 20s \xe2\x86\x92 60s\nstock: write through \xe2\x86\x92 around\n"));
        QCOMPARE(contents(config), text);
        QCOMPARE(QFileInfo(policyFile()).permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
            QFileDevice::Permissions());
        QCOMPARE(stock()[QStringLiteral("ttlMs")], QJsonValue(60'000));
        QCOMPARE(origin("ttl"), QStringLiteral("policies.toml"));
        QCOMPARE(origin("jitter"), QStringLiteral("file"));
        QCOMPARE(origin("stale"), QStringLiteral("built in"));
        const auto shown = run(words("policies"));
        QVERIFY2(shown.out.contains("policies.toml: ttl write, file: jitter"), shown.out);
        const double ttl = run(words("get stock:GOOD --json")).result()[QStringLiteral("ttlMs")].toDouble();
        QVERIFY2(ttl > 20'000 && ttl <= 60'000, QByteArray::number(ttl));
    }

    void whatIsSetAddsUpAndIsTakenBack()
    {
        QCOMPARE(run(words("policies set stock ttl=60s")).code, 0);
        QCOMPARE(run(words("policies set search ttl=50s")).code, 0);
        const auto second = run(words("policies set stock jitter=0.25 --json"));
        QCOMPARE(second.code, 0);
        QCOMPARE(second.json()[QStringLiteral("type")], QJsonValue(QStringLiteral("stock")));
        QCOMPARE(second.json()[QStringLiteral("file")], QJsonValue(policyFile()));
        const QJsonObject jitter{{QStringLiteral("field"), QStringLiteral("jitter")},
            {QStringLiteral("old"), QStringLiteral("0.1")}, {QStringLiteral("new"), QStringLiteral("0.25")}};
        QCOMPARE(second.json()[QStringLiteral("changed")], QJsonValue(QJsonArray{jitter}));
        QCOMPARE(stock()[QStringLiteral("ttlMs")], QJsonValue(60'000));
        QCOMPARE(run(words("policies set stock jitter=0.25")).out, QByteArray("stock: as before\n"));

        const auto back = run(words("policies unset stock"));
        QCOMPARE(back.out, QByteArray("stock: ttl 60s \xe2\x86\x92 300s\nstock: jitter 0.25 \xe2\x86\x92 0.1\n"));
        QCOMPARE(origin("ttl"), QStringLiteral("built in"));
        QCOMPARE(policy(QStringLiteral("search"))[QStringLiteral("ttlMs")], QJsonValue(50'000));
        QCOMPARE(run(words("policies unset stock")).code, 0);
    }

    void whatATypeIsGuaranteedIsKeptAndShown()
    {
        const auto answer = run(words("policies set stock l1-bytes=64MiB"));
        QCOMPARE(answer.out, QByteArray("stock: l1-bytes 0 \xe2\x86\x92 64MiB\n"));
        QVERIFY2(answer.err.isEmpty(), answer.err);
        QCOMPARE(stock()[QStringLiteral("l1Bytes")], QJsonValue(64 << 20));
        QCOMPARE(origin("l1-bytes"), QStringLiteral("policies.toml"));
        QVERIFY2(run(words("policies")).out.contains("64.0 MiB"), run(words("policies")).out);
        const QJsonObject l1
            = run(words("stats --json")).json()[QStringLiteral("tiers")].toObject()[QStringLiteral("L1")].toObject();
        const QJsonObject first = l1[QStringLiteral("types")].toArray().at(0).toObject();
        QCOMPARE(first[QStringLiteral("type")], QJsonValue(QStringLiteral("stock")));
        QCOMPARE(first[QStringLiteral("guaranteedBytes")], QJsonValue(64 << 20));
        QVERIFY(run(words("stats")).out.contains("all others"));
    }

    void moreThanThereIsIsSaid()
    {
        m_cli->environment.insert(QStringLiteral("INSITECACHE_MEMORY_MAX_BYTES"), QStringLiteral("1MiB"));
        const auto answer = run(words("policies set stock l1-bytes=3MiB"));
        QCOMPARE(answer.code, 0);
        QVERIFY2(answer.saysOnce({"guarantee 3145728 bytes of L1, which has 1048576"}), answer.err);
        QVERIFY(run(words("policies")).err.contains("guarantee 3145728 bytes"));
        QVERIFY(run(words("get stock:GOOD")).err.contains("guarantee 3145728 bytes"));
        QVERIFY(run(words("doctor")).out.contains("lower l1-bytes"));
    }

    void theTiersLeftAreSwept()
    {
        RedisServer redis;
        QVERIFY(redis.start());
        const QStringList with{QStringLiteral("--redis"), redis.url()};
        QCOMPARE(run(words("get stock:GOOD") + with).code, 0);
        const QStringList both{QStringLiteral("L2"), QStringLiteral("L3")};
        QCOMPARE(tiersOfEntries(with), both);
        const auto answer = run(words("policies set stock tiers=L1,L3 --json") + with);
        QVERIFY2(answer.code == 0, answer.err);
        QCOMPARE(answer.json()[QStringLiteral("left")], QJsonValue(QJsonArray{QStringLiteral("L2")}));
        QCOMPARE(tiersOfEntries(with), QStringList(QStringLiteral("L3")));
        QCOMPARE(run(words("get stock:GOOD") + with).code, 0);
        QCOMPARE(tiersOfEntries(with), QStringList(QStringLiteral("L3")));
    }

    void aTierThatIsAwayIsNamed()
    {
        const QStringList with{
            QStringLiteral("--redis"), QStringLiteral("unix:") + m_cli->path(QStringLiteral("no.sock"))};
        const auto redis = run(words("policies set stock tiers=L1,L3 --json -q") + with);
        QCOMPARE(redis.code, 4);
        QVERIFY2(redis.saysOnce({"'stock' holds, but L2 may still have copies", "; "}), redis.err);
        QVERIFY(redis.json()[QStringLiteral("error")].isObject());
        const auto database = run(words("policies set search tiers=L1,L2 -q --database sqlite:/proc/nowhere/cache.db"));
        QCOMPARE(database.code, 4);
        QVERIFY2(database.saysOnce({"'search' holds, but L3 may still have copies", "; "}), database.err);
        QCOMPARE(origin("tiers"), QStringLiteral("policies.toml"));
    }

    void readOnlyRefuses()
    {
        const auto answer = run(words("policies set stock ttl=60s --read-only"));
        QCOMPARE(answer.code, 5);
        QVERIFY2(answer.saysOnce({"read-only", "no policy was changed"}), answer.err);
        QCOMPARE(run(words("policies unset stock --read-only")).code, 5);
        QVERIFY(!QFile::exists(policyFile()));
    }

    void whatIsWrongIsSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("said");
        const auto row = [](const char *name, const char *arguments, const char *said) {
            QTest::newRow(name) << words(arguments) << QByteArray(said);
        };
        row("how", "policies change stock ttl=1s", "policies set TYPE FIELD=VALUE");
        row("set nothing", "policies set stock", "policies set TYPE FIELD=VALUE");
        row("unset a field", "policies unset stock ttl", "policies unset TYPE");
        row("no value", "policies set stock ttl", "FIELD=VALUE");
        row("unknown type", "policies set stocks ttl=1s", "did you mean stock");
        row("unset an unknown type", "policies unset quotes", "quotes");
        row("unknown field", "policies set stock tll=1s", "did you mean ttl");
        row("ttl", "policies set stock ttl=0s", "more than 0 and at most 366 days");
        row("jitter", "policies set stock jitter=0.6", "0 \xe2\x80\xa6 0.5");
        row("no tier", "policies set stock tiers=", "at least one of L1, L2, L3");
        row("bytes", "policies set stock l1-bytes=much", "is not a size");
        row("bytes by another name", "policies set stock l1Bytes=1MiB", "did you mean l1-bytes");
        row("bytes of many", "policies set default l1-bytes=1MiB", "to one by its name");
        row("bytes outside L1", "policies set sentiment l1-bytes=1MiB", "name L1 in tiers");
        row("the only copy", "policies set user tiers=L2", "cannot be left out");
    }

    void whatIsWrongIsSaid()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, said);
        const auto answer = run(arguments);
        QCOMPARE(answer.code, 2);
        QCOMPARE(answer.out, QByteArray());
        QVERIFY2(answer.saysOnce({"insitecache: error: ", "; ", said}), answer.err);
        QVERIFY(run(arguments + words("--json")).json().contains(QStringLiteral("error")));
        QVERIFY(!QFile::exists(policyFile()));
    }

    void aBadValueChangesNothing()
    {
        QCOMPARE(run(words("policies set stock ttl=60s")).code, 0);
        const QByteArray before = contents(policyFile());
        QCOMPARE(run(words("policies set stock jitter=0.2 ttl=soon")).code, 2);
        QCOMPARE(run(words("policies set stock tiers=L1 write=behind")).code, 2);
        QCOMPARE(contents(policyFile()), before);
    }

    void aCorruptFileIsNamedAndKept_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("not TOML") << QByteArray("[policy.stock\nttl = 1\n");
        QTest::newRow("a setting") << QByteArray("[redis]\nurl = \"none\"\n");
        QTest::newRow("a profile") << QByteArray("[profile.ops.policy.stock]\nttl = \"1s\"\n");
        QTest::newRow("a bad value") << QByteArray("[policy.stock]\nttl = \"0s\"\n");
        QTest::newRow("bytes") << QByteArray("\x00\xff\xfe", 3);
    }

    void aCorruptFileIsNamedAndKept()
    {
        QFETCH(QByteArray, text);
        m_cli->write(QStringLiteral(".config/insitecache/policies.toml"), text);
        for (const char *command :
            {"policies set stock ttl=60s", "policies unset stock", "policies", "get stock:GOOD"}) {
            const auto answer = run(words(command));
            QCOMPARE(answer.code, 1);
            QVERIFY2(answer.saysOnce({policyFile().toUtf8(), "; ", "move it away"}), answer.err);
        }
        QCOMPARE(contents(policyFile()), text);
    }

    void noPlaceToWrite()
    {
        m_cli->write(QStringLiteral("file"), "not a directory\n");
        m_cli->environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_cli->path(QStringLiteral("file")));
        const auto answer = run(words("policies set stock ttl=60s"));
        QCOMPARE(answer.code, 1);
        QVERIFY2(answer.saysOnce({m_cli->path(QStringLiteral("file")).toUtf8(), "; "}), answer.err);
    }

    void severalAtOnceLoseNothing()
    {
        const QStringList types = words("stock search sentiment trending user default");
        std::vector<std::thread> setters;
        for (const QString &type : types)
            setters.emplace_back([this, type] {
                run({QStringLiteral("policies"), QStringLiteral("set"), type, QStringLiteral("ttl=77s")});
            });
        for (std::thread &setter : setters)
            setter.join();
        for (const QString &type : types)
            QCOMPARE(policy(type)[QStringLiteral("ttlMs")], QJsonValue(77'000));
    }
};

QTEST_GUILESS_MAIN(TestCliPolicies)
#include "tst_clipolicies.moc"
