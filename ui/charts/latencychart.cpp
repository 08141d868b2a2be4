// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/latencychart.h"

#include <algorithm>

#include "formatting/format.h"

namespace insitecache {

namespace {

// The percentiles are one entity with the mean: one hue, told apart by their dashes.
QPen percentilePen(Qt::PenStyle dash)
{
    QColor colour = inkColor(Ink::Overall);
    colour.setAlphaF(0.75F);
    QPen pen(colour, 1.4, dash);
    pen.setCosmetic(true);
    return pen;
}

ValueOf latencyOf(double Sample::*value)
{
    return [value](const Sample &sample) { return sample.lookups > 0 ? std::optional(sample.*value) : std::nullopt; };
}

} // namespace

LatencyChart::LatencyChart(TimeCursor &cursor, QWidget *parent) :
    TimeChart(cursor, parent), m_p99(addLine()), m_p95(addLine()), m_p50(addLine()), m_mean(addLine())
{
    setValueLabels(QStringLiteral("%g"));
}

void LatencyChart::setPens()
{
    m_p99.setPen(percentilePen(Qt::DotLine));
    m_p95.setPen(percentilePen(Qt::DashLine));
    m_p50.setPen(percentilePen(Qt::SolidLine));
    m_mean.setPen(inkPen(Ink::Overall));
}

void LatencyChart::draw(const Snapshot &snapshot)
{
    const auto runs = [&](double Sample::*value) { return valueRuns(snapshot.series, range(), latencyOf(value)); };
    const Runs p99 = runs(&Sample::p99Ms);
    const Runs mean = runs(&Sample::meanMs);
    m_p99.setRuns(p99);
    m_p95.setRuns(runs(&Sample::p95Ms));
    m_p50.setRuns(runs(&Sample::p50Ms));
    m_mean.setRuns(mean);
    m_scale.update(std::max(largest(p99), largest(mean)));
    setScale(m_scale);
    setThreshold(Threshold{50, false, tr("goal: mean ≤ 50 ms")});
}

QString LatencyChart::titleText() const
{
    return tr("Latency (ms)");
}

QString LatencyChart::headline(const Snapshot &snapshot) const
{
    if (snapshot.series.empty() || snapshot.series.back().lookups == 0)
        return {};
    return format::millis(snapshot.series.back().meanMs);
}

QList<ChartKey> LatencyChart::keyItems() const
{
    return {{tr("mean"), inkPen(Ink::Overall)}, {QStringLiteral("p50"), percentilePen(Qt::SolidLine)},
        {QStringLiteral("p95"), percentilePen(Qt::DashLine)}, {QStringLiteral("p99"), percentilePen(Qt::DotLine)}};
}

QString LatencyChart::readout(const std::vector<Sample> &samples, std::size_t index) const
{
    const Sample &sample = samples[index];
    if (sample.lookups == 0)
        return tr("no lookups in this interval");
    return tr("mean %1 · p50 %2 · p95 %3 · p99 %4 · %5 lookups")
        .arg(format::millis(sample.meanMs), format::millis(sample.p50Ms), format::millis(sample.p95Ms),
            format::millis(sample.p99Ms), format::count(sample.lookups));
}

QString LatencyChart::summary(const Snapshot &snapshot) const
{
    const LookupTotals &window = snapshot.window;
    if (window.lookups == 0)
        return tr("No lookups in the last minute.");
    return tr("Last minute: mean %1, 95th percentile %2, goal 50 ms on the mean.")
        .arg(format::millis(window.latency.meanMs()), format::millis(window.latency.quantileMs(0.95)));
}

} // namespace insitecache
