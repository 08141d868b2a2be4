// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/jsonlookup.h"

#include <QDateTime>
#include <QJsonArray>

#include "cli/jsonvalues.h"

namespace insitecache {

QJsonObject errorJson(const Error &error)
{
    QJsonObject json{{QStringLiteral("code"), textJson(errorCodeName(error.code))},
        {QStringLiteral("message"), textJson(error.message)}};
    if (!error.hint.empty())
        json[QStringLiteral("hint")] = textJson(error.hint);
    if (error.retryAfterMs >= 0)
        json[QStringLiteral("retryAfterMs")] = static_cast<qint64>(error.retryAfterMs);
    return json;
}

namespace {

QJsonArray stepsJson(const Lookup &lookup)
{
    QJsonArray steps;
    for (int i = 0; i < lookup.stepCount; ++i) {
        const LookupStep &step = lookup.steps[static_cast<std::size_t>(i)];
        QJsonObject json{{QStringLiteral("tier"), textJson(stageName(step.stage))},
            {QStringLiteral("outcome"), textJson(outcomeName(step.outcome))},
            {QStringLiteral("ms"), toMillisF(step.took)}};
        if (step.why)
            json[QStringLiteral("reason")] = textJson(missReasonName(*step.why));
        if (step.error)
            json[QStringLiteral("error")] = errorJson(*step.error);
        steps.append(json);
    }
    return steps;
}

QJsonArray storedJson(const Lookup &lookup)
{
    QJsonArray stored;
    for (int i = 0; i < tierCount; ++i) {
        if (lookup.stored[i])
            stored.append(textJson(stageName(static_cast<Stage>(i))));
    }
    return stored;
}

} // namespace

QJsonObject lookupJson(const Lookup &lookup)
{
    std::optional<Error> error = lookup.error;
    QJsonValue value;
    if (lookup.hasValue()) {
        if (auto decoded = valueJson(lookup.key.type(), lookup.entry->payload()))
            value = *decoded;
        else
            error = decoded.error();
    }
    return {{QStringLiteral("key"), textJson(lookup.key.text())}, {QStringLiteral("value"), value},
        {QStringLiteral("tier"), textJson(stageName(lookup.answeredBy))}, {QStringLiteral("stale"), lookup.stale},
        {QStringLiteral("ageMs"), lookup.entry ? QJsonValue(static_cast<qint64>(toMillis(lookup.age))) : QJsonValue()},
        {QStringLiteral("ttlMs"), lookup.entry ? QJsonValue(static_cast<qint64>(toMillis(lookup.ttl))) : QJsonValue()},
        {QStringLiteral("ttlReason"), lookup.ttlReason.empty() ? QJsonValue() : QJsonValue(textJson(lookup.ttlReason))},
        {QStringLiteral("negative"), lookup.negative}, {QStringLiteral("refreshing"), lookup.refreshing},
        {QStringLiteral("error"), error ? QJsonValue(errorJson(*error)) : QJsonValue()},
        {QStringLiteral("steps"), stepsJson(lookup)}, {QStringLiteral("stored"), storedJson(lookup)},
        {QStringLiteral("totalMs"), toMillisF(lookup.total)},
        {QStringLiteral("cacheStatus"), textJson(lookup.cacheStatus())}};
}

QJsonObject lookupsJson(const std::vector<Lookup> &lookups)
{
    QJsonArray results;
    for (const Lookup &lookup : lookups)
        results.append(lookupJson(lookup));
    return {{QStringLiteral("results"), results}};
}

QString timeJson(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODateWithMs);
}

QString textJson(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace insitecache
