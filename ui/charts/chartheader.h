// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QList>
#include <QPalette>
#include <QPen>
#include <QRectF>
#include <QString>

class QPainter;

namespace insitecache {

/// One entry of a chart's own legend.
struct ChartKey {
    QString text;
    QPen pen;
};

/// Title at the left, the newest value at the right, and the chart's own legend between them, or on as many rows below
/// as it takes: its words are never cut.
struct ChartHeader {
    QString title, headline;
    QList<ChartKey> keys;
    QFont font;

    double height(double width) const;
    /// Where each key of the legend stands, line and text.
    QList<QRectF> keyPlaces(const QRectF &place) const;
    void paint(QPainter &painter, const QRectF &place, const QPalette &palette) const;

private:
    QFont titleFont() const;
    QFont keyFont() const;
    double keyWidth(const ChartKey &key) const;
    bool fitsBesideTitle(double width) const;
};

} // namespace insitecache
