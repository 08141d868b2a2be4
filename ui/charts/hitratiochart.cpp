// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/hitratiochart.h"

#include <algorithm>

#include "formatting/format.h"

namespace insitecache {

namespace {

Runs asPercent(Runs runs)
{
    for (QList<QPointF> &run : runs) {
        for (QPointF &point : run)
            point.setY(point.y() * 100.0);
    }
    return runs;
}

ShareOf shareOfTier(int tier)
{
    return [tier](const Sample &sample) { return tierShare(sample, tier); };
}

} // namespace

HitRatioChart::HitRatioChart(TimeCursor &cursor, QWidget *parent) :
    TimeChart(cursor, parent), m_tiers{addLine(), addLine(), addLine()}, m_overall(addLine())
{
    setScale(AxisScale(100));
    setValueLabels(QStringLiteral("%g"));
}

void HitRatioChart::setPens()
{
    for (int tier = 0; tier < tierCount; ++tier)
        m_tiers[tier].setPen(inkPen(inkOf(Stage(tier))));
    m_overall.setPen(inkPen(Ink::Overall));
}

void HitRatioChart::draw(const Snapshot &snapshot)
{
    for (int tier = 0; tier < tierCount; ++tier)
        m_tiers[tier].setRuns(asPercent(shareRuns(snapshot.series, range(), shareOfTier(tier))));
    m_overall.setRuns(asPercent(shareRuns(snapshot.series, range(), overallShare)));
    setThreshold(Threshold{80, true, tr("goal ≥ 80%")});
}

QString HitRatioChart::titleText() const
{
    return tr("Hit ratio (%)");
}

QString HitRatioChart::headline(const Snapshot &snapshot) const
{
    const auto shares = pooledShares(snapshot.series, range(), overallShare);
    return shares.empty() || !shares.back() ? QString() : format::percent(shares.back()->ratio());
}

QString HitRatioChart::readout(const std::vector<Sample> &samples, std::size_t index) const
{
    const auto words = [&](const QString &name, const ShareOf &of) {
        const std::optional<Share> share = pooledShares(samples, range(), of)[index];
        if (!share)
            return QStringLiteral("%1 –").arg(name);
        const QString value = QStringLiteral("%1 %2").arg(name, format::percent(share->ratio()));
        return share->isFirm() ? value : tr("%1 (few samples: %2)").arg(value, format::count(quint64(share->lookups)));
    };
    QStringList parts{words(tr("overall"), overallShare)};
    for (int tier = 0; tier < tierCount; ++tier)
        parts << words(format::stage(Stage(tier)), shareOfTier(tier));
    return parts.join(QStringLiteral(" · "));
}

QString HitRatioChart::summary(const Snapshot &snapshot) const
{
    const auto shares = pooledShares(snapshot.series, range(), overallShare);
    double low = 1, high = 0;
    std::optional<double> newest;
    for (const std::optional<Share> &share : shares) {
        if (!share)
            continue;
        newest = share->ratio();
        low = std::min(low, *newest);
        high = std::max(high, *newest);
    }
    if (!newest)
        return tr("No lookups yet.");
    return tr("Overall now %1, lowest %2, highest %3, goal 80%.")
        .arg(format::percent(*newest), format::percent(low), format::percent(high));
}

} // namespace insitecache
