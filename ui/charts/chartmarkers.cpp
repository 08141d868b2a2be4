// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chartmarkers.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPalette>

#include <algorithm>
#include <cmath>

#include "theme/theme.h"

namespace insitecache {

namespace {

constexpr double mergePixels = 8;
constexpr double signReach = 10; ///< to either side, so that a sign can be hit
constexpr qsizetype maxGroups = 40;

class MarkerWords {
    Q_DECLARE_TR_FUNCTIONS(Marker)
};

QFont signFont(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 0.8);
    return font;
}

QColor markerColour(Marker::Kind kind, const QColor &neutral)
{
    const bool bad = kind == Marker::Kind::TierDown || kind == Marker::Kind::RateLimited;
    return bad ? inkColor(Ink::Error) : neutral;
}

} // namespace

QString markerGlyph(Marker::Kind kind)
{
    switch (kind) {
    case Marker::Kind::Invalidation: return QStringLiteral("▼");
    case Marker::Kind::InvalidationOfMany: return QStringLiteral("▼*");
    case Marker::Kind::ScheduledInvalidation: return QStringLiteral("◷");
    case Marker::Kind::InvalidationElsewhere: return QStringLiteral("⇄");
    case Marker::Kind::Undo: return QStringLiteral("⟲");
    case Marker::Kind::PolicyChange: return QStringLiteral("⚙");
    case Marker::Kind::TierDown: return QStringLiteral("✖");
    case Marker::Kind::TierUp: return QStringLiteral("✔");
    case Marker::Kind::WorkloadStarted: return QStringLiteral("▶");
    case Marker::Kind::WorkloadStopped: return QStringLiteral("‖");
    case Marker::Kind::RateLimited: break;
    }
    return QStringLiteral("!");
}

QString markerName(Marker::Kind kind)
{
    switch (kind) {
    case Marker::Kind::Invalidation: return MarkerWords::tr("Invalidation");
    case Marker::Kind::InvalidationOfMany: return MarkerWords::tr("Invalidation of many");
    case Marker::Kind::PolicyChange: return MarkerWords::tr("Policy changed");
    case Marker::Kind::ScheduledInvalidation: return MarkerWords::tr("Scheduled invalidation");
    case Marker::Kind::InvalidationElsewhere: return MarkerWords::tr("Invalidation by another process");
    case Marker::Kind::Undo: return MarkerWords::tr("Undo");
    case Marker::Kind::TierDown: return MarkerWords::tr("Tier down");
    case Marker::Kind::TierUp: return MarkerWords::tr("Tier back");
    case Marker::Kind::WorkloadStarted: return MarkerWords::tr("Workload started");
    case Marker::Kind::WorkloadStopped: return MarkerWords::tr("Workload stopped");
    case Marker::Kind::RateLimited: break;
    }
    return MarkerWords::tr("Rate limited");
}

QString markerWords(const Marker &marker)
{
    return QStringLiteral("%1 %2: %3")
        .arg(markerGlyph(marker.kind), markerName(marker.kind), QString::fromStdString(marker.text));
}

const std::vector<Marker::Kind> &allMarkerKinds()
{
    using Kind = Marker::Kind;
    static const std::vector<Kind> kinds{Kind::Invalidation, Kind::InvalidationOfMany, Kind::ScheduledInvalidation,
        Kind::InvalidationElsewhere, Kind::Undo, Kind::PolicyChange, Kind::TierDown, Kind::TierUp,
        Kind::WorkloadStarted, Kind::WorkloadStopped, Kind::RateLimited};
    return kinds;
}

QList<MarkerGroup> groupMarkers(const std::vector<Marker> &markers, double left, double right,
    const std::function<double(double)> &xOf, const MarkerKinds &hidden)
{
    QList<MarkerGroup> groups;
    for (const Marker &marker : markers) {
        const double x = xOf(static_cast<double>(marker.time.time_since_epoch().count()));
        if (x < left || x > right || hidden.contains(marker.kind))
            continue;
        if (groups.isEmpty() || x - groups.last().x >= mergePixels) {
            groups.append({x, 1, &marker});
        } else {
            ++groups.last().count;
            groups.last().newest = &marker;
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
        const QColor colour = markerColour(group.newest->kind, neutral);
        QColor line = colour;
        line.setAlphaF(0.45F);
        painter.setPen(QPen(line, 1));
        painter.drawLine(QPointF(group.x, plot.top() + height), QPointF(group.x, plot.bottom()));
        painter.setPen(colour);
        const QString text = group.count > 1 ? QString::number(group.count) : markerGlyph(group.newest->kind);
        painter.drawText(QRectF(group.x - 20, plot.top(), 40, height), Qt::AlignCenter, text);
    }
}

} // namespace insitecache
