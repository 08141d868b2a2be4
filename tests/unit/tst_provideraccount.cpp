// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "sources/http/httpdate.h"
#include "sources/http/provideraccount.h"
#include "support/manualclock.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

using Headers = QList<QPair<QByteArray, QByteArray>>;

HttpResponse response(int status, const Headers &headers = {})
{
    return {status, headers, {}, {}};
}

} // namespace

class TestProviderAccount : public QObject {
    Q_OBJECT

    ManualClock m_clock;

    ProviderAccount account() { return ProviderAccount("reddit", true, m_clock); }

    /// How long the account keeps quiet after an answer.
    Millis pause(const HttpResponse &answer)
    {
        ProviderAccount asked = account();
        asked.answered(answer);
        return asked.status().frozenFor.value_or(0ms);
    }

private Q_SLOTS:
    void unconfiguredIsRefused()
    {
        const auto refusal = ProviderAccount("x", false, m_clock).refusal();
        QVERIFY(refusal);
        QCOMPARE(refusal->code, ErrorCode::Unconfigured);
    }

    void answersAreCountedByClass()
    {
        ProviderAccount asked = account();
        for (const int status : {200, 204, 404, 400, 500, 503, 502})
            asked.answered(response(status));
        asked.answered(fail(ErrorCode::Timeout, "no answer"));
        asked.answered(response(429));
        const SourceStatus status = asked.status();
        QCOMPARE(status.requests, 9u);
        QCOMPARE(status.ok, 2u);
        QCOMPARE(status.clientErrors, 2u);
        QCOMPARE(status.serverErrors, 3u);
        QCOMPARE(status.networkErrors, 1u);
        QCOMPARE(status.rateLimited, 1u);
    }

    void theLastErrorGoesWhenAllIsWell()
    {
        ProviderAccount asked = account();
        asked.answered(response(500));
        QVERIFY(!asked.status().lastError.empty());
        asked.answered(response(404));
        QVERIFY2(asked.status().lastError.empty(), "an unknown symbol is not the provider's failure");
    }

