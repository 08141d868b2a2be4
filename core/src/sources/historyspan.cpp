// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/historyspan.h"

#include <QStringList>

namespace insitecache {

namespace {

const QStringList &historyRanges()
{
    static const QStringList ranges = QStringLiteral("1d 5d 1mo 3mo 6mo 1y 2y 5y 10y ytd max").split(u' ');
    return ranges;
}

const QStringList &historyIntervals()
{
    static const QStringList intervals = QStringLiteral("1m 2m 5m 15m 30m 60m 90m 1h 1d 5d 1wk 1mo 3mo").split(u' ');
    return intervals;
}

tl::unexpected<Error> unknownSpan(const char *what, const QStringList &known)
{
    return fail(ErrorCode::InvalidArgument, std::string("the history has no such ") + what,
        "use one of " + known.join(u' ').toStdString());
}

} // namespace

Result<HistorySpan> HistorySpan::parse(const QString &identity)
{
    const QStringList parts = identity.split(u':');
    if (parts.size() > 3)
        return fail(ErrorCode::InvalidArgument, "the history key has too many parts",
            "write history:SYMBOL:RANGE:INTERVAL, e.g. history:AAPL:1mo:1d");
    HistorySpan span{parts.value(0).trimmed().toUpper(), parts.value(1, QStringLiteral("1mo")).trimmed().toLower(),
        parts.value(2, QStringLiteral("1d")).trimmed().toLower()};
    if (span.symbol.isEmpty())
        return fail(ErrorCode::InvalidArgument, "the history key has no symbol", "write e.g. history:AAPL:1mo:1d");
    if (!historyRanges().contains(span.range))
        return unknownSpan("range", historyRanges());
    if (!historyIntervals().contains(span.interval))
        return unknownSpan("interval", historyIntervals());
    return span;
}

QString HistorySpan::identity() const
{
    return symbol + u':' + range + u':' + interval;
}

} // namespace insitecache
