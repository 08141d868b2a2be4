// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "theme/theme.h"

namespace insitecache {

/// One step's stretch of time on the axis that all steps share.
class StepBar : public QWidget {
    Q_OBJECT

public:
    StepBar(Ink ink, QWidget *parent);

    /// Both as shares of the axis, 0 … 1; a length below zero draws nothing.
    void setSpan(double start, double length);
    QSize sizeHint() const override { return {140, 14}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Ink m_ink;
    double m_start = 0, m_length = -1;
};

} // namespace insitecache
