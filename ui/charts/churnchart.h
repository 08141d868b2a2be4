// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/timechart.h"

namespace insitecache {

/// What comes and goes, in entries a second: explains drops of the hit ratio.
class ChurnChart : public TimeChart {
    Q_OBJECT

public:
    ChurnChart(TimeCursor &cursor, QWidget *parent);

protected:
    void draw(const Snapshot &snapshot) override;
    void setPens() override;
    QString titleText() const override;
    QString headline(const Snapshot &snapshot) const override;
    QList<ChartKey> keyItems() const override;
    QString readout(const std::vector<Sample> &samples, std::size_t index) const override;
    QString summary(const Snapshot &snapshot) const override;

private:
    std::vector<ChartLine> m_lines;
    AxisScale m_scale{5};
};

} // namespace insitecache
