// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/churnchart.h"

#include <algorithm>

#include <QLocale>

namespace insitecache {

namespace {

struct ChurnLine {
    std::uint64_t Sample::*count;
    const char *name;
    Qt::PenStyle dash;
    bool bad;
};

// In the order of drawing: a line of zero evictions must not lie on top.
const ChurnLine churnLines[] = {
    {&Sample::evictions, QT_TRANSLATE_NOOP("insitecache::ChurnChart", "evict"), Qt::SolidLine, true},
    {&Sample::writes, QT_TRANSLATE_NOOP("insitecache::ChurnChart", "write"), Qt::SolidLine, false},
    {&Sample::expirations, QT_TRANSLATE_NOOP("insitecache::ChurnChart", "expire"), Qt::DotLine, false},
    {&Sample::refreshes, QT_TRANSLATE_NOOP("insitecache::ChurnChart", "refresh"), Qt::DashLine, false},
    {&Sample::invalidatedKeys, QT_TRANSLATE_NOOP("insitecache::ChurnChart", "invalidate"), Qt::DashDotLine, false},
};

// Events are no entities of the palette: the text's colour and dashes, and only evictions in the colour of trouble.
QPen churnPen(const ChurnLine &line)
{
    QPen pen(inkColor(line.bad ? Ink::Error : Ink::Overall), 1.5, line.dash);
    pen.setCosmetic(true);
    return pen;
}

double churnPerSecond(const Sample &sample, const ChurnLine &line)
{
    return sample.seconds > 0 ? double(sample.*line.count) / sample.seconds : 0;
}

} // namespace

ChurnChart::ChurnChart(TimeCursor &cursor, QWidget *parent) : TimeChart(cursor, parent)
{
    for (std::size_t i = 0; i < std::size(churnLines); ++i)
        m_lines.push_back(addLine());
    setValueLabels(QStringLiteral("%g"));
}

void ChurnChart::setPens()
{
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        m_lines[i].setPen(churnPen(churnLines[i]));
}

void ChurnChart::draw(const Snapshot &snapshot)
{
    double most = 0;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const ChurnLine &line = churnLines[i];
        const Runs runs = valueRuns(snapshot.series, range(),
            [&line](const Sample &sample) -> std::optional<double> { return churnPerSecond(sample, line); });
        m_lines[i].setRuns(runs);
        most = std::max(most, largest(runs));
    }
    m_scale.update(most);
    setScale(m_scale);
}

QString ChurnChart::titleText() const
{
    return tr("Churn (entries/s)");
}

QString ChurnChart::headline(const Snapshot &) const
{
    return {};
}

QList<ChartKey> ChurnChart::keyItems() const
{
    QList<ChartKey> items;
    for (const ChurnLine &line : churnLines)
        items.append({tr(line.name), churnPen(line)});
    return items;
}

QString ChurnChart::readout(const std::vector<Sample> &samples, std::size_t index) const
{
    QStringList parts;
    for (const ChurnLine &line : churnLines)
        parts << QStringLiteral("%1 %2").arg(
            tr(line.name), QLocale().toString(churnPerSecond(samples[index], line), 'f', 1));
    return parts.join(QStringLiteral(" · "));
}

QString ChurnChart::summary(const Snapshot &snapshot) const
{
    if (snapshot.series.empty())
        return tr("Nothing yet.");
    return tr("Entries a second, now: %1.").arg(readout(snapshot.series, snapshot.series.size() - 1));
}

} // namespace insitecache
