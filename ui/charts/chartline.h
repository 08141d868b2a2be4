// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPen>

#include "charts/chartseries.h"

class QAbstractAxis;
class QAreaSeries;
class QChart;
class QLineSeries;

namespace insitecache {

/// One line with gaps: as many series as there are runs, since a Qt line series has no holes. Never removes a series,
/// as that would redo the chart's layout; what is not needed is empty.
class ChartLine {
public:
    ChartLine(QChart &chart, QAbstractAxis &x, QAbstractAxis &y) : m_chart(chart), m_x(x), m_y(y) {}
    void setPen(const QPen &pen);
    void setRuns(const Runs &runs);

private:
    QChart &m_chart;
    QAbstractAxis &m_x, &m_y;
    QPen m_pen;
    QList<QLineSeries *> m_series; ///< owned by the chart
};

/// One layer of a stack, with gaps.
class ChartArea {
public:
    ChartArea(QChart &chart, QAbstractAxis &x, QAbstractAxis &y) : m_chart(chart), m_x(x), m_y(y) {}
    void setColour(const QColor &colour);
    /// `lower` empty: down to zero.
    void setRuns(const Runs &upper, const Runs &lower);

private:
    QAreaSeries *grow();
    void style(QAreaSeries &series) const;

    QChart &m_chart;
    QAbstractAxis &m_x, &m_y;
    QColor m_colour;
    QList<QAreaSeries *> m_series; ///< owned by the chart
};

} // namespace insitecache
