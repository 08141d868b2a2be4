// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "sources/http/upstreamlife.h"

using namespace insitecache;

namespace {

constexpr int nothingSaid = -1;

/// "name: value" lines.
HttpResponse answerWith(const QByteArray &headers)
{
    HttpResponse response;
    response.status = 200;
    for (const QByteArray &line : headers.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            response.headers.append({line.left(colon), line.mid(colon + 1).trimmed()});
    }
    return response;
}

} // namespace

class TestUpstreamLife : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headersSayHowLong_data()
    {
        const QByteArray date = "Date: Mon, 02 Feb 2026 10:00:00 GMT\n";
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<int>("seconds");
        QTest::newRow("nothing") << QByteArray() << nothingSaid;
        QTest::newRow("max-age") << QByteArray("Cache-Control: public, max-age=60") << 60;
        QTest::newRow("in any case") << QByteArray("CACHE-CONTROL: Max-Age=60") << 60;
        QTest::newRow("quoted") << QByteArray("cache-control: max-age=\"60\"") << 60;
        QTest::newRow("less its age") << QByteArray("cache-control: max-age=60\nage: 45") << 15;
        QTest::newRow("older than it may be") << QByteArray("cache-control: max-age=60\nage: 90") << 0;
        QTest::newRow("an age that is none") << QByteArray("cache-control: max-age=60\nage: old") << 60;
        QTest::newRow("for shared caches") << QByteArray("cache-control: s-maxage=600") << nothingSaid;
        QTest::newRow("for both") << QByteArray("cache-control: s-maxage=600, max-age=10") << 10;
        QTest::newRow("twice") << QByteArray("cache-control: max-age=60\ncache-control: max-age=20") << 20;
        QTest::newRow("no-cache") << QByteArray("cache-control: no-cache, max-age=60") << 0;
        QTest::newRow("no-cache for a field") << QByteArray("cache-control: no-cache=\"set-cookie\"") << nothingSaid;
        QTest::newRow("no number") << QByteArray("cache-control: max-age=soon") << 0;
        QTest::newRow("negative") << QByteArray("cache-control: max-age=-1") << 0;
        QTest::newRow("no value") << QByteArray("cache-control: max-age") << 0;
        QTest::newRow("too great") << QByteArray("cache-control: max-age=99999999999999999999") << 2'147'483'647;
        QTest::newRow("expires") << date + "Expires: Mon, 02 Feb 2026 10:02:00 GMT" << 120;
        QTest::newRow("expired") << date + "Expires: Mon, 02 Feb 2026 09:00:00 GMT" << 0;
        QTest::newRow("expires already") << date + "Expires: -1" << 0;
        QTest::newRow("expires, and no date") << QByteArray("Expires: Mon, 02 Feb 2026 10:02:00 GMT") << nothingSaid;
        QTest::newRow("max-age goes first") << date + "Expires: -1\ncache-control: max-age=5" << 5;
    }
    void headersSayHowLong()
    {
        QFETCH(QByteArray, headers);
        QFETCH(int, seconds);
        const UpstreamLife life = lifeOf(answerWith(headers));
        QCOMPARE(life.atMost.has_value(), seconds != nothingSaid);
        if (life.atMost)
            QCOMPARE(std::min<long long>(life.atMost->count() / 1000, 2'147'483'647), qint64(seconds));
        QVERIFY(!life.noStore);
    }

    void noStoreIsNoticed()
    {
        const UpstreamLife life = lifeOf(answerWith("cache-control: private, no-store, max-age=30"));
        QVERIFY(life.noStore);
        QCOMPARE(life.atMost->count(), 30'000);
    }

    void ofTwoTheShorterHolds()
    {
        const UpstreamLife silent, minute{Millis(60'000)}, second{Millis(1000), true};
        QVERIFY(shorterLife(silent, minute) == minute);
        QVERIFY(shorterLife(minute, silent) == minute);
        QVERIFY(shorterLife(minute, second) == second);
        QVERIFY(shorterLife(silent, silent) == silent);
    }
};

QTEST_APPLESS_MAIN(TestUpstreamLife)
#include "tst_upstreamlife.moc"
