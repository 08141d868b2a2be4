// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/jsonstats.h"

#include <insitecache/monitor/systemmemory.h>

#include <QJsonArray>

#include "cli/jsonlookup.h"

namespace insitecache {

namespace {

constexpr std::uint64_t sloMinLookups = 50;
constexpr double sloHitRatio = 0.8;
constexpr double sloMeanMs = 50.0;
constexpr double sloMemoryShare = 0.3;

qint64 countJson(std::uint64_t count)
{
    return static_cast<qint64>(count);
}

double shareOf(std::uint64_t part, std::uint64_t whole)
{
    return whole ? static_cast<double>(part) / static_cast<double>(whole) : 0.0;
}

QJsonArray whatIfCasesJson(const std::vector<WhatIfReport::Case> &cases)
{
    QJsonArray json;
    for (const WhatIfReport::Case &one : cases)
        json.append(QJsonObject{{QStringLiteral("factor"), one.factor}, {QStringLiteral("hitRatio"), one.hitRatio}});
    return json;
}

QJsonValue whatIfJson(const std::optional<WhatIfReport> &report)
{
    if (!report)
        return {};
    return QJsonObject{{QStringLiteral("capacity"), whatIfCasesJson(report->capacity)},
        {QStringLiteral("ttl"), whatIfCasesJson(report->ttl)}, {QStringLiteral("actual"), report->actual},
        {QStringLiteral("simulated"), report->simulated},
        {QStringLiteral("sampledUses"), countJson(report->sampledUses)},
        {QStringLiteral("sampleRate"), countJson(report->sampleRate)},
        {QStringLiteral("verdict"), textJson(whatIfVerdictName(report->verdict))}};
}

QJsonObject missReasonsJson(const MissCounts &counts)
{
    QJsonObject json;
    for (std::size_t i = 0; i < missReasonCount; ++i)
        json[textJson(missReasonName(static_cast<MissReason>(i)))] = countJson(counts[i]);
    return json;
}

QJsonArray typeUsageJson(const TierUsage &usage)
{
    QJsonArray types;
    for (const TypeUsage &type : usage.types)
        types.append(
            QJsonObject{{QStringLiteral("type"), type.type.empty() ? QJsonValue() : QJsonValue(textJson(type.type))},
                {QStringLiteral("entries"), countJson(type.entries)}, {QStringLiteral("bytes"), countJson(type.bytes)},
                {QStringLiteral("guaranteedBytes"), countJson(type.guaranteedBytes)}});
    return types;
}

QJsonObject tierStatsJson(const TierTotals &tier, const std::optional<TierUsage> &usage, std::uint64_t allLookups)
{
    const TierUsage none{false, 0, 0, 0, 0, {}};
    const TierUsage &now = usage ? *usage : none;
    return {{QStringLiteral("lookups"), countJson(tier.lookups)}, {QStringLiteral("hits"), countJson(tier.hits)},
        {QStringLiteral("hitRatio"), shareOf(tier.hits, tier.lookups)},
        {QStringLiteral("shareOfAll"), shareOf(tier.hits, allLookups)},
        {QStringLiteral("p50Ms"), tier.latency.quantileMs(0.5)},
        {QStringLiteral("p95Ms"), tier.latency.quantileMs(0.95)},
        {QStringLiteral("p99Ms"), tier.latency.quantileMs(0.99)}, {QStringLiteral("misses"), countJson(tier.misses)},
        {QStringLiteral("missReasons"), missReasonsJson(tier.missReasons)},
        {QStringLiteral("stale"), countJson(tier.stale)}, {QStringLiteral("negative"), countJson(tier.negative)},
        {QStringLiteral("corrupt"), countJson(tier.corrupt)}, {QStringLiteral("errors"), countJson(tier.errors)},
        {QStringLiteral("entries"), countJson(now.entries)}, {QStringLiteral("bytes"), countJson(now.bytes)},
        {QStringLiteral("evictions"), countJson(now.evictions)},
        {QStringLiteral("expirations"), countJson(now.expirations)}, {QStringLiteral("configured"), usage.has_value()},
        {QStringLiteral("up"), now.up}, {QStringLiteral("detail"), textJson(now.detail)},
        {QStringLiteral("types"), typeUsageJson(now)}};
}

template <class T>
void setIfKnown(QJsonObject &json, const QString &name, const std::optional<T> &value)
{
    json[name] = value ? QJsonValue(*value) : QJsonValue();
}

QJsonObject sourceStatsJson(const SourceStatus &source)
{
    QJsonObject json{{QStringLiteral("configured"), source.configured},
        {QStringLiteral("requests"), countJson(source.requests)}, {QStringLiteral("ok"), countJson(source.ok)},
        {QStringLiteral("clientErrors"), countJson(source.clientErrors)},
        {QStringLiteral("rateLimited"), countJson(source.rateLimited)},
        {QStringLiteral("serverErrors"), countJson(source.serverErrors)},
        {QStringLiteral("networkErrors"), countJson(source.networkErrors)},
        {QStringLiteral("lastError"),
            source.lastError.empty() ? QJsonValue() : QJsonValue(textJson(source.lastError))}};
    setIfKnown(json, QStringLiteral("quotaRemaining"), source.quotaRemaining);
    json[QStringLiteral("callsLeft")]
        = source.callsLeft ? QJsonValue(static_cast<qint64>(*source.callsLeft)) : QJsonValue();
    json[QStringLiteral("quotaResetMs")]
        = source.quotaResetIn ? QJsonValue(static_cast<qint64>(source.quotaResetIn->count())) : QJsonValue();
    json[QStringLiteral("frozenForMs")]
        = source.frozenFor ? QJsonValue(static_cast<qint64>(source.frozenFor->count())) : QJsonValue();
    return json;
}

QJsonObject backlogJson(const QString &count, const Backlog &backlog)
{
    return {
        {count, countJson(backlog.waiting)}, {QStringLiteral("oldestMs"), static_cast<qint64>(backlog.oldest.count())}};
}

QJsonObject typeStatsJson(const LookupTotals &type)
{
    QJsonObject missReasons;
    for (int i = 0; i < tierCount; ++i)
        missReasons[textJson(stageName(static_cast<Stage>(i)))] = missReasonsJson(type.missReasons[i]);
    return {{QStringLiteral("lookups"), countJson(type.lookups)}, {QStringLiteral("hits"), countJson(type.hits())},
        {QStringLiteral("missReasons"), missReasons}, {QStringLiteral("hitRatio"), type.hitRatio()},
        {QStringLiteral("meanMs"), type.latency.meanMs()}, {QStringLiteral("stale"), countJson(type.stale)},
        {QStringLiteral("negative"), countJson(type.negative)}, {QStringLiteral("errors"), countJson(type.errors)}};
}

QJsonObject objectiveJson(double target, double value, bool met, bool enough)
{
    return {{QStringLiteral("target"), target}, {QStringLiteral("value"), enough ? QJsonValue(value) : QJsonValue()},
        {QStringLiteral("state"),
            !enough   ? QStringLiteral("unknown")
                : met ? QStringLiteral("ok")
                      : QStringLiteral("breached")}};
}

QJsonObject objectivesJson(const MetricsTotals &totals, const EngineState &state)
{
    const bool enough = totals.all.lookups >= sloMinLookups;
    const auto machine = double(systemMemoryBytes());
    const double used = double(state.tiers[0] ? state.tiers[0]->bytes : 0) / machine;
    const double hitRatio = totals.all.hitRatio();
    const double mean = totals.all.latency.meanMs();
    return {{QStringLiteral("hitRatio"), objectiveJson(sloHitRatio, hitRatio, hitRatio >= sloHitRatio, enough)},
        {QStringLiteral("meanMs"), objectiveJson(sloMeanMs, mean, mean <= sloMeanMs, enough)},
        {QStringLiteral("memoryShare"), objectiveJson(sloMemoryShare, used, used <= sloMemoryShare, true)}};
}

QJsonObject preloadJson(const PreloadTotals &preload)
{
    return {{QStringLiteral("hottest"), countJson(preload.hottest)}, {QStringLiteral("next"), countJson(preload.next)},
        {QStringLiteral("fromSource"), countJson(preload.fromSource)},
        {QStringLiteral("used"), countJson(preload.used)}, {QStringLiteral("wasted"), countJson(preload.wasted)}};
}

} // namespace

QJsonObject statsJson(const MetricsTotals &totals, const EngineState &state)
{
    QJsonObject tiers, sources, types;
    for (int i = 0; i < tierCount; ++i)
        tiers[textJson(stageName(static_cast<Stage>(i)))]
            = tierStatsJson(totals.tiers[i], state.tiers[i], totals.all.lookups);
    for (const SourceStatus &source : state.sources)
        sources[textJson(source.name)] = sourceStatsJson(source);
    for (const LookupTotals &type : totals.types)
        types[textJson(type.type)] = typeStatsJson(type);
    const ChurnTotals &churn = totals.churn;
    return {{QStringLiteral("lookups"), countJson(totals.all.lookups)},
        {QStringLiteral("hits"), countJson(totals.all.hits())}, {QStringLiteral("hitRatio"), totals.all.hitRatio()},
        {QStringLiteral("meanMs"), totals.all.latency.meanMs()}, {QStringLiteral("tiers"), tiers},
        {QStringLiteral("sources"), sources}, {QStringLiteral("types"), types},
        {QStringLiteral("writes"), countJson(churn.writes)},
        {QStringLiteral("invalidations"),
            QJsonObject{{QStringLiteral("count"), countJson(churn.invalidations)},
                {QStringLiteral("keys"), countJson(churn.invalidatedKeys)}}},
        {QStringLiteral("outbox"), backlogJson(QStringLiteral("waiting"), state.outbox)},
        {QStringLiteral("writeBehind"), backlogJson(QStringLiteral("depth"), state.writeBehind)},
        {QStringLiteral("journalFailures"), countJson(churn.journalFailures)},
        {QStringLiteral("refresh"),
            QJsonObject{{QStringLiteral("started"), countJson(churn.refreshStarted)},
                {QStringLiteral("ok"), countJson(churn.refreshOk)},
                {QStringLiteral("failed"), countJson(churn.refreshFailed)}}},
        {QStringLiteral("preload"), preloadJson(totals.preload)}, {QStringLiteral("whatIf"), whatIfJson(state.whatIf)},
        {QStringLiteral("slo"), objectivesJson(totals, state)}};
}

} // namespace insitecache