    // Reddit: float text, and seconds to go.
    void redditQuota()
    {
        ProviderAccount asked = account();
        asked.answered(response(
            200, {{"x-ratelimit-used", "849"}, {"X-Ratelimit-Remaining", "151.0"}, {"x-ratelimit-reset", "204"}}));
        SourceStatus status = asked.status();
        QCOMPARE(*status.callsLeft, 151);
        QCOMPARE(*status.quotaRemaining, 0.151);
        QCOMPARE(status.quotaResetIn->count(), 204'000);
        QVERIFY(!asked.refusal());
        m_clock.advance(205s);
        status = asked.status();
        QVERIFY2(!status.callsLeft && !status.quotaRemaining && !status.quotaResetIn, "the window has passed");
    }

    // X: an epoch, measured by X's own clock, whose date says UTC. The machine's clock is years off here.
    void xQuota()
    {
        ProviderAccount asked = account();
        asked.answered(response(200,
            {{"date", "Fri, 25 Jun 2021 11:40:23 UTC"}, {"x-rate-limit-limit", "450"}, {"x-rate-limit-remaining", "90"},
                {"x-rate-limit-reset", "1624621837"}}));
        const SourceStatus status = asked.status();
        QCOMPARE(*status.callsLeft, 90);
        QCOMPARE(*status.quotaRemaining, 0.2);
        QCOMPARE(status.quotaResetIn->count(), 614'000);
    }

    void aUsedUpQuotaRefusesUntilItsReset()
    {
        ProviderAccount asked = account();
        asked.answered(response(
            200, {{"x-ratelimit-used", "100"}, {"x-ratelimit-remaining", "0.0"}, {"x-ratelimit-reset", "60"}}));
        m_clock.advance(10s);
        QCOMPARE(asked.refusal()->code, ErrorCode::RateLimited);
        QCOMPARE(asked.refusal()->retryAfterMs, 50'000);
        m_clock.advance(51s);
        QVERIFY(!asked.refusal());
    }

    void nonsenseInHeadersIsPassedOver()
    {
        ProviderAccount asked = account();
        for (const QByteArray text : {"", "abc", "nan", "inf", "-5", "1e999"})
            asked.answered(response(200, {{"x-ratelimit-remaining", text}, {"x-ratelimit-reset", text}}));
        QVERIFY(!asked.status().callsLeft);
        QVERIFY(!asked.refusal());
    }

    void retryAfter_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("seconds");
        QTest::newRow("seconds") << QByteArray("4") << 4;
        QTest::newRow("cap") << QByteArray("86400") << 900;
        QTest::newRow("at least a second") << QByteArray("0") << 1;
        QTest::newRow("date") << QByteArray("Fri, 25 Jun 2021 11:42:23 GMT") << 120;
        QTest::newRow("past date") << QByteArray("Fri, 25 Jun 2021 10:00:00 GMT") << 1;
        QTest::newRow("neither") << QByteArray("soon") << 60;
    }
    void retryAfter()
    {
        QFETCH(QByteArray, header);
        QFETCH(int, seconds);
        const Headers headers{{"Date", "Fri, 25 Jun 2021 11:40:23 GMT"}, {"Retry-After", header}};
        QCOMPARE(pause(response(429, headers)).count(), seconds * 1000);
    }

    void xs429WaitsForItsWindow()
    {
        const Headers recorded{{"date", "Fri, 25 Jun 2021 11:40:23 UTC"}, {"x-rate-limit-limit", "75"},
            {"x-rate-limit-reset", "1624621837"}, {"x-rate-limit-remaining", "0"}};
        QCOMPARE(pause(response(429, recorded)).count(), 614'000);
    }

    void withoutAHintThePauseDoubles()
    {
        ProviderAccount asked = account();
        for (const int minutes : {1, 2, 4, 8, 15, 15}) {
            asked.answered(response(429));
            QCOMPARE(asked.status().frozenFor->count(), minutes * 60'000);
            QCOMPARE(asked.refusal()->code, ErrorCode::RateLimited);
            QCOMPARE(asked.refusal()->retryAfterMs, minutes * 60'000);
            m_clock.advance(16min);
            QVERIFY(!asked.refusal());
        }
        asked.answered(response(200));
        asked.answered(response(429));
        QCOMPARE(asked.status().frozenFor->count(), 60'000);
    }

    void onlyAServiceThatNamesATimeIsLeftAlone()
    {
        QCOMPARE(pause(response(503)).count(), 0);
        QCOMPARE(pause(response(503, {{"retry-after", "30"}})).count(), 30'000);
        QCOMPARE(pause(response(200, {{"retry-after", "30"}})).count(), 0);
    }

    void refusedCredentialsStayRefused()
    {
        ProviderAccount asked = account();
        asked.answered(response(401));
        QVERIFY2(!asked.refusal(), "a login that expired may be renewed");
        asked.freeze(ProviderAccount::untilRestart, Error{ErrorCode::Unauthorized, "refused"});
        m_clock.advance(24h * 30);
        QCOMPARE(asked.refusal()->code, ErrorCode::Unauthorized);
    }

    void aJumpOfTheWallClockChangesNothing()
    {
        ProviderAccount asked = account();
        asked.answered(response(429, {{"retry-after", "30"}}));
        m_clock.jumpWall(1h);
        QCOMPARE(asked.status().frozenFor->count(), 30'000);
    }

    void httpDates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("epoch");
        QTest::newRow("RFC 9110") << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT") << qint64(784'111'777);
        QTest::newRow("RFC 850") << QByteArray("Sunday, 06-Nov-94 08:49:37 GMT") << qint64(784'111'777);
        QTest::newRow("asctime") << QByteArray("Sun Nov  6 08:49:37 1994") << qint64(784'111'777);
        QTest::newRow("X") << QByteArray("Fri, 07 Oct 2022 22:43:19 UTC") << qint64(1'665'182'599);
        QTest::newRow("two digits") << QByteArray("Friday, 07-Oct-22 22:43:19 GMT") << qint64(1'665'182'599);
        QTest::newRow("not a date") << QByteArray("Sun, 99 Nov 1994 08:49:37 GMT") << qint64(-1);
        QTest::newRow("empty") << QByteArray() << qint64(-1);
        QTest::newRow("number") << QByteArray("120") << qint64(-1);
    }
    void httpDates()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, epoch);
        const auto date = parseHttpDate(text);
        QCOMPARE(date ? date->toSecsSinceEpoch() : -1, epoch);
    }
};

QTEST_APPLESS_MAIN(TestProviderAccount)
#include "tst_provideraccount.moc"
