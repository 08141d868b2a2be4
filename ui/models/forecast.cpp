// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/forecast.h"

#include <algorithm>
#include <numeric>

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include "formatting/format.h"

namespace insitecache {

namespace {

/// Only a name for the translator's context.
class ForecastWords {
    Q_DECLARE_TR_FUNCTIONS(Forecast)
};

QString verdictText(WhatIfReport::Verdict verdict)
{
    switch (verdict) {
    case WhatIfReport::Verdict::CapacityBound: return ForecastWords::tr("Capacity-bound");
    case WhatIfReport::Verdict::TtlBound: return ForecastWords::tr("TTL-bound");
    default: return ForecastWords::tr("Neither room nor TTL holds L1 back");
    }
}

QString twiceText(const std::vector<WhatIfReport::Case> &cases)
{
    const auto twice = std::find_if(cases.begin(), cases.end(), [](const auto &one) { return one.factor == 2; });
    return twice == cases.end() ? QStringLiteral("–") : format::percent(twice->hitRatio);
}

QString casesText(const std::vector<WhatIfReport::Case> &cases)
{
    QStringList texts;
    for (const WhatIfReport::Case &one : cases)
        texts += QStringLiteral("%1× %2").arg(QLocale().toString(one.factor), format::percent(one.hitRatio));
    return texts.join(QStringLiteral("  ·  "));
}

} // namespace

QString missesText(const MissCounts &counts)
{
    const auto sum = std::accumulate(counts.begin(), counts.end(), std::uint64_t(0));
    std::vector<std::size_t> order(counts.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return counts[a] > counts[b]; });
    QStringList texts;
    for (const std::size_t why : order) {
        if (counts[why] > 0)
            texts += QStringLiteral("%1 %2").arg(
                format::missReason(static_cast<MissReason>(why)), format::percent(double(counts[why]) / double(sum)));
    }
    return texts.join(QStringLiteral(" · "));
}

QString forecastText(const WhatIfReport &report)
{
    if (report.verdict == WhatIfReport::Verdict::TooFewSamples)
        return {};
    return ForecastWords::tr("%1: %2 hits, %3 with twice the life, %4 with twice the room", "verdict, then hit ratios")
        .arg(verdictText(report.verdict), format::percent(report.actual), twiceText(report.ttl),
            twiceText(report.capacity));
}

QString forecastTable(const WhatIfReport &report)
{
    if (report.verdict == WhatIfReport::Verdict::TooFewSamples)
        return {};
    return ForecastWords::tr("Hit ratio of L1, forecast from %1 sampled requests (one key in %2 is watched):")
               .arg(format::count(report.sampledUses), format::count(report.sampleRate))
        + u'\n' + ForecastWords::tr("with other room: %1").arg(casesText(report.capacity)) + u'\n'
        + ForecastWords::tr("with other TTLs: %1").arg(casesText(report.ttl)) + u'\n'
        + ForecastWords::tr("The sample hit %1 where L1 really hit %2.")
              .arg(format::percent(report.simulated), format::percent(report.actual));
}

} // namespace insitecache
