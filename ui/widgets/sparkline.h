// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>
#include <QRectF>

class QPainter;
class QPen;

namespace insitecache {

/// A small line without axes; runs as in the charts, so gaps stay gaps. `lowest` and `highest` are the frame's edges.
void paintSparkline(QPainter &painter, const QRectF &frame, const QList<QList<QPointF>> &runs, double lowest,
    double highest, const QPen &pen);

} // namespace insitecache
