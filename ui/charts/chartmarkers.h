// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QList>
#include <QPointF>
#include <QRectF>
#include <QString>

#include <functional>
#include <set>
#include <vector>

#include <insitecache/monitor/snapshot.h>

class QPainter;

namespace insitecache {

using MarkerKinds = std::set<EventKind>;
/// Those that charts show, in the order of a menu.
const std::vector<EventKind> &allMarkerKinds();

/// Markers that would touch, as one.
struct MarkerGroup {
    double x = 0;
    int count = 0;
    EventPtr newest;
};

/// Newest 40 groups at most. `xOf` maps milliseconds since 1970 to pixels; what is outside [left, right] is left out,
/// and so are the hidden kinds.
QList<MarkerGroup> groupMarkers(const std::vector<EventPtr> &markers, double left, double right,
    const std::function<double(double)> &xOf, const MarkerKinds &hidden = {});
/// The group whose sign is at that place; null: none.
const MarkerGroup *markerSignAt(
    const QList<MarkerGroup> &groups, const QRectF &plot, const QFont &font, const QPointF &place);

/// Thin solid lines with a sign at the top edge; thresholds are dashed, so the two never look alike.
void paintMarkers(QPainter &painter, const QRectF &plot, const QList<MarkerGroup> &groups);
/// Bands for what lasts: a faint one over the plot with a strong edge at its foot, and the target's name where it fits.
/// What has not ended reaches to the right edge.
void paintSpans(QPainter &painter, const QRectF &plot, const std::vector<Span> &spans,
    const std::function<double(double)> &xOf, const MarkerKinds &hidden = {});

} // namespace insitecache
