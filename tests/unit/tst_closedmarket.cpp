// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDateTime>
#include <QTest>

#include <insitecache/sources/values.h>

#include "sources/closedmarket.h"
#include "support/tiercalls.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

WallTime timeOf(const QString &text)
{
    return WallTime(Millis(QDateTime::fromString(text, Qt::ISODate).toMSecsSinceEpoch()));
}

QString textOf(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODate);
}

std::string quoteOf(const QString &exchange, const QString &state, std::optional<int> delay = {})
{
    Quote quote;
    quote.symbol = QStringLiteral("ANY");
    quote.exchange = exchange;
    quote.marketState = state;
    quote.delayMinutes = delay;
    return quote.toCbor().toCbor().toStdString();
}

} // namespace

class TestClosedMarket : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aQuoteIsGoodUntilTheNextSession_data()
    {
        QTest::addColumn<QString>("exchange");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("now");
        QTest::addColumn<QString>("until"); // empty: trading, or nobody knows
        const auto row
            = [](const char *name, const char *exchange, const char *state, const char *now, const char *until) {
                  QTest::newRow(name) << QString::fromLatin1(exchange) << QString::fromLatin1(state)
                                      << QString::fromLatin1(now) << QString::fromLatin1(until);
              };
        row("the evening", "NMS", "POST", "2026-11-24T22:00:00Z", "2026-11-25T14:30:00Z");
        row("before the open", "NYQ", "PRE", "2026-11-25T13:00:00Z", "2026-11-25T14:30:00Z");
        row("Friday night", "NMS", "CLOSED", "2026-11-21T02:00:00Z", "2026-11-23T14:30:00Z");
        row("summer time begins on Sunday", "NMS", "CLOSED", "2026-03-07T12:00:00Z", "2026-03-09T13:30:00Z");
        row("Christmas", "NMS", "CLOSED", "2026-12-25T16:00:00Z", "2026-12-28T14:30:00Z");
        row("Seoul", "KSC", "CLOSED", "2026-11-24T08:00:00Z", "2026-11-25T00:00:00Z");
        row("the state is not told", "KOE", "", "2026-11-24T08:00:00Z", "2026-11-25T00:00:00Z");
        row("it trades", "NMS", "REGULAR", "2026-11-25T15:00:00Z", "");
        row("it trades, whatever the provider says", "KSC", "POST", "2026-11-25T06:15:00Z", "");
        row("it trades, whatever the calendar says", "NMS", "REGULAR", "2026-11-26T02:00:00Z", "");
        row("the close is not settled", "NMS", "POST", "2026-11-24T21:14:59Z", "");
        row("the close is settled", "NMS", "POST", "2026-11-24T21:15:00Z", "2026-11-25T14:30:00Z");
        row("futures trade at night", "CME", "CLOSED", "2026-11-25T02:00:00Z", "");
    }
    void aQuoteIsGoodUntilTheNextSession()
    {
        QFETCH(QString, exchange);
        QFETCH(QString, state);
        QFETCH(QString, now);
        QFETCH(QString, until);
        const auto closed = closedUntil(keyOf("stock:ANY"), quoteOf(exchange, state), timeOf(now));
        QCOMPARE(closed ? textOf(*closed) : QString(), until);
    }

    void aLateProviderIsWaitedFor()
    {
        const WallTime now = timeOf(QStringLiteral("2026-11-24T06:50:00Z")); // 20 min after the close in Seoul
        QVERIFY(closedUntil(keyOf("stock:ANY"), quoteOf(QStringLiteral("KSC"), QStringLiteral("POST")), now));
        QVERIFY(!closedUntil(keyOf("stock:ANY"), quoteOf(QStringLiteral("KSC"), QStringLiteral("POST"), 20), now));
    }

    void whatIsNoQuoteHasNoSession()
    {
        const WallTime night = timeOf(QStringLiteral("2026-11-24T03:00:00Z"));
        const std::string quote = quoteOf(QStringLiteral("NMS"), QStringLiteral("CLOSED"));
        QVERIFY(closedUntil(keyOf("stock:ANY"), quote, night));
        QVERIFY(!closedUntil(keyOf("search:ANY"), quote, night));
        QVERIFY(!closedUntil(keyOf("stock:ANY"), "no quote", night));
    }
};

QTEST_APPLESS_MAIN(TestClosedMarket)
#include "tst_closedmarket.moc"
