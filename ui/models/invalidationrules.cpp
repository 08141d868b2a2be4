// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/invalidationrules.h"

#include <algorithm>
#include <limits>

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

int pluralOf(std::uint64_t n)
{
    return static_cast<int>(std::min<std::uint64_t>(n, std::numeric_limits<int>::max()));
}

} // namespace

bool needsConfirmation(const InvalidationSize &size)
{
    if (size.keys > manyKeys || size.all)
        return true;
    return size.keys > handful && size.entries > 0 && size.keys * 5 >= size.entries;
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
