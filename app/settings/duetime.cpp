// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/duetime.h"

#include <QDateTime>

#include "settings/printable.h"

namespace insitecache {

namespace {

QTime timeOfDay(const QString &text)
{
    const QTime exact = QTime::fromString(text, QStringLiteral("H:mm:ss"));
    return exact.isValid() ? exact : QTime::fromString(text, QStringLiteral("H:mm"));
}

WallTime wallOf(const QDateTime &time)
{
    return WallTime(Millis(time.toMSecsSinceEpoch()));
}

} // namespace

Result<WallTime> parseDueTime(std::string_view text, WallTime now)
{
    const QString given = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    const QDateTime today = QDateTime::fromMSecsSinceEpoch(now.time_since_epoch().count());
    if (const QTime time = timeOfDay(given); time.isValid()) {
        const QDateTime due(today.date(), time);
        if (wallOf(due) >= now)
            return wallOf(due);
        return fail(ErrorCode::InvalidArgument, inQuotes(text) + " has passed today",
            "write the date too: "
                + QDateTime(today.date().addDays(1), time).toString(QStringLiteral("yyyy-MM-ddTHH:mm")).toStdString());
    }
    const QDateTime due = QDateTime::fromString(given, Qt::ISODate);
    if (due.isValid() && given.contains(QLatin1Char('T')))
        return wallOf(due);
    return fail(
        ErrorCode::InvalidArgument, inQuotes(text) + " is no time", "write 15:30, 15:30:05 or 2026-11-25T09:00");
}

} // namespace insitecache
