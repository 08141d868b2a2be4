// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventsmodel.h"

#include <QDateTime>

#include <algorithm>

#include "formatting/format.h"
#include "models/eventtexts.h"

namespace insitecache {

namespace {

bool isError(const EventPtr &event)
{
    return event->severity == EventSeverity::Error;
}

QString eventTimeText(const Event &event)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(event.time.time_since_epoch().count());
    const bool today = local.date() == QDate::currentDate();
    return local.toString(today ? QStringLiteral("HH:mm:ss.zzz") : QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
}

QString eventText(const Event &event, EventColumn column)
{
    switch (column) {
    case EventColumn::Time: return eventTimeText(event);
    case EventColumn::Kind: return QStringLiteral("%1 %2").arg(eventGlyph(event.kind), eventName(event.kind));
    case EventColumn::Severity:
        return QStringLiteral("%1 %2").arg(severitySign(event.severity), severityName(event.severity));
    case EventColumn::Target: return eventTargetName(QString::fromStdString(event.target));
    case EventColumn::Count: return event.count ? format::count(*event.count) : QString();
    case EventColumn::Tiers: return eventTiers(event);
    case EventColumn::Cause: return causeName(event.cause);
    case EventColumn::Reason: return eventReason(event);
    case EventColumn::Took: return eventTook(event);
    case EventColumn::Id: break;
    }
    return QString::number(event.id);
}

// A tool tip takes text that looks like markup for rich text.
QString eventToolTip(const Event &event, EventColumn column)
{
    QString text = eventText(event, column);
    if (!event.detail.empty())
        text += u'\n' + QString::fromStdString(event.detail);
    return QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")));
}

template <class Events>
auto firstFrom(Events &events, std::uint64_t id)
{
    return std::lower_bound(events.begin(), events.end(), id,
        [](const EventPtr &event, std::uint64_t wanted) { return event->id < wanted; });
}

} // namespace

void EventsModel::add(const std::vector<EventPtr> &events)
{
    std::vector<EventPtr> rows;
    for (const EventPtr &event : events) {
        m_all.push_back(event);
        m_errors += isError(event);
        m_newest = event->id;
        if (m_filter.matches(*event))
            rows.push_back(event);
    }
    if (!rows.empty()) {
        const int first = rowCount();
        beginInsertRows({}, first, first + static_cast<int>(rows.size()) - 1);
        m_shown.insert(m_shown.end(), rows.begin(), rows.end());
        endInsertRows();
    }
    while (m_all.size() > most)
        makeRoom();
}

void EventsModel::makeRoom()
{
    auto victim = m_all.begin();
    if (m_errors <= mostErrors)
        victim = std::find_if_not(m_all.begin(), m_all.end(), isError);
    const std::uint64_t id = (*victim)->id;
    m_errors -= isError(*victim);
    m_all.erase(victim);
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_shown.erase(m_shown.begin() + row);
    endRemoveRows();
}

void EventsModel::setFilter(const EventFilter &filter)
{
    beginResetModel();
    m_filter = filter;
    m_shown.clear();
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(m_shown),
        [this](const EventPtr &event) { return m_filter.matches(*event); });
    endResetModel();
}

EventPtr EventsModel::eventAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_shown[static_cast<std::size_t>(row)] : nullptr;
}

int EventsModel::rowOf(std::uint64_t id) const
{
    const auto found = firstFrom(m_shown, id);
    return found == m_shown.end() || (*found)->id != id ? -1 : static_cast<int>(found - m_shown.begin());
}

int EventsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int EventsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : eventColumnCount;
}

QVariant EventsModel::data(const QModelIndex &index, int role) const
{
    const EventPtr event = index.isValid() ? eventAt(index.row()) : nullptr;
    if (!event)
        return {};
    const auto column = static_cast<EventColumn>(index.column());
    const bool isNumber = column == EventColumn::Count || column == EventColumn::Took || column == EventColumn::Id;
    switch (role) {
    case Qt::DisplayRole: return eventText(*event, column);
    case Qt::ToolTipRole: return eventToolTip(*event, column);
    case Qt::TextAlignmentRole: return int(Qt::AlignVCenter) | int(isNumber ? Qt::AlignRight : Qt::AlignLeft);
    case SeverityRole: return static_cast<int>(event->severity);
    default: return {};
    }
}

QVariant EventsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<EventColumn>(section)) {
    case EventColumn::Time: return tr("Time");
    case EventColumn::Kind: return tr("Kind");
    case EventColumn::Severity: return tr("Severity");
    case EventColumn::Target: return tr("Target");
    case EventColumn::Count: return tr("Count");
    case EventColumn::Tiers: return tr("Tiers");
    case EventColumn::Cause: return tr("Cause");
    case EventColumn::Reason: return tr("Reason");
    case EventColumn::Took: return tr("Took");
    case EventColumn::Id: break;
    }
    return tr("Id");
}

void EventsModel::retranslate()
{
    setFilter(EventFilter(m_filter));
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, eventColumnCount - 1);
}

} // namespace insitecache
