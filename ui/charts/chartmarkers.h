// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QRectF>
#include <QString>

#include <functional>
#include <vector>

#include <insitecache/monitor/snapshot.h>

class QPainter;

namespace insitecache {

QString markerGlyph(Marker::Kind kind);
QString markerName(Marker::Kind kind);

/// Markers that would touch, as one.
struct MarkerGroup {
    double x = 0;
    int count = 0;
    Marker::Kind kind{}; ///< of the newest
};

/// Newest 40 groups at most. `xOf` maps milliseconds since 1970 to pixels; what is outside [left, right] is left out.
QList<MarkerGroup> groupMarkers(
    const std::vector<Marker> &markers, double left, double right, const std::function<double(double)> &xOf);

/// Thin solid lines with a sign at the top edge; thresholds are dashed, so the two never look alike.
void paintMarkers(QPainter &painter, const QRectF &plot, const QList<MarkerGroup> &groups);

} // namespace insitecache
