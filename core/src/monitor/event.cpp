// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/monitor/event.h>

#include <array>

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace insitecache {

namespace {

constexpr std::array<std::string_view, eventKindCount> eventKindNames{"invalidation", "invalidation-of-many",
    "scheduled-invalidation", "invalidation-elsewhere", "undo", "policy-change", "workload-started", "workload-stopped",
    "tier-down", "tier-degraded", "tier-up", "rate-limited", "rate-limit-over", "corrupt-healed", "journal-failed",
    "log-failed", "events-missed", "objective-breached", "objective-met", "acknowledged", "bookmark"};

QString eventTime(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODateWithMs);
}

QString eventWord(std::string_view name)
{
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

QJsonArray eventTiers(const Event &event)
{
    QJsonArray names;
    for (int i = 0; i < tierCount; ++i) {
        if (event.tiers[i])
            names += eventWord(stageName(static_cast<Stage>(i)));
    }
    return names;
}

} // namespace

std::string_view eventKindName(EventKind kind)
{
    return eventKindNames[static_cast<std::size_t>(kind)];
}

std::string_view eventSeverityName(EventSeverity severity)
{
    switch (severity) {
    case EventSeverity::Info: return "info";
    case EventSeverity::Warning: return "warning";
    case EventSeverity::Error: break;
    }
    return "error";
}

std::string_view eventCauseName(EventCause cause)
{
    switch (cause) {
    case EventCause::Manual: return "manual";
    case EventCause::Scheduled: return "scheduled";
    case EventCause::OtherProcess: return "other-process";
    case EventCause::Policy: return "policy";
    case EventCause::Machine: break;
    }
    return "machine";
}

std::string eventJson(const Event &event)
{
    QJsonObject out{{QStringLiteral("time"), eventTime(event.time)},
        {QStringLiteral("timeMs"), qint64(event.time.time_since_epoch().count())},
        {QStringLiteral("id"), qint64(event.id)}, {QStringLiteral("kind"), eventWord(eventKindName(event.kind))},
        {QStringLiteral("severity"), eventWord(eventSeverityName(event.severity))},
        {QStringLiteral("cause"), eventWord(eventCauseName(event.cause))}};
    const std::pair<const char *, const std::string &> texts[]
        = {{"target", event.target}, {"reason", event.reason}, {"detail", event.detail}};
    for (const auto &[name, text] : texts) {
        if (!text.empty())
            out[QLatin1String(name)] = QString::fromStdString(text);
    }
    if (const QJsonArray tiers = eventTiers(event); !tiers.isEmpty())
        out[QStringLiteral("tiers")] = tiers;
    if (event.count)
        out[QStringLiteral("count")] = qint64(*event.count);
    if (event.took)
        out[QStringLiteral("tookMs")] = qint64(event.took->count());
    if (event.until)
        out[QStringLiteral("until")] = eventTime(*event.until);
    if (event.value)
        out[QStringLiteral("value")] = *event.value;
    return QJsonDocument(out).toJson(QJsonDocument::Compact).toStdString();
}

} // namespace insitecache
