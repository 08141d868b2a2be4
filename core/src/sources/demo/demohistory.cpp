// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo/demohistory.h"

#include <algorithm>
#include <iterator>

#include <QDateTime>

namespace insitecache {

namespace {

using Unit = DemoInterval::Unit;

struct DemoIntervalName {
    QStringView name;
    DemoInterval interval;
};
constexpr DemoIntervalName demoIntervals[] = {
    {u"1m", {Unit::Seconds, 60, 8}},
    {u"2m", {Unit::Seconds, 120, 60}},
    {u"5m", {Unit::Seconds, 300, 60}},
    {u"15m", {Unit::Seconds, 900, 60}},
    {u"30m", {Unit::Seconds, 1800, 60}},
    {u"60m", {Unit::Seconds, 3600, 730}},
    {u"90m", {Unit::Seconds, 5400, 60}},
    {u"1h", {Unit::Seconds, 3600, 730}},
    {u"1d", {Unit::Days, 1, 0}},
    {u"5d", {Unit::Days, 5, 0}},
    {u"1wk", {Unit::Weeks, 1, 0}},
    {u"1mo", {Unit::Months, 1, 0}},
    {u"3mo", {Unit::Months, 3, 0}},
};

struct DemoRange {
    QStringView name;
    int days, months; ///< one of them
};
constexpr DemoRange demoRangeNames[] = {{u"1d", 1, 0}, {u"5d", 5, 0}, {u"1mo", 0, 1}, {u"3mo", 0, 3}, {u"6mo", 0, 6},
    {u"1y", 0, 12}, {u"2y", 0, 24}, {u"5y", 0, 60}, {u"10y", 0, 120}, {u"ytd", 0, 0}, {u"max", 0, 240}};
constexpr int demoMostYears = 20;

std::int64_t demoMidnight(const ExchangeHours &exchange, QDate day)
{
    const std::int64_t utc = QDateTime(day, QTime(0, 0), Qt::UTC).toSecsSinceEpoch();
    return utc - exchange.utcOffset(utc);
}

/// The first day of the bar that `day` belongs to.
QDate demoBarStart(const DemoInterval &interval, QDate day)
{
    switch (interval.unit) {
    case Unit::Weeks: return day.addDays(1 - day.dayOfWeek());
    case Unit::Months: return QDate(day.year(), (day.month() - 1) / interval.count * interval.count + 1, 1);
    default: return day.addDays(-(day.toJulianDay() % interval.count));
    }
}

void demoMerge(DemoBar &into, const DemoBar &next)
{
    into.high = std::max(into.high, next.high);
    into.low = std::min(into.low, next.low);
    into.close = next.close;
    into.volume += next.volume;
}

} // namespace

std::optional<DemoInterval> DemoInterval::named(const QString &name)
{
    const auto found = std::find_if(std::begin(demoIntervals), std::end(demoIntervals),
        [&](const DemoIntervalName &row) { return row.name == name; });
    return found == std::end(demoIntervals) ? std::nullopt : std::optional(found->interval);
}

QStringList DemoInterval::names()
{
    QStringList names;
    for (const DemoIntervalName &row : demoIntervals)
        names += row.name.toString();
    return names;
}

std::vector<DemoBar> demoHistory(const DemoPrices &prices, const DemoInstrument &instrument,
    const DemoInterval &interval, std::int64_t from, std::int64_t to, std::int64_t now)
{
    const ExchangeHours &exchange = *instrument.exchange;
    const QDate earliest = exchange.dayAt(now).addYears(-demoMostYears);
    QDate day = exchange.before(std::max(exchange.dayAt(from), earliest));
    std::vector<DemoBar> bars;
    QDate barDay;
    for (;;) {
        day = exchange.after(day);
        const ExchangeHours::Session session = exchange.session(day);
        if (session.open >= to || session.open > now)
            return bars;
        if (session.open < from && !(interval.isIntraday() && session.close > from))
            continue;
        if (interval.isIntraday()) {
            const auto parts = prices.parts(instrument, session, interval.count, now);
            bars.insert(bars.end(), parts.begin(), parts.end());
            continue;
        }
        const DemoBar bar = prices.day(instrument, session, now);
        const QDate start = demoBarStart(interval, day);
        if (start == barDay) {
            demoMerge(bars.back(), bar);
            continue;
        }
        barDay = start;
        bars.push_back(bar);
        if (interval.unit == Unit::Weeks || interval.unit == Unit::Months)
            bars.back().time = demoMidnight(exchange, start);
    }
}

std::optional<std::int64_t> demoRangeStart(const QString &range, const ExchangeHours &exchange, std::int64_t now)
{
    const auto found = std::find_if(
        std::begin(demoRangeNames), std::end(demoRangeNames), [&](const DemoRange &row) { return row.name == range; });
    if (found == std::end(demoRangeNames))
        return std::nullopt;
    QDate day = exchange.lastSession(now).day;
    if (found->days > 0) {
        for (int i = 1; i < found->days; ++i)
            day = exchange.before(day);
        return exchange.session(day).open;
    }
    day = found->months > 0 ? exchange.dayAt(now).addMonths(-found->months) : QDate(exchange.dayAt(now).year(), 1, 1);
    return demoMidnight(exchange, day);
}

QStringList demoRanges()
{
    QStringList names;
    for (const DemoRange &row : demoRangeNames)
        names += row.name.toString();
    return names;
}

} // namespace insitecache
