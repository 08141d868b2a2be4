// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sparkline.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>

namespace insitecache {

void paintSparkline(QPainter &painter, const QRectF &frame, const QList<QList<QPointF>> &runs, double lowest,
    double highest, const QPen &pen)
{
    if (runs.isEmpty() || highest <= lowest)
        return;
    const double first = runs.first().first().x();
    const double span = std::max(1.0, runs.last().last().x() - first);
    painter.setPen(pen);
    for (const QList<QPointF> &run : runs) {
        QPolygonF line;
        for (const QPointF &point : run) {
            const double share = std::clamp((point.y() - lowest) / (highest - lowest), 0.0, 1.0);
            line << QPointF(
                frame.left() + frame.width() * (point.x() - first) / span, frame.bottom() - frame.height() * share);
        }
        painter.drawPolyline(line);
    }
}

} // namespace insitecache
