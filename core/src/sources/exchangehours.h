// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QDate>
#include <QString>
#include <QTimeZone>

namespace insitecache {

/// The hours of one exchange: New York (9:30 to 16:00) or Korea (9:00 to 15:30), Monday to Friday except the holidays
/// that fall on a fixed date. Moving holidays and half days are ordinary days here.
/// Times are epoch seconds. Immutable; any thread.
class ExchangeHours {
public:
    struct Session {
        QDate day;
        std::int64_t open = 0, close = 0;
    };

    static const ExchangeHours &newYork();
    static const ExchangeHours &korea();

    bool isTradingDay(QDate day) const;
    Session session(QDate day) const;
    /// The session that is open at `time`, or the last one before.
    Session lastSession(std::int64_t time) const;
    /// When the next session begins: later than `time`.
    std::int64_t nextOpen(std::int64_t time) const;
    /// Trading days before and after; the day itself need not be one.
    QDate before(QDate day) const;
    QDate after(QDate day) const;
    /// The calendar day at the exchange.
    QDate dayAt(std::int64_t time) const;

    /// As Yahoo says it: PREPRE, PRE, REGULAR, POST, POSTPOST or CLOSED.
    QString marketState(std::int64_t time) const;
    /// Where the hours before and after the session begin and end on that day.
    std::int64_t preOpen(QDate day) const { return at(day, m_preOpenMinute); }
    std::int64_t postClose(QDate day) const { return at(day, m_postCloseMinute); }

    const QString &zoneName() const { return m_zoneName; }
    /// "EST", "EDT", "KST".
    QString zoneAbbreviation(std::int64_t time) const;
    int utcOffset(std::int64_t time) const;
    bool isKorean() const { return m_korean; }

private:
    ExchangeHours(bool korean, QString zoneName, int fallbackOffset);
    std::int64_t at(QDate day, int minute) const;

    bool m_korean;
    QString m_zoneName;
    QTimeZone m_zone;
    int m_preOpenMinute, m_openMinute, m_closeMinute, m_postCloseMinute;
};

} // namespace insitecache
