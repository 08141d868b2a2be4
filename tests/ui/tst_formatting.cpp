// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDateTime>
#include <QTest>

#include <limits>

#include "formatting/format.h"
#include "theme/language.h"

using namespace insitecache;
using namespace std::chrono_literals;

class tst_Formatting : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyLanguage(Language::English); }
    void numbers();
    void latencies_data();
    void latencies();
    void sizes_data();
    void sizes();
    void countdown_data();
    void countdown();
    void ages();
    void timesOfDay();
    void everyOutcomeHasItsOwnWord();
    void errorsKeepTheRawDetailOnOneLine();
    void stages();
};

void tst_Formatting::numbers()
{
    QCOMPARE(format::count(20411), QStringLiteral("20,411"));
    QCOMPARE(format::percent(0.831), QStringLiteral("83.1%"));
    QCOMPARE(format::percent(0.0004), QStringLiteral("<0.1%"));
    QCOMPARE(format::percent(0.0), QStringLiteral("0.0%"));
    QCOMPARE(format::percent(1.0), QStringLiteral("100.0%"));
    QCOMPARE(format::percent(std::numeric_limits<double>::quiet_NaN()), QStringLiteral("–"));
}

void tst_Formatting::latencies_data()
{
    QTest::addColumn<double>("ms");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << 0.0 << "0 ms";
    QTest::newRow("a memory hit") << 0.0004 << "<0.01 ms";
    QTest::newRow("small") << 0.02 << "0.02 ms";
    QTest::newRow("rounds up to one") << 0.996 << "1.0 ms";
    QTest::newRow("middle") << 12.44 << "12.4 ms";
    QTest::newRow("rounds up to a hundred") << 99.96 << "100 ms";
    QTest::newRow("large") << 640.0 << "640 ms";
    QTest::newRow("rounds up to a second") << 999.6 << "1.0 s";
    QTest::newRow("seconds") << 1234.0 << "1.2 s";
    QTest::newRow("minutes") << 90'000.0 << "01:30";
    QTest::newRow("unknown") << std::numeric_limits<double>::quiet_NaN() << "–";
}

void tst_Formatting::latencies()
{
    QFETCH(double, ms);
    QTEST(format::millis(ms), "text");
}

void tst_Formatting::sizes_data()
{
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("0") << quint64(0) << "0 B";
    QTest::newRow("1023") << quint64(1023) << "1,023 B";
    QTest::newRow("1 KiB") << quint64(1024) << "1.0 KiB";
    QTest::newRow("42 KiB") << quint64(42 * 1024) << "42 KiB";
    QTest::newRow("just below a MiB") << quint64((1 << 20) - 1) << "1.0 MiB";
    QTest::newRow("96 MiB") << (quint64(96) << 20) << "96 MiB";
    QTest::newRow("most") << std::numeric_limits<quint64>::max() << "16 EiB";
}

void tst_Formatting::sizes()
{
    QFETCH(quint64, bytes);
    QTEST(format::bytes(bytes), "text");
}

void tst_Formatting::countdown_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("text");
    QTest::newRow("minutes") << qint64(291'000) << "04:51";
    QTest::newRow("last millisecond") << qint64(1) << "00:01";
    QTest::newRow("over") << qint64(0) << "expired";
    QTest::newRow("long over") << qint64(-5000) << "expired";
    QTest::newRow("an hour") << qint64(3'891'000) << "1:04:51";
    QTest::newRow("just below a day") << qint64(86'399'001) << "1d 00:00";
    QTest::newRow("days") << qint64((3 * 24 + 4) * 3'600'000 + 5 * 60'000) << "3d 04:05";
}

void tst_Formatting::countdown()
{
    QFETCH(qint64, ms);
    QTEST(format::ttl(Millis(ms)), "text");
}

void tst_Formatting::ages()
{
    QCOMPARE(format::ago(400ms), QStringLiteral("0.4 s ago"));
    QCOMPARE(format::ago(12s), QStringLiteral("12 s ago"));
    QCOMPARE(format::ago(59s), QStringLiteral("59 s ago"));
    QCOMPARE(format::ago(60s), QStringLiteral("1 min ago"));
    QCOMPARE(format::ago(3h), QStringLiteral("3 h ago"));
    QCOMPARE(format::ago(49h), QStringLiteral("2 d ago"));
    QCOMPARE(format::ago(-1s), QStringLiteral("0.0 s ago"));
}

void tst_Formatting::timesOfDay()
{
    const QDateTime past(QDate(2020, 2, 29), QTime(23, 4, 5));
    QCOMPARE(format::timeOfDay(WallTime(Millis(past.toMSecsSinceEpoch()))), QStringLiteral("2020-02-29 23:04:05"));
    const QDateTime now = QDateTime::currentDateTime();
    const QString text = format::timeOfDay(WallTime(Millis(now.toMSecsSinceEpoch())));
    QVERIFY(text.endsWith(now.toString(QStringLiteral("HH:mm:ss"))));
}

void tst_Formatting::everyOutcomeHasItsOwnWord()
{
    QSet<QString> words;
    for (int i = 0; i <= int(Outcome::Error); ++i)
        words.insert(format::outcome(Outcome(i)));
    QCOMPARE(words.size(), int(Outcome::Error) + 1);
}

void tst_Formatting::errorsKeepTheRawDetailOnOneLine()
{
    const Error error{ErrorCode::Timeout, "no answer\nin 250 ms <b>", "try again"};
    QCOMPARE(format::error(error), QStringLiteral("Timed out: no answer in 250 ms <b>; try again"));
    QSet<QString> causes;
    for (int i = 0; i <= int(ErrorCode::Internal); ++i)
        causes.insert(format::error({ErrorCode(i), ""}));
    QCOMPARE(causes.size(), int(ErrorCode::Internal) + 1);
}

void tst_Formatting::stages()
{
    QCOMPARE(format::stage(Stage::L2), QStringLiteral("L2"));
    QCOMPARE(format::stage(Stage::Source), QStringLiteral("API"));
}

QTEST_MAIN(tst_Formatting)
#include "tst_formatting.moc"
