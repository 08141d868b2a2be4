// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventfilter.h"

#include <algorithm>

#include "models/eventtexts.h"

namespace insitecache {

namespace {

QString searchableText(const Event &event)
{
    const std::string_view kind = eventKindName(event.kind);
    return QStringLiteral("%1 %2 %3 %4 %5 %6 %7")
        .arg(eventWords(event), QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size())),
            severityName(event.severity), causeName(event.cause), eventTiers(event),
            QString::fromStdString(event.detail), QString::number(event.id));
}

} // namespace

EventGroup eventGroup(EventKind kind)
{
    switch (kind) {
    case EventKind::Invalidation:
    case EventKind::InvalidationOfMany:
    case EventKind::ScheduledInvalidation:
    case EventKind::InvalidationElsewhere:
    case EventKind::EventsMissed:
    case EventKind::Undo: return EventGroup::Invalidations;
    case EventKind::TierDown:
    case EventKind::TierDegraded:
    case EventKind::TierUp:
    case EventKind::RateLimited:
    case EventKind::RateLimitOver:
    case EventKind::CorruptHealed:
    case EventKind::JournalFailed:
    case EventKind::LogFailed: return EventGroup::Tiers;
    case EventKind::ObjectiveBreached:
    case EventKind::ObjectiveMet:
    case EventKind::Acknowledged: return EventGroup::Objectives;
    case EventKind::PolicyChange:
    case EventKind::WorkloadStarted:
    case EventKind::WorkloadStopped: return EventGroup::Changes;
    case EventKind::Bookmark: break;
    }
    return EventGroup::Bookmarks;
}

bool EventFilter::matches(const Event &event) const
{
    if (!severities.empty() && !severities.contains(event.severity))
        return false;
    if (!groups.empty() && !groups.contains(eventGroup(event.kind)))
        return false;
    if (m_words.isEmpty())
        return true;
    const QString text = searchableText(event);
    return std::all_of(
        m_words.begin(), m_words.end(), [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace insitecache
