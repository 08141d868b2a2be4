// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/invalidationrules.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include <QCoreApplication>
#include <QStringList>

#include "formatting/format.h"

namespace insitecache {

namespace {

/// Only a name for the translator's context.
class InvalidationWords {
    Q_DECLARE_TR_FUNCTIONS(Invalidation)
};

constexpr std::uint64_t manyKeys = 1000;
constexpr std::uint64_t handful = 10;
constexpr std::size_t shownHops = 5; ///< the named ones included

} // namespace

int pluralOf(std::uint64_t n)
{
    return static_cast<int>(std::min<std::uint64_t>(n, std::numeric_limits<int>::max()));
}

bool isLarge(const InvalidationSize &size)
{
    if (size.keys > manyKeys || size.all || (size.live && size.keys > 1))
        return true;
    return size.keys > handful && size.entries > 0 && size.keys * 5 >= size.entries;
}

bool isHarmless(const InvalidationPreview &preview)
{
    return preview.keys == 1 && preview.dependents == 0 && preview.exact && preview.undoable;
}

bool exceedsQuota(const InvalidationSize &size)
{
    return size.callsLeft && size.keys > static_cast<std::uint64_t>(std::max(0LL, *size.callsLeft));
}

bool isAnotherCount(std::uint64_t previewed, std::uint64_t counted)
{
    const std::uint64_t difference = previewed > counted ? previewed - counted : counted - previewed;
    return difference > handful && difference * 10 > previewed;
}

std::uint64_t knownEntries(const Snapshot &snapshot)
{
    std::uint64_t most = 0;
    for (const TierState &tier : snapshot.tiers)
        most = std::max(most, tier.configured ? tier.usage.entries : 0);
    return most;
}

std::optional<long long> fewestCallsLeft(const Snapshot &snapshot)
{
    std::optional<long long> fewest;
    for (const SourceStatus &source : snapshot.sources) {
        if (source.callsLeft)
            fewest = fewest ? std::min(*fewest, *source.callsLeft) : *source.callsLeft;
    }
    return fewest;
}

QString invalidationVerb(bool expire, std::uint64_t keys)
{
    return expire ? InvalidationWords::tr("Mark %n key(s) stale", nullptr, pluralOf(keys))
                  : InvalidationWords::tr("Invalidate %n key(s)", nullptr, pluralOf(keys));
}

QString invalidationOutcome(const InvalidationResult &result, bool expire)
{
    const QString text = expire ? InvalidationWords::tr("Requested %1 · marked stale %2 · verified %3")
                                : InvalidationWords::tr("Requested %1 · deleted %2 · verified %3");
    return text.arg(format::count(result.requested), format::count(result.deleted), format::count(result.verified));
}

QString unreachedTier(const InvalidationPreview::Failure &failure)
{
    return InvalidationWords::tr(
        "%1: not reached, so this is owed to it. It is repeated by itself until it is done, and "
        "until then these keys are not read there. Cause: %2",
        "tier, cause")
        .arg(format::stage(failure.stage), format::error(failure.error));
}

QString hopCounts(const std::vector<std::uint64_t> &byHop)
{
    if (byHop.size() < 2)
        return {};
    QStringList parts{InvalidationWords::tr("%1 named", "keys").arg(format::count(byHop.front()))};
    for (std::size_t hop = 1; hop < std::min(byHop.size(), shownHops); ++hop)
        parts += InvalidationWords::tr("step %1: %2", "distance from the named keys, how many keys")
                     .arg(hop)
                     .arg(format::count(byHop[hop]));
    if (byHop.size() > shownHops) {
        const auto rest = std::accumulate(byHop.begin() + shownHops, byHop.end(), std::uint64_t{0});
        parts += InvalidationWords::tr("further: %1", "keys").arg(format::count(rest));
    }
    return parts.join(QStringLiteral(" · "));
}

QString undoOutcome(const UndoResult &result)
{
    QStringList parts{InvalidationWords::tr("%1 restored", "keys").arg(format::count(result.restored))};
    if (result.newer)
        parts += InvalidationWords::tr("%1 already newer", "keys").arg(format::count(result.newer));
    if (result.expired)
        parts += InvalidationWords::tr("%1 expired meanwhile", "keys").arg(format::count(result.expired));
    QStringList lines{
        (result.partial.empty() ? QStringLiteral("✔ ") : QStringLiteral("▲ ")) + parts.join(QStringLiteral(" · "))};
    for (const auto &failure : result.partial)
        lines += InvalidationWords::tr("%1 did not take its copies back: %2", "tier, cause")
                     .arg(format::stage(failure.stage), format::error(failure.error));
    return lines.join(QLatin1Char('\n'));
}

QString undoPromise(const InvalidationPreview &preview)
{
    return preview.undoable ? InvalidationWords::tr("Can be undone for 30 s")
                            : InvalidationWords::tr("▲ Cannot be undone: too much to keep");
}

QString tierCounts(const std::uint64_t (&counts)[tierCount], const bool (&asked)[tierCount])
{
    QStringList parts;
    for (int i = 0; i < tierCount; ++i) {
        if (asked[i])
            parts += QStringLiteral("%1 %2").arg(format::stage(static_cast<Stage>(i)), format::count(counts[i]));
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace insitecache
