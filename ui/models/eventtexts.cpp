// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventtexts.h"

#include <QCoreApplication>

#include <insitecache/monitor/slo.h>

#include "formatting/format.h"

namespace insitecache {

namespace {

/// Only a name for the translator's context.
class EventTexts {
    Q_DECLARE_TR_FUNCTIONS(Event)
};

QString eventLine(const std::string &text)
{
    return QString::fromStdString(text).simplified();
}

bool isAbout(const Event &event, SloKind kind)
{
    return event.target == sloName(kind);
}

QString measured(const Event &event)
{
    if (!event.value)
        return {};
    if (isAbout(event, SloKind::MeanLatency))
        return EventTexts::tr("%1, goal at most %2", "measured, limit")
            .arg(format::millis(*event.value), EventTexts::tr("%1 ms").arg(50));
    if (isAbout(event, SloKind::Memory))
        return EventTexts::tr("%1, goal at most %2", "measured, limit")
            .arg(format::percent(*event.value), QStringLiteral("30%"));
    return EventTexts::tr("%1, goal at least %2", "measured, limit")
        .arg(format::percent(*event.value), QStringLiteral("80%"));
}

QString tierSentence(const Event &event, const QString &tier)
{
    const QString why = event.detail.empty() ? EventTexts::tr("no reason given") : eventLine(event.detail);
    if (event.kind == EventKind::TierDown)
        return EventTexts::tr("%1 is down; the other tiers keep answering and it is tried again by itself. Cause: %2")
            .arg(tier, why);
    if (event.kind == EventKind::TierDegraded)
        return EventTexts::tr("%1 is degraded: it answers, but not as usual. Cause: %2").arg(tier, why);
    return EventTexts::tr("%1 is back after %2.", "tier or upstream, duration").arg(tier, eventTook(event));
}

} // namespace

QString eventGlyph(EventKind kind)
{
    switch (kind) {
    case EventKind::Invalidation: return QStringLiteral("▼");
    case EventKind::InvalidationOfMany: return QStringLiteral("▼*");
    case EventKind::ScheduledInvalidation: return QStringLiteral("◷");
    case EventKind::InvalidationElsewhere:
    case EventKind::EventsMissed: return QStringLiteral("⇄");
    case EventKind::Undo: return QStringLiteral("⟲");
    case EventKind::PolicyChange: return QStringLiteral("⚙");
    case EventKind::WorkloadStarted: return QStringLiteral("▶");
    case EventKind::WorkloadStopped: return QStringLiteral("‖");
    case EventKind::TierDegraded: return QStringLiteral("▲");
    case EventKind::TierDown:
    case EventKind::ObjectiveBreached: return QStringLiteral("✖");
    case EventKind::TierUp:
    case EventKind::RateLimitOver:
    case EventKind::ObjectiveMet:
    case EventKind::Acknowledged: return QStringLiteral("✔");
    case EventKind::CorruptHealed: return QStringLiteral("✚");
    case EventKind::Bookmark: return QStringLiteral("●");
    case EventKind::RateLimited:
    case EventKind::JournalFailed:
    case EventKind::LogFailed: break;
    }
    return QStringLiteral("!");
}

QString eventName(EventKind kind)
{
    switch (kind) {
    case EventKind::Invalidation: return EventTexts::tr("Invalidation");
    case EventKind::InvalidationOfMany: return EventTexts::tr("Invalidation of many");
    case EventKind::ScheduledInvalidation: return EventTexts::tr("Scheduled invalidation");
    case EventKind::InvalidationElsewhere: return EventTexts::tr("Invalidation by another process");
    case EventKind::Undo: return EventTexts::tr("Undo");
    case EventKind::PolicyChange: return EventTexts::tr("Policy changed");
    case EventKind::WorkloadStarted: return EventTexts::tr("Workload started");
    case EventKind::WorkloadStopped: return EventTexts::tr("Workload stopped");
    case EventKind::TierDown: return EventTexts::tr("Tier down");
    case EventKind::TierDegraded: return EventTexts::tr("Tier degraded");
    case EventKind::TierUp: return EventTexts::tr("Tier back");
    case EventKind::RateLimited: return EventTexts::tr("Rate limited");
    case EventKind::RateLimitOver: return EventTexts::tr("Rate limit over");
    case EventKind::CorruptHealed: return EventTexts::tr("Corrupt copies healed");
    case EventKind::JournalFailed: return EventTexts::tr("Journal not written");
    case EventKind::LogFailed: return EventTexts::tr("Event log not written");
    case EventKind::EventsMissed: return EventTexts::tr("Events of others missed");
    case EventKind::ObjectiveBreached: return EventTexts::tr("Objective breached");
    case EventKind::ObjectiveMet: return EventTexts::tr("Objective met again");
    case EventKind::Acknowledged: return EventTexts::tr("Alert acknowledged");
    case EventKind::Bookmark: break;
    }
    return EventTexts::tr("Bookmark");
}

QString severitySign(EventSeverity severity)
{
    switch (severity) {
    case EventSeverity::Info: return QStringLiteral("ⓘ");
    case EventSeverity::Warning: return QStringLiteral("▲");
    case EventSeverity::Error: break;
    }
    return QStringLiteral("✖");
}

QString severityName(EventSeverity severity)
{
    switch (severity) {
    case EventSeverity::Info: return EventTexts::tr("info", "severity");
    case EventSeverity::Warning: return EventTexts::tr("warning", "severity");
    case EventSeverity::Error: break;
    }
    return EventTexts::tr("error", "severity");
}

QString causeName(EventCause cause)
{
    switch (cause) {
    case EventCause::Manual: return EventTexts::tr("by hand", "cause");
    case EventCause::Scheduled: return EventTexts::tr("scheduled", "cause");
    case EventCause::OtherProcess: return EventTexts::tr("another process", "cause");
    case EventCause::Policy: return EventTexts::tr("policy", "cause");
    case EventCause::Machine: break;
    }
    return EventTexts::tr("by itself", "cause");
}

QString eventTargetName(const QString &target)
{
    if (target == QLatin1String("hit-ratio"))
        return EventTexts::tr("Hit ratio");
    if (target == QLatin1String("mean-latency"))
        return EventTexts::tr("Mean latency");
    if (target == QLatin1String("memory"))
        return EventTexts::tr("Memory");
    return target.simplified();
}

QString eventTiers(const Event &event)
{
    QStringList names;
    for (int i = 0; i < tierCount; ++i) {
        if (event.tiers[i])
            names += format::stage(static_cast<Stage>(i));
    }
    return names.join(u' ');
}

QString eventTook(const Event &event)
{
    if (!event.took)
        return {};
    const double ms = static_cast<double>(event.took->count());
    return ms < 1000 ? format::millis(ms) : format::duration(*event.took);
}

QString eventReason(const Event &event)
{
    if (event.value)
        return measured(event);
    if (event.kind == EventKind::RateLimited && event.until)
        return EventTexts::tr("not asked before %1", "time").arg(format::timeOfDay(*event.until));
    const bool isTrouble = event.severity != EventSeverity::Info && event.cause == EventCause::Machine;
    return eventLine(event.reason.empty() && isTrouble ? event.detail : event.reason);
}

QString eventWords(const Event &event)
{
    QStringList parts;
    const QString target = eventTargetName(QString::fromStdString(event.target));
    if (!target.isEmpty())
        parts += target;
    if (event.count)
        parts += format::count(*event.count);
    if (const QString reason = eventReason(event); !reason.isEmpty())
        parts += reason;
    const QString name = QStringLiteral("%1 %2").arg(eventGlyph(event.kind), eventName(event.kind));
    return parts.isEmpty() ? name : QStringLiteral("%1: %2").arg(name, parts.join(QStringLiteral(" · ")));
}

bool isBadNews(EventKind kind)
{
    switch (kind) {
    case EventKind::TierDown:
    case EventKind::TierDegraded:
    case EventKind::RateLimited:
    case EventKind::ObjectiveBreached:
    case EventKind::JournalFailed:
    case EventKind::LogFailed: return true;
    default: return false;
    }
}

QString eventSentence(const Event &event)
{
    const QString target = eventTargetName(QString::fromStdString(event.target));
    switch (event.kind) {
    case EventKind::TierDown:
    case EventKind::TierDegraded:
    case EventKind::TierUp:
    case EventKind::RateLimitOver: return tierSentence(event, target);
    case EventKind::RateLimited:
        return EventTexts::tr(
            "%1 refuses requests for now: %2; what is cached is still served.", "upstream, until when")
            .arg(target, eventReason(event));
    case EventKind::ObjectiveBreached:
        return EventTexts::tr("Objective breached: %1 %2", "name, measured").arg(target, measured(event));
    case EventKind::ObjectiveMet:
        return EventTexts::tr("Objective met again after %1: %2 %3", "duration, name, measured")
            .arg(eventTook(event), target, measured(event));
    case EventKind::JournalFailed:
        return EventTexts::tr("What must survive a crash could not be written down; make room on that disk.");
    case EventKind::LogFailed: return eventLine(event.detail);
    default: return {};
    }
}

} // namespace insitecache
