// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/timechart.h"

namespace insitecache {

/// Memory of L1 and L2, stacked, in MiB. The budget is 30 % of the machine's memory; the axis follows the data until
/// the budget comes near, as a few MiB under a budget of gigabytes would be a flat line.
class MemoryChart : public TimeChart {
    Q_OBJECT

public:
    MemoryChart(TimeCursor &cursor, QWidget *parent);

protected:
    void draw(const Snapshot &snapshot) override;
    void setPens() override;
    QString titleText() const override;
    QString headline(const Snapshot &snapshot) const override;
    QString readout(const std::vector<Sample> &samples, std::size_t index) const override;
    QString summary(const Snapshot &snapshot) const override;

private:
    ChartArea m_l1, m_l2;
    AxisScale m_scale{8};
};

} // namespace insitecache
