// SPDX-License-Identifier: GPL-3.0-or-later
#include "delegates/levelmark.h"

#include <QPainter>

#include "theme/theme.h"

namespace insitecache {

namespace {

void drawLevelShape(QPainter &painter, int tier, QPointF centre, double r)
{
    switch (tier) {
    case 0: return painter.drawEllipse(centre, r, r);
    case 1:
        return painter.drawPolygon(QPolygonF({centre + QPointF(0, -r - 1), centre + QPointF(r + 1, 0),
            centre + QPointF(0, r + 1), centre + QPointF(-r - 1, 0)}));
    default: painter.drawRect(QRectF(centre - QPointF(r - 0.5, r - 0.5), QSizeF(2 * r - 1, 2 * r - 1)));
    }
}

QString levelSignOf(LevelMark mark)
{
    switch (mark) {
    case LevelMark::Differs: return QStringLiteral("≠");
    case LevelMark::Absent: return QStringLiteral("–");
    case LevelMark::Unreachable: return QStringLiteral("?");
    default: return QStringLiteral("·");
    }
}

} // namespace

bool hasLevelShape(LevelMark mark)
{
    return mark == LevelMark::Fresh || mark == LevelMark::Expired;
}

QColor levelColour(LevelMark mark, int tier, const QColor &faint)
{
    if (hasLevelShape(mark))
        return inkColor(inkOf(static_cast<Stage>(tier)));
    return mark == LevelMark::Differs || mark == LevelMark::Unreachable ? inkColor(Ink::Error) : faint;
}

void drawLevelMark(QPainter &painter, LevelMark mark, int tier, QPointF centre, double radius, const QColor &colour)
{
    if (!hasLevelShape(mark)) {
        painter.setPen(colour);
        painter.drawText(QRectF(centre - QPointF(10, 12), QSizeF(20, 24)), Qt::AlignCenter, levelSignOf(mark));
        return;
    }
    painter.setPen(QPen(colour, 1.6));
    painter.setBrush(mark == LevelMark::Fresh ? QBrush(colour) : QBrush(Qt::NoBrush));
    drawLevelShape(painter, tier, centre, radius);
}

} // namespace insitecache
