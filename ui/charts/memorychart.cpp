// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/memorychart.h"

#include <algorithm>

#include "formatting/format.h"

namespace insitecache {

namespace {

constexpr double mebibyte = 1024.0 * 1024.0;

double memoryOf(const Sample &sample, int tier)
{
    return sample.tierUp[tier] ? double(sample.tierBytes[tier]) / mebibyte : 0;
}

} // namespace

MemoryChart::MemoryChart(TimeCursor &cursor, QWidget *parent) :
    TimeChart(cursor, parent), m_l1(addArea()), m_l2(addArea())
{
    setValueLabels(QStringLiteral("%g"));
}

void MemoryChart::setPens()
{
    m_l1.setColour(inkColor(Ink::L1));
    m_l2.setColour(inkColor(Ink::L2));
}

void MemoryChart::draw(const Snapshot &snapshot)
{
    const std::vector<Runs> tops = stackedRuns(snapshot.series, range(),
        {[](const Sample &s) { return memoryOf(s, 0); }, [](const Sample &s) { return memoryOf(s, 1); }});
    m_l1.setRuns(tops[0], {});
    m_l2.setRuns(tops[1], tops[0]);
    const double most = largest(tops[1]);
    const double budget = memoryBudget(snapshot.systemMemoryBytes) / mebibyte;
    m_scale.update(most > budget / 2 ? std::max(most, 1.25 * budget) : most);
    setScale(m_scale);
    if (budget > 0)
        setThreshold(Threshold{budget, false, tr("goal ≤ %1").arg(format::bytes(quint64(budget * mebibyte)))});
}

QString MemoryChart::titleText() const
{
    return tr("Memory (MiB)");
}

QString MemoryChart::headline(const Snapshot &snapshot) const
{
    const QString used = format::bytes(cacheMemory(snapshot));
    const double budget = memoryBudget(snapshot.systemMemoryBytes);
    return budget > 0 ? tr("%1 of %2").arg(used, format::bytes(quint64(budget))) : used;
}

QString MemoryChart::readout(const std::vector<Sample> &samples, std::size_t index) const
{
    QStringList parts;
    for (const int tier : {0, 1}) {
        const Sample &sample = samples[index];
        const QString value = sample.tierUp[tier] ? format::bytes(sample.tierBytes[tier]) : tr("unknown");
        parts << QStringLiteral("%1 %2").arg(format::stage(Stage(tier)), value);
    }
    return parts.join(QStringLiteral(" · "));
}

QString MemoryChart::summary(const Snapshot &snapshot) const
{
    return tr("L1 and L2 use %1.").arg(headline(snapshot));
}

} // namespace insitecache
