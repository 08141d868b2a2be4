// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chartline.h"

#include <QAreaSeries>
#include <QChart>
#include <QLineSeries>

namespace insitecache {

namespace {

QList<QPointF> groundUnder(const QList<QPointF> &run)
{
    return {{run.first().x(), 0}, {run.last().x(), 0}};
}

} // namespace

void ChartLine::setPen(const QPen &pen)
{
    m_pen = pen;
    for (QLineSeries *series : std::as_const(m_series))
        series->setPen(pen);
}

void ChartLine::setRuns(const Runs &runs)
{
    while (m_series.size() < runs.size()) {
        auto *series = new QLineSeries;
        m_chart.addSeries(series);
        series->attachAxis(&m_x);
        series->attachAxis(&m_y);
        series->setPen(m_pen);
        m_series.append(series);
    }
    for (qsizetype i = 0; i < m_series.size(); ++i)
        m_series[i]->replace(i < runs.size() ? runs[i] : QList<QPointF>());
}

void ChartArea::setColour(const QColor &colour)
{
    m_colour = colour;
    for (QAreaSeries *series : std::as_const(m_series))
        style(*series);
}

void ChartArea::style(QAreaSeries &series) const
{
    QColor fill = m_colour;
    fill.setAlphaF(0.78F);
    series.setBrush(fill);
    // No edge: a layer of height zero would still draw a line.
    series.setPen(Qt::NoPen);
}

QAreaSeries *ChartArea::grow()
{
    auto *series = new QAreaSeries(new QLineSeries, new QLineSeries);
    series->upperSeries()->setParent(series);
    series->lowerSeries()->setParent(series);
    m_chart.addSeries(series);
    series->attachAxis(&m_x);
    series->attachAxis(&m_y);
    style(*series);
    m_series.append(series);
    return series;
}

void ChartArea::setRuns(const Runs &upper, const Runs &lower)
{
    while (m_series.size() < upper.size())
        grow();
    for (qsizetype i = 0; i < m_series.size(); ++i) {
        const QList<QPointF> top = i < upper.size() ? upper[i] : QList<QPointF>();
        m_series[i]->lowerSeries()->replace(i < lower.size() ? lower[i] : (top.isEmpty() ? top : groundUnder(top)));
        m_series[i]->upperSeries()->replace(top);
    }
}

} // namespace insitecache
