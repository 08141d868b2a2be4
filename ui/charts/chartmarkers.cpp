// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chartmarkers.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>

#include <algorithm>
#include <cmath>

#include "models/eventtexts.h"
#include "theme/theme.h"

namespace insitecache {

namespace {

constexpr double mergePixels = 8;
constexpr double signReach = 10; ///< to either side, so that a sign can be hit
constexpr qsizetype maxGroups = 40;
constexpr double spanEdge = 3;

QFont signFont(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 0.8);
    return font;
}

QColor markerColour(const Event &event, const QColor &neutral)
{
    return event.severity == EventSeverity::Info ? neutral : inkColor(Ink::Error);
}

double spanPixel(WallTime time, const std::function<double(double)> &xOf)
{
    return xOf(static_cast<double>(time.time_since_epoch().count()));
}

} // namespace

const std::vector<EventKind> &allMarkerKinds()
{
    using Kind = EventKind;
    static const std::vector<Kind> kinds{Kind::Invalidation, Kind::InvalidationOfMany, Kind::ScheduledInvalidation,
        Kind::InvalidationElsewhere, Kind::EventsMissed, Kind::Undo, Kind::PolicyChange, Kind::TierDown,
        Kind::TierDegraded, Kind::TierUp, Kind::RateLimited, Kind::RateLimitOver, Kind::CorruptHealed,
        Kind::ObjectiveBreached, Kind::ObjectiveMet, Kind::WorkloadStarted, Kind::WorkloadStopped, Kind::JournalFailed,
        Kind::LogFailed, Kind::Bookmark};
    return kinds;
}

QList<MarkerGroup> groupMarkers(const std::vector<EventPtr> &markers, double left, double right,
    const std::function<double(double)> &xOf, const MarkerKinds &hidden)
{
    QList<MarkerGroup> groups;
    // A bookmark may lie before what was noted earlier.
    std::vector<EventPtr> sorted = markers;
    std::stable_sort(
        sorted.begin(), sorted.end(), [](const EventPtr &a, const EventPtr &b) { return a->time < b->time; });
    for (const EventPtr &marker : sorted) {
        const double x = spanPixel(marker->time, xOf);
        if (x < left || x > right || hidden.contains(marker->kind))
            continue;
        if (groups.isEmpty() || x - groups.last().x >= mergePixels) {
            groups.append({x, 1, marker});
        } else {
            ++groups.last().count;
            groups.last().newest = marker;
        }
    }
    return groups.size() > maxGroups ? groups.last(maxGroups) : groups;
}

const MarkerGroup *markerSignAt(
    const QList<MarkerGroup> &groups, const QRectF &plot, const QFont &font, const QPointF &place)
{
    if (place.y() < plot.top() || place.y() > plot.top() + QFontMetricsF(signFont(font)).height())
        return nullptr;
    const auto nearest = std::min_element(groups.begin(), groups.end(),
        [&](const auto &a, const auto &b) { return std::abs(a.x - place.x()) < std::abs(b.x - place.x()); });
    return nearest == groups.end() || std::abs(nearest->x - place.x()) > signReach ? nullptr : &*nearest;
}

void paintMarkers(QPainter &painter, const QRectF &plot, const QList<MarkerGroup> &groups)
{
    const QPalette palette;
    const QColor neutral = palette.color(QPalette::Text);
    painter.setFont(signFont(painter.font()));
    const double height = QFontMetricsF(painter.font()).height();
    for (const MarkerGroup &group : groups) {
        const QColor colour = markerColour(*group.newest, neutral);
        QColor line = colour;
        line.setAlphaF(0.45F);
        painter.setPen(QPen(line, 1));
        painter.drawLine(QPointF(group.x, plot.top() + height), QPointF(group.x, plot.bottom()));
        painter.setPen(colour);
        const QString text = group.count > 1 ? QString::number(group.count) : eventGlyph(group.newest->kind);
        painter.drawText(QRectF(group.x - 20, plot.top(), 40, height), Qt::AlignCenter, text);
    }
}

void paintSpans(QPainter &painter, const QRectF &plot, const std::vector<Span> &spans,
    const std::function<double(double)> &xOf, const MarkerKinds &hidden)
{
    painter.setFont(signFont(painter.font()));
    const QFontMetricsF metrics(painter.font());
    const QColor colour = inkColor(Ink::Error);
    QList<QRectF> bands;
    QPainterPath covered;
    for (const Span &span : spans) {
        const double from = std::max(plot.left(), spanPixel(span.from, xOf));
        const double until = span.until ? std::min(plot.right(), spanPixel(*span.until, xOf)) : plot.right();
        if (until <= from || hidden.contains(span.kind))
            continue;
        const QRectF band(from, plot.top(), until - from, plot.height());
        const auto beside
            = std::count_if(bands.begin(), bands.end(), [&](const QRectF &other) { return other.intersects(band); });
        bands += band;
        covered.addRect(band);
        const double foot = plot.bottom() - double(beside) * metrics.height();
        painter.fillRect(QRectF(from, foot - spanEdge, band.width(), spanEdge), colour);
        const QString name = eventTargetName(QString::fromStdString(span.target));
        if (metrics.horizontalAdvance(name) + 8 > band.width())
            continue;
        painter.setPen(QPalette().color(QPalette::Text));
        painter.drawText(QRectF(from + 4, foot - spanEdge - metrics.height(), band.width() - 4, metrics.height()),
            Qt::AlignLeft, name);
    }
    QColor faint = colour;
    faint.setAlphaF(0.10F);
    // Once, however many there are: two at a time are not twice as bad.
    covered.setFillRule(Qt::WindingFill);
    painter.fillPath(covered, faint);
}

} // namespace insitecache
