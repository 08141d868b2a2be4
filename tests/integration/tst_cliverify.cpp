// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "support/cliprocess.h"
#include "support/redisserver.h"
#include "support/redistest.h"
#include "support/words.h"

using namespace insitecache::test;

/// The consistency oracle as a user starts it: several real processes.
class TestCliVerify : public RedisTest {
    Q_OBJECT

private Q_SLOTS:
    void severalProcessesAgree_data()
    {
        QTest::addColumn<QStringList>("line");
        QTest::newRow("Redis and database") << words("verify --processes 3 --seconds 5 --seed 1 --json");
        QTest::newRow("Redis alone") << words("verify --processes 2 --seconds 1 --seed 2 --json --database none");
        QTest::newRow("database alone") << words("verify --processes 2 --seconds 1 --seed 3 --json --redis none");
        QTest::newRow("with faults") << words(
            "verify --processes 3 --seconds 5 --seed 4 --json --faults redis-kill,redis-stop,link-cut");
    }

    // The bound is a wide one: how soon a busy machine lets another process hear is not what is tested.
    void severalProcessesAgree()
    {
        QFETCH(QStringList, line);
        const CliProcess::Answer answer = CliProcess().run(line + words("--bound 20s"));
        const QJsonObject said = answer.json();
        for (const char *zero : {"staleReads", "staleAtEnd", "lostInvalidations", "invented", "backwardReads"})
            QVERIFY2(said[QLatin1String(zero)].toInt(-1) == 0, (answer.out + answer.err).constData());
        QVERIFY2(said[QStringLiteral("passed")].toBool(), (answer.out + answer.err).constData());
        QCOMPARE(answer.code, 0);
        QVERIFY(said[QStringLiteral("reads")].toInt() > 0);
        QVERIFY(said[QStringLiteral("invalidations")].toInt() > 0);
        QCOMPARE(said[QStringLiteral("consistency")].toDouble(), 1.0);
        QCOMPARE(!said[QStringLiteral("faults")].toArray().isEmpty(), line.contains(QStringLiteral("--faults")));
    }

    // While Redis is gone no tier is left, and every invalidation is answered at once. Both processes find their way
    // back, although nobody reads while they pay what they owe.
    void goesOnWhileNoTierCanBeReached()
    {
        const CliProcess::Answer answer = CliProcess().run(
            words("verify --processes 2 --seconds 4 --seed 5 --json --database none --faults redis-kill --bound 20s"));
        const QJsonObject said = answer.json();
        QVERIFY2(said[QStringLiteral("reads")].toInt() > 0, (answer.out + answer.err).constData());
        QVERIFY(said[QStringLiteral("partialInvalidations")].toInt() > 0);
        QCOMPARE(said[QStringLiteral("staleReads")].toInt(-1), 0);
        QVERIFY2(said[QStringLiteral("staleAtEnd")].toInt(-1) == 0, (answer.out + answer.err).constData());
        QVERIFY(said[QStringLiteral("passed")].toBool());
    }

    // Yours is used, in a space of the run's own, of which nothing stays.
    void namedServerIsLeftAsItWas()
    {
        RedisServer server;
        QVERIFY(server.start());
        server.cli({QStringLiteral("SET"), QStringLiteral("mine"), QStringLiteral("1")});
        const QStringList named = words("verify --processes 2 --seconds 1 --json --redis");
        QCOMPARE(CliProcess().run(named + QStringList{server.url()}).code, 0);
        QCOMPARE(server.cli({QStringLiteral("GET"), QStringLiteral("mine")}), QByteArray("1"));
        QCOMPARE(server.cli({QStringLiteral("KEYS"), QStringLiteral("*verify-*:v:*")}), QByteArray());
    }

    void wrongWordsAreUsage_data()
    {
        QTest::addColumn<QStringList>("line");
        for (const char *text : {"verify --processes 0", "verify --processes 17", "verify --seconds 0",
                 "verify --seed x", "verify --faults none", "verify something", "verify worker nowhere x",
                 "verify --redis none --database none", "verify --redis redis://127.0.0.1:1 --faults link-cut"})
            QTest::newRow(text) << words(text);
    }
    void wrongWordsAreUsage()
    {
        QFETCH(QStringList, line);
        const CliProcess::Answer answer = CliProcess().run(line);
        QCOMPARE(answer.code, 2);
        QVERIFY(answer.saysOnce({"insitecache: error: "}));
    }
};

QTEST_GUILESS_MAIN(TestCliVerify)
#include "tst_cliverify.moc"
