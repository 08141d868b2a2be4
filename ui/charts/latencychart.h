// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/timechart.h"

namespace insitecache {

/// How long lookups took: mean and percentiles, in milliseconds. The goal is on the mean.
class LatencyChart : public TimeChart {
    Q_OBJECT

public:
    LatencyChart(TimeCursor &cursor, QWidget *parent);

protected:
    void draw(const Snapshot &snapshot) override;
    void setPens() override;
    QString titleText() const override;
    QString headline(const Snapshot &snapshot) const override;
    QList<ChartKey> keyItems() const override;
    QString readout(const std::vector<Sample> &samples, std::size_t index) const override;
    QString summary(const Snapshot &snapshot) const override;

private:
    ChartLine m_p99, m_p95, m_p50, m_mean;
    AxisScale m_scale{100};
};

} // namespace insitecache
