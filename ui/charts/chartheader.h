// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QList>
#include <QPalette>
#include <QPen>
#include <QString>

class QPainter;
class QRectF;

namespace insitecache {

/// One entry of a chart's own legend.
struct ChartKey {
    QString text;
    QPen pen;
};

/// Title at the left, the newest value at the right, and the chart's own legend between them, or on a second row
/// where there is no room.
struct ChartHeader {
    QString title, headline;
    QList<ChartKey> keys;
    QFont font;

    bool needsSecondRow(double width) const;
    double height(double width) const;
    void paint(QPainter &painter, const QRectF &place, const QPalette &palette) const;

private:
    QFont titleFont() const;
    QFont keyFont() const;
    double keysWidth() const;
    void paintKeys(QPainter &painter, QRectF row, const QColor &text) const;
};

} // namespace insitecache
