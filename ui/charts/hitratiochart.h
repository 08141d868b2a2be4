// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/timechart.h"

namespace insitecache {

/// Hit ratio of whole lookups, and of each tier out of the lookups that reached it.
class HitRatioChart : public TimeChart {
    Q_OBJECT

public:
    HitRatioChart(TimeCursor &cursor, QWidget *parent);

protected:
    void draw(const Snapshot &snapshot) override;
    void setPens() override;
    QString titleText() const override;
    QString headline(const Snapshot &snapshot) const override;
    QString readout(const std::vector<Sample> &samples, std::size_t index) const override;
    QString summary(const Snapshot &snapshot) const override;

private:
    ChartLine m_tiers[tierCount];
    ChartLine m_overall;
};

} // namespace insitecache
