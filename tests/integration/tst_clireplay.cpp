// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTest>

#include <cmath>
#include <memory>

#include "support/cliprocess.h"
#include "support/process.h"
#include "support/shareddata.h"
#include "support/words.h"

using namespace insitecache::test;

/// `replay` through the real program: what it reads, what it counts, what it refuses.
class TestCliReplay : public QObject {
    Q_OBJECT

    std::unique_ptr<CliProcess> m_cli;

    CliProcess::Answer replay(const QString &trace, const QStringList &options) const
    {
        return m_cli->run(QStringList{QStringLiteral("replay"), trace, QStringLiteral("--json")} + options);
    }
    static bool counts(const CliProcess::Answer &answer, int requests, int hits)
    {
        const QJsonObject json = answer.json();
        return answer.code == 0 && json[QStringLiteral("requests")] == QJsonValue(requests)
            && json[QStringLiteral("hits")] == QJsonValue(hits);
    }
    static QByteArray packed(const QByteArray &text)
    {
        QProcess gzip;
        gzip.start(QStringLiteral("gzip"), {QStringLiteral("-c")});
        gzip.write(text);
        gzip.closeWriteChannel();
        return gzip.waitForFinished() ? gzip.readAllStandardOutput() : QByteArray();
    }
    static QByteArray numbers(int count)
    {
        QByteArray text;
        for (int i = 0; i < count; ++i)
            text += QByteArray::number(i) + '\n';
        return text;
    }

private Q_SLOTS:
    void init()
    {
        m_cli = std::make_unique<CliProcess>();
        QVERIFY2(m_cli->isThere(), "the program insitecache is not built");
    }

    void readsLines_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("requests");
        QTest::addColumn<int>("hits");
        QTest::newRow("lines") << QByteArray("a\nb\na\n") << 3 << 1;
        QTest::newRow("no newline at the end") << QByteArray("a\nb\na") << 3 << 1;
        QTest::newRow("CR LF") << QByteArray("a\r\nb\r\na\r\n\r\na") << 4 << 2;
        QTest::newRow("empty lines") << QByteArray("\n\na\n\na\n\n") << 2 << 1;
        QTest::newRow("any text") << QByteArray("stock:A%B\n삼성 전자\nstock:A%B\n삼성 전자\n \n \n") << 6 << 3;
        QTest::newRow("spaces count") << QByteArray("a\na \n a\n") << 3 << 0;
        QTest::newRow("longest key") << QByteArray(1018, 'x') + '\n' + QByteArray(1018, 'x') << 2 << 1;
        QTest::newRow("many blocks") << numbers(200'000) << 200'000 << 0;
        QTest::newRow("twice as many") << numbers(60'000) + numbers(60'000) << 120'000 << 60'000;
    }

