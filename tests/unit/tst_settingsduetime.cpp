// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDateTime>
#include <QTest>

#include "settings/duetime.h"

using namespace insitecache;

class TestSettingsDueTime : public QObject {
    Q_OBJECT

    static WallTime local(const char *text)
    {
        const QDateTime time = QDateTime::fromString(QString::fromLatin1(text), QStringLiteral("yyyy-MM-dd HH:mm:ss"));
        return WallTime(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
    }

private Q_SLOTS:
    void timesAreLocal_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("due");
        QTest::newRow("today") << QByteArray("15:30") << QByteArray("2026-11-24 15:30:00");
        QTest::newRow("to the second") << QByteArray("15:30:05") << QByteArray("2026-11-24 15:30:05");
        QTest::newRow("this very minute") << QByteArray("12:00") << QByteArray("2026-11-24 12:00:00");
        QTest::newRow("another day") << QByteArray("2026-11-25T09:00") << QByteArray("2026-11-25 09:00:00");
        QTest::newRow("the past, for others to refuse")
            << QByteArray("2020-01-01T09:00:01") << QByteArray("2020-01-01 09:00:01");
    }
    void timesAreLocal()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, due);
        const auto parsed = parseDueTime(text.toStdString(), local("2026-11-24 12:00:00"));
        QVERIFY2(parsed, parsed ? "" : parsed.error().message.c_str());
        QVERIFY(*parsed == local(due.constData()));
    }

    void aZoneIsTaken()
    {
        const auto parsed = parseDueTime("2026-11-25T09:00:00Z", local("2026-11-24 12:00:00"));
        QCOMPARE(parsed->time_since_epoch().count(), 1'795'597'200'000);
    }

    void aTimeThatHasPassedIsNotTomorrow()
    {
        const auto parsed = parseDueTime("11:59", local("2026-11-24 12:00:00"));
        QCOMPARE(parsed.error().code, ErrorCode::InvalidArgument);
        QVERIFY(parsed.error().message.find("has passed today") != std::string::npos);
        QVERIFY(parsed.error().hint.find("2026-11-25T11:59") != std::string::npos);
    }

    void whatIsNoTimeIsRefused()
    {
        for (const char *text : {"", "noon", "25:00", "12:60", "2026-11-25", "2026-13-01T00:00", "15:30\x1b[2J"}) {
            const auto parsed = parseDueTime(text, local("2026-11-24 12:00:00"));
            QVERIFY2(!parsed, text);
            QVERIFY(parsed.error().message.find('\x1b') == std::string::npos);
        }
    }
};

QTEST_GUILESS_MAIN(TestSettingsDueTime)
#include "tst_settingsduetime.moc"
