// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventexport.h"

#include <QDateTime>

#include "formatting/csv.h"
#include "models/eventtexts.h"

namespace insitecache {

namespace {

QString exportWord(std::string_view word)
{
    return QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
}

QStringList exportCells(const Event &event)
{
    const qint64 ms = event.time.time_since_epoch().count();
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(ms);
    return {local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODateWithMs), QString::number(ms),
        exportWord(eventKindName(event.kind)), exportWord(eventSeverityName(event.severity)),
        QString::fromStdString(event.target), event.count ? QString::number(*event.count) : QString(),
        eventTiers(event), exportWord(eventCauseName(event.cause)), QString::fromStdString(event.reason),
        event.took ? QString::number(double(event.took->count()) / 1000.0) : QString(),
        event.value ? QString::number(*event.value) : QString(), QString::number(event.id),
        QString::fromStdString(event.detail)};
}

} // namespace

QByteArray eventsAsJsonLines(const std::vector<EventPtr> &events)
{
    QByteArray out;
    for (const EventPtr &event : events)
        out += QByteArray::fromStdString(eventJson(*event)) + '\n';
    return out;
}

QByteArray eventsAsCsv(const std::vector<EventPtr> &events)
{
    QByteArray out = csv::byteOrderMark;
    out += csv::row(QStringLiteral("time time_ms kind severity target count tiers cause reason took_seconds value id "
                                   "detail")
                        .split(u' '));
    for (const EventPtr &event : events)
        out += csv::row(exportCells(*event));
    return out;
}

} // namespace insitecache