    void readsLines()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, requests);
        QFETCH(int, hits);
        const QStringList options = words("--entries 100000");
        const auto plain = replay(m_cli->write(QStringLiteral("plain.txt"), text), options);
        QVERIFY2(counts(plain, requests, hits), plain.out + plain.err);
        // What a file is called does not matter.
        const auto gzip = replay(m_cli->write(QStringLiteral("packed.trace"), packed(text)), options);
        QVERIFY2(counts(gzip, requests, hits), gzip.out + gzip.err);
        QCOMPARE(gzip.err, QByteArray());
    }

    void everyPolicyAnswers_data()
    {
        QTest::addColumn<QString>("policy");
        for (const QString &policy : words("adaptive lru s3fifo wtinylfu arc"))
            QTest::newRow(qPrintable(policy)) << policy;
    }

    void everyPolicyAnswers()
    {
        QFETCH(QString, policy);
        const QString trace = m_cli->write(QStringLiteral("t.txt"), numbers(300) + numbers(50) + numbers(50));
        for (const QString &threads : words("1 3")) {
            const QStringList options
                = QStringList{QStringLiteral("--policy"), policy, QStringLiteral("--threads"), threads};
            const auto whole = replay(trace, options + words("--entries 300"));
            QVERIFY2(whole.code == 0, whole.err);
            const QJsonObject json = whole.json();
            QCOMPARE(json[QStringLiteral("trace")], QJsonValue(trace));
            QCOMPARE(json[QStringLiteral("policy")], QJsonValue(policy));
            QCOMPARE(json[QStringLiteral("entries")], QJsonValue(300));
            QCOMPARE(json[QStringLiteral("requests")], QJsonValue(400));
            QVERIFY(json[QStringLiteral("seconds")].toDouble() > 0);
            QVERIFY(json[QStringLiteral("opsPerSecond")].toDouble() > 0);
            const double hits = json[QStringLiteral("hits")].toDouble();
            QCOMPARE(json[QStringLiteral("hitRatio")].toDouble(), hits / 400);
            if (threads == QLatin1String("1"))
                QCOMPARE(hits, 100.0);
            const auto small = replay(trace, options + words("--entries 5"));
            QVERIFY2(small.code == 0, small.err);
            QVERIFY(small.json()[QStringLiteral("hits")].toDouble() < 60);
        }
    }

    void withoutPolicyItIsAdaptive()
    {
        const QString trace = m_cli->write(QStringLiteral("t.txt"), "a\nb\n");
        QCOMPARE(replay(trace, words("--entries 1")).json()[QStringLiteral("policy")].toString(),
            QStringLiteral("adaptive"));
        const auto human = m_cli->run(QStringList{QStringLiteral("replay"), trace} + words("--entries 1"));
        QCOMPARE(human.code, 0);
        QVERIFY(human.out.contains("adaptive") && human.out.contains("0.0000"));
        QCOMPARE(human.out.count('\n'), 2);
    }

    void wrongOptions_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("no size") << QString() << QByteArray("--entries N");
        QTest::newRow("size 0") << QStringLiteral("--entries 0") << QByteArray("1 … ");
        QTest::newRow("negative") << QStringLiteral("--entries=-5") << QByteArray("1 … ");
        QTest::newRow("a fraction") << QStringLiteral("--entries 1.5") << QByteArray("1 … ");
        QTest::newRow("a word") << QStringLiteral("--entries many") << QByteArray("many");
        QTest::newRow("endless") << QStringLiteral("--entries 99999999999999999999") << QByteArray("1 … ");
        QTest::newRow("no such policy") << QStringLiteral("--entries 5 --policy lfu") << QByteArray("s3fifo");
        QTest::newRow("no thread") << QStringLiteral("--entries 5 --threads 0") << QByteArray("256");
        QTest::newRow("two traces") << QStringLiteral("--entries 5 second.gz") << QByteArray("TRACE");
    }

    void wrongOptions()
    {
        QFETCH(QString, options);
        QFETCH(QByteArray, said);
        const QString trace = m_cli->write(QStringLiteral("t.txt"), "a\n");
        const auto answer = m_cli->run(
            QStringList{QStringLiteral("replay"), trace} + options.split(QLatin1Char(' '), Qt::SkipEmptyParts));
        QCOMPARE(answer.code, 2);
        QVERIFY2(answer.saysOnce({"insitecache: error: ", said, "; "}), answer.err);
        QCOMPARE(answer.out, QByteArray());
    }

    void wrongTraces_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("said");
        const QByteArray whole = packed(numbers(50'000));
        QByteArray damaged = whole;
        damaged[damaged.size() / 2] = char(damaged[damaged.size() / 2] ^ 0x55);
        QTest::newRow("cut short") << whole.left(whole.size() / 2) << QByteArray("is cut short");
        QTest::newRow("without its end") << whole.left(whole.size() - 4) << QByteArray("is cut short");
        QTest::newRow("damaged") << damaged << QByteArray("is damaged");
        QTest::newRow("empty") << QByteArray() << QByteArray("no key");
        QTest::newRow("empty lines only") << QByteArray("\n\r\n\n") << QByteArray("no key");
        QTest::newRow("not UTF-8") << QByteArray("a\nb\n\xff\xfe\n")
                                   << QByteArray("line 3: the key is not valid UTF-8");
        QTest::newRow("long line") << QByteArray("a\n") + QByteArray(1019, 'x') << QByteArray("line 2: the key");
        QTest::newRow("longer line") << QByteArray(1100, 'x') + "\na\n" << QByteArray("line 1: the key is too long");
        QTest::newRow("no line at all") << "a\n\n" + QByteArray(3 << 20, 'x')
                                        << QByteArray("line 3: the key is too long");
    }

    void wrongTraces()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, said);
        const auto answer = replay(m_cli->write(QStringLiteral("bad.gz"), bytes), words("--entries 5"));
        QCOMPARE(answer.code, 1);
        QVERIFY2(answer.saysOnce({"bad.gz", said, "; "}), answer.err);
        QVERIFY(answer.json().contains(QStringLiteral("error")));
    }

    void noTrace()
    {
        const auto missing = replay(m_cli->path(QStringLiteral("nowhere.gz")), words("--entries 5"));
        QCOMPARE(missing.code, 1);
        QVERIFY2(missing.saysOnce({"nowhere.gz", "No such file", "; "}), missing.err);
        const auto folder = replay(m_cli->path(QString()), words("--entries 5"));
        QCOMPARE(folder.code, 1);
        QVERIFY2(folder.saysOnce({"is a directory", "; "}), folder.err);
        QCOMPARE(m_cli->run(words("replay --entries 5")).code, 2);
    }

    void lruIsAsMeasuredElsewhere()
    {
        const QString folder = sharedData(QStringLiteral("traces"));
        if (folder.isEmpty())
            QSKIP("no traces there; INSITECACHE_SHARED_DATA names the folder that holds them");
        // hitratios.csv beside the traces; each part of L1 keeps an order of its own, so it is not exact.
        const auto answer = replay(folder + QStringLiteral("/lirs-multi2.txt.gz"), words("--entries 568 --policy lru"));
        QVERIFY2(answer.code == 0, answer.err);
        QVERIFY(std::abs(answer.json()[QStringLiteral("hitRatio")].toDouble() - 0.3692) <= 0.02);
    }
};

QTEST_GUILESS_MAIN(TestCliReplay)
#include "tst_clireplay.moc"
