// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/http/httpdate.h"

#include <QLocale>

namespace insitecache {

namespace {

QString withoutWeekdayAndZone(const QByteArray &text)
{
    QString date = QString::fromLatin1(text).simplified();
    for (const QString &zone : {QStringLiteral(" GMT"), QStringLiteral(" UTC"), QStringLiteral(" +0000")}) {
        if (date.endsWith(zone))
            date.chop(zone.size());
    }
    return date.section(u' ', 1);
}

} // namespace

std::optional<QDateTime> parseHttpDate(const QByteArray &text)
{
    const QString date = withoutWeekdayAndZone(text);
    for (const QString &format : {QStringLiteral("dd MMM yyyy hh:mm:ss"), QStringLiteral("dd-MMM-yy hh:mm:ss"),
             QStringLiteral("MMM d hh:mm:ss yyyy")}) {
        QDateTime time = QLocale::c().toDateTime(date, format);
        if (!time.isValid())
            continue;
        // Qt reads a two-digit year as 19xx.
        if (format.contains(QStringLiteral("-yy ")) && time.date().year() < 1970)
            time = time.addYears(100);
        time.setTimeSpec(Qt::UTC);
        return time;
    }
    return std::nullopt;
}

} // namespace insitecache
