// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace insitecache {

/// A score from −1 to +1 on a scale with its zero in the middle.
class ScoreGauge : public QWidget {
    Q_OBJECT

public:
    explicit ScoreGauge(QWidget *parent = nullptr);

    void setScore(double score);
    QSize sizeHint() const override { return {320, 38}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_score = 0;
};

} // namespace insitecache
