// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/ttladvisor.h"

#include <algorithm>

#include <QDateTime>

namespace insitecache {

namespace {

/// A value that changes at rate r, read at any time within a life of x / r, is outdated in 1 - (1 - e^-x) / x of the
/// reads: in a tenth with x = 0.2147, if r were known. It is estimated from some tens of looks, and a life that came
/// out too long is read for longer than one that came out too short; with this x it is a tenth all the same.
constexpr double tenthOutdated = 0.15;
constexpr int enoughOfKey = 4;
constexpr int enoughOfType = 8;

std::string secondsShown(Duration span)
{
    const auto seconds = std::chrono::round<std::chrono::seconds>(span).count();
    if (seconds < 120)
        return std::to_string(seconds) + " s";
    if (seconds < 2 * 3600)
        return std::to_string((seconds + 30) / 60) + " min";
    return std::to_string((seconds + 1800) / 3600) + " h";
}

std::string timeShown(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC)
        .toString(QStringLiteral("yyyy-MM-dd hh:mm'Z'"))
        .toStdString();
}

/// A value that never changed in a year may still: no rate makes a life that a clock could not hold.
Duration lifeAt(double perSecond, const Policy &policy)
{
    const double seconds = tenthOutdated / perSecond;
    const double longest = std::chrono::duration<double>(policy.maxTtl).count();
    if (seconds > longest)
        return policy.maxTtl + Millis(1);
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
}

std::string looksShown(const ChangeRate &rate)
{
    return "changed in " + std::to_string(rate.changes()) + " of " + std::to_string(rate.looks()) + " looks";
}

void obeyUpstream(TtlAdvice &advice, const UpstreamLife &upstream)
{
    if (upstream.noStore)
        advice.why += "; kept although the upstream says no-store";
    if (!upstream.atMost || *upstream.atMost >= advice.ttl)
        return;
    advice.ttl = *upstream.atMost;
    advice.why += "; at most max-age " + secondsShown(advice.ttl);
}

void clampTo(TtlAdvice &advice, const Policy &policy)
{
    if (advice.ttl < policy.minTtl) {
        advice.ttl = policy.minTtl;
        advice.why += "; raised to min-ttl " + secondsShown(advice.ttl);
    } else if (advice.ttl > policy.maxTtl) {
        advice.ttl = policy.maxTtl;
        advice.why += "; cut to max-ttl " + secondsShown(advice.ttl);
    }
}

} // namespace

void TtlAdvisor::look(Known &known, std::string_view type, std::string_view payload, const TtlClues &clues)
{
    const std::size_t content = std::hash<std::string_view>()(payload);
    if (known.seen && !clues.closedUntil) {
        const Duration since = clues.now - *known.seen;
        known.rate.looked(since, content != known.content);
        if (m_types.size() < maxTypes || m_types.contains(std::string(type)))
            m_types[std::string(type)].looked(since, content != known.content);
    }
    known.content = content;
    known.seen = clues.closedUntil ? std::nullopt : std::optional(clues.now);
}

TtlAdvice TtlAdvisor::fromRate(const Known &known, std::string_view type, const Policy &policy) const
{
    if (known.rate.looks() >= enoughOfKey)
        return {lifeAt(known.rate.perSecond(), policy), looksShown(known.rate)};
    const auto kind = m_types.find(std::string(type));
    if (kind != m_types.end() && kind->second.looks() >= enoughOfType)
        return {lifeAt(kind->second.perSecond(), policy), "values of this type " + looksShown(kind->second)};
    return {policy.ttl, "seldom seen so far, so the ttl of the policy"};
}

// Nothing changes while an exchange is closed, whatever the upstream promises.
TtlAdvice TtlAdvisor::advise(const CacheKey &key, std::string_view payload, const TtlClues &clues, const Policy &policy)
{
    Known &known = m_keys.touch(std::hash<CacheKey>()(key));
    look(known, key.type(), payload, clues);
    TtlAdvice advice;
    if (clues.closedUntil) {
        advice = {*clues.closedUntil - clues.wall, "market closed until " + timeShown(*clues.closedUntil)};
    } else {
        advice = fromRate(known, key.type(), policy);
        obeyUpstream(advice, clues.upstream);
    }
    clampTo(advice, policy);
    return advice;
}

} // namespace insitecache
