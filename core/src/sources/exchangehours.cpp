// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/exchangehours.h"

#include <algorithm>
#include <iterator>

#include <QDateTime>

namespace insitecache {

namespace {

struct ExchangeHoliday {
    int month, day;
};
constexpr ExchangeHoliday exchangeHolidaysUs[] = {{1, 1}, {6, 19}, {7, 4}, {12, 25}};
constexpr ExchangeHoliday exchangeHolidaysKr[]
    = {{1, 1}, {3, 1}, {5, 1}, {5, 5}, {6, 6}, {8, 15}, {10, 3}, {10, 9}, {12, 25}, {12, 31}};

constexpr int minutesOf(int hour, int minute)
{
    return hour * 60 + minute;
}

/// A machine without the time zone database still has a market, an hour off in summer.
QTimeZone exchangeZone(const QString &name, int fallbackOffset)
{
    const QTimeZone zone(name.toLatin1());
    return zone.isValid() ? zone : QTimeZone(fallbackOffset);
}

QDateTime exchangeUtc(std::int64_t time)
{
    return QDateTime::fromSecsSinceEpoch(time, Qt::UTC);
}

} // namespace

ExchangeHours::ExchangeHours(bool korean, QString zoneName, int fallbackOffset) :
    m_korean(korean), m_zoneName(std::move(zoneName)), m_zone(exchangeZone(m_zoneName, fallbackOffset)),
    m_preOpenMinute(korean ? minutesOf(8, 30) : minutesOf(4, 0)),
    m_openMinute(korean ? minutesOf(9, 0) : minutesOf(9, 30)),
    m_closeMinute(korean ? minutesOf(15, 30) : minutesOf(16, 0)),
    m_postCloseMinute(korean ? minutesOf(18, 0) : minutesOf(20, 0))
{}

const ExchangeHours &ExchangeHours::newYork()
{
    static const ExchangeHours exchange(false, QStringLiteral("America/New_York"), -5 * 3600);
    return exchange;
}

const ExchangeHours &ExchangeHours::korea()
{
    static const ExchangeHours exchange(true, QStringLiteral("Asia/Seoul"), 9 * 3600);
    return exchange;
}

bool ExchangeHours::isTradingDay(QDate day) const
{
    if (day.dayOfWeek() > 5)
        return false;
    const auto isToday
        = [day](const ExchangeHoliday &holiday) { return holiday.month == day.month() && holiday.day == day.day(); };
    return m_korean ? std::none_of(std::begin(exchangeHolidaysKr), std::end(exchangeHolidaysKr), isToday)
                    : std::none_of(std::begin(exchangeHolidaysUs), std::end(exchangeHolidaysUs), isToday);
}

std::int64_t ExchangeHours::at(QDate day, int minute) const
{
    return QDateTime(day, QTime(0, 0).addSecs(minute * 60), m_zone).toSecsSinceEpoch();
}

ExchangeHours::Session ExchangeHours::session(QDate day) const
{
    return {day, at(day, m_openMinute), at(day, m_closeMinute)};
}

ExchangeHours::Session ExchangeHours::lastSession(std::int64_t time) const
{
    QDate day = dayAt(time);
    if (!isTradingDay(day) || time < at(day, m_openMinute))
        day = before(day);
    return session(day);
}

std::int64_t ExchangeHours::nextOpen(std::int64_t time) const
{
    const QDate day = dayAt(time);
    return at(isTradingDay(day) && time < at(day, m_openMinute) ? day : after(day), m_openMinute);
}

QDate ExchangeHours::before(QDate day) const
{
    do {
        day = day.addDays(-1);
    } while (!isTradingDay(day));
    return day;
}

QDate ExchangeHours::after(QDate day) const
{
    do {
        day = day.addDays(1);
    } while (!isTradingDay(day));
    return day;
}

QDate ExchangeHours::dayAt(std::int64_t time) const
{
    return exchangeUtc(time + utcOffset(time)).date();
}

QString ExchangeHours::marketState(std::int64_t time) const
{
    const QDate day = dayAt(time);
    if (!isTradingDay(day))
        return QStringLiteral("CLOSED");
    if (time < preOpen(day))
        return QStringLiteral("PREPRE");
    if (time < at(day, m_openMinute))
        return QStringLiteral("PRE");
    if (time < at(day, m_closeMinute))
        return QStringLiteral("REGULAR");
    return time < postClose(day) ? QStringLiteral("POST") : QStringLiteral("POSTPOST");
}

QString ExchangeHours::zoneAbbreviation(std::int64_t time) const
{
    if (m_korean)
        return QStringLiteral("KST");
    return m_zone.isDaylightTime(exchangeUtc(time)) ? QStringLiteral("EDT") : QStringLiteral("EST");
}

int ExchangeHours::utcOffset(std::int64_t time) const
{
    return m_zone.offsetFromUtc(exchangeUtc(time));
}

} // namespace insitecache
