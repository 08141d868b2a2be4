// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chartmarkers.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPalette>

#include "theme/theme.h"

namespace insitecache {

namespace {

constexpr double mergePixels = 8;
constexpr qsizetype maxGroups = 40;

class MarkerWords {
    Q_DECLARE_TR_FUNCTIONS(Marker)
};

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

QList<MarkerGroup> groupMarkers(
    const std::vector<Marker> &markers, double left, double right, const std::function<double(double)> &xOf)
{
    QList<MarkerGroup> groups;
    for (const Marker &marker : markers) {
        const double x = xOf(static_cast<double>(marker.time.time_since_epoch().count()));
        if (x < left || x > right)
            continue;
        if (groups.isEmpty() || x - groups.last().x >= mergePixels) {
            groups.append({x, 1, marker.kind});
        } else {
            ++groups.last().count;
            groups.last().kind = marker.kind;
        }
    }
    return groups.size() > maxGroups ? groups.last(maxGroups) : groups;
}

void paintMarkers(QPainter &painter, const QRectF &plot, const QList<MarkerGroup> &groups)
{
    const QPalette palette;
    const QColor neutral = palette.color(QPalette::Text);
    QFont font = painter.font();
    font.setPointSizeF(font.pointSizeF() * 0.8);
    painter.setFont(font);
    const double height = QFontMetricsF(font).height();
    for (const MarkerGroup &group : groups) {
        const QColor colour = markerColour(group.kind, neutral);
        QColor line = colour;
        line.setAlphaF(0.45F);
        painter.setPen(QPen(line, 1));
        painter.drawLine(QPointF(group.x, plot.top() + height), QPointF(group.x, plot.bottom()));
        painter.setPen(colour);
        const QString text = group.count > 1 ? QString::number(group.count) : markerGlyph(group.kind);
        painter.drawText(QRectF(group.x - 20, plot.top(), 40, height), Qt::AlignCenter, text);
    }
}

} // namespace insitecache
