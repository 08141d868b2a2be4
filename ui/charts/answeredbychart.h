// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/timechart.h"

namespace insitecache {

/// Who answered, in lookups a second, stacked: the chart that shows a cold start.
class AnsweredByChart : public TimeChart {
    Q_OBJECT

public:
    AnsweredByChart(TimeCursor &cursor, QWidget *parent);

protected:
    void draw(const Snapshot &snapshot) override;
    void setPens() override;
    QString titleText() const override;
    QString headline(const Snapshot &snapshot) const override;
    QString readout(const std::vector<Sample> &samples, std::size_t index) const override;
    QString summary(const Snapshot &snapshot) const override;

private:
    std::vector<ChartArea> m_layers;
    AxisScale m_scale{10};
};

} // namespace insitecache
