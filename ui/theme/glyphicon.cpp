// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/glyphicon.h"

#include <QApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>

#include "theme/theme.h"

namespace insitecache {

namespace {

/// Everything is drawn on a square of 16 units.
constexpr double glyphSide = 16;

void drawTrend(QPainter &p)
{
    p.drawPolyline(QPolygonF({{2, 2}, {2, 14}, {14, 14}}));
    p.drawPolyline(QPolygonF({{4.5, 10.5}, {7.5, 6.5}, {10, 8.5}, {13.5, 3.5}}));
}

void drawRows(QPainter &p)
{
    p.drawRoundedRect(QRectF(2, 2.5, 12, 11), 1.5, 1.5);
    p.drawLine(QPointF(2, 6.2), QPointF(14, 6.2));
    p.drawLine(QPointF(2, 9.9), QPointF(14, 9.9));
    p.drawLine(QPointF(6.5, 6.2), QPointF(6.5, 13.5));
}

void drawLens(QPainter &p)
{
    p.drawEllipse(QPointF(6.8, 6.8), 4.3, 4.3);
    p.drawLine(QPointF(10, 10), QPointF(14, 14));
}

void drawPath(QPainter &p)
{
    p.drawEllipse(QPointF(3.4, 12.4), 1.8, 1.8);
    p.drawEllipse(QPointF(12.6, 3.6), 1.8, 1.8);
    QPainterPath path(QPointF(5.2, 12.2));
    path.cubicTo({12, 11.5}, {4, 4.6}, {10.8, 3.8});
    p.drawPath(path);
}

void drawBranches(QPainter &p)
{
    p.drawEllipse(QPointF(3.4, 8), 1.8, 1.8);
    for (const double y : {3.4, 12.6}) {
        p.drawEllipse(QPointF(12.6, y), 1.8, 1.8);
        p.drawLine(QPointF(5, 7.2 + (y - 3.4) * 1.6 / 9.2), QPointF(11, 4.2 + (y - 3.4) * 7.6 / 9.2));
    }
}

void drawBubble(QPainter &p)
{
    QPainterPath path;
    path.addRoundedRect(QRectF(2, 2.6, 12, 8.2), 2.4, 2.4);
    p.drawPath(path);
    p.drawPolyline(QPolygonF({{5, 10.8}, {5, 14}, {8.6, 10.8}}));
}

void drawRanking(QPainter &p)
{
    p.drawLine(QPointF(3.4, 13.6), QPointF(3.4, 9.4));
    p.drawLine(QPointF(8, 13.6), QPointF(8, 2.4));
    p.drawLine(QPointF(12.6, 13.6), QPointF(12.6, 6));
}

void drawClock(QPainter &p)
{
    p.drawEllipse(QPointF(8, 8), 5.8, 5.8);
    p.drawPolyline(QPolygonF({{8, 4.8}, {8, 8}, {10.6, 9.6}}));
}

void drawPerson(QPainter &p)
{
    p.drawEllipse(QPointF(8, 5), 2.8, 2.8);
    p.drawArc(QRectF(2.8, 9.4, 10.4, 9), 0, 180 * 16);
}

void drawValues(QPainter &p, bool several)
{
    p.drawRoundedRect(QRectF(2.4, 5.6, 9, 8), 1.4, 1.4);
    if (several)
        p.drawPolyline(QPolygonF({{5.4, 2.8}, {13.8, 2.8}, {13.8, 10.6}}));
}

void fillPolygon(QPainter &p, const QPolygonF &shape)
{
    p.setBrush(p.pen().color());
    p.drawPolygon(shape);
}

void drawDot(QPainter &p)
{
    p.setPen(Qt::NoPen);
    p.setBrush(QApplication::palette().color(QPalette::Highlight));
    p.drawEllipse(QPointF(8, 8), 4.5, 4.5);
}

void drawList(QPainter &p)
{
    for (const double y : {3.8, 8.0, 12.2}) {
        p.drawPoint(QPointF(2.8, y));
        p.drawLine(QPointF(6, y), QPointF(13.6, y));
    }
}

void drawStrike(QPainter &p)
{
    p.drawEllipse(QPointF(8, 8), 5.8, 5.8);
    p.drawLine(QPointF(4, 12), QPointF(12, 4));
}

void drawLoop(QPainter &p)
{
    p.drawArc(QRectF(2.8, 2.8, 10.4, 10.4), 60 * 16, 280 * 16);
    fillPolygon(p, QPolygonF({{9.2, 1.2}, {13.4, 3.4}, {9.4, 6}}));
}

void drawBack(QPainter &p)
{
    QPainterPath path(QPointF(5, 5.6));
    path.lineTo(9.4, 5.6);
    path.cubicTo({14.8, 5.6}, {14.8, 13.2}, {9.4, 13.2});
    path.lineTo(5.6, 13.2);
    p.drawPath(path);
    fillPolygon(p, QPolygonF({{6, 2.6}, {2.2, 5.6}, {6, 8.6}}));
}

void drawSign(QPainter &p, bool warning)
{
    if (warning)
        p.drawPolygon(QPolygonF({{8, 1.8}, {14.6, 13.8}, {1.4, 13.8}}));
    else
        p.drawEllipse(QPointF(8, 8), 6.2, 6.2);
    p.drawLine(warning ? QPointF(8, 6.4) : QPointF(8, 7.4), warning ? QPointF(8, 9.6) : QPointF(8, 11.4));
    p.drawPoint(warning ? QPointF(8, 11.7) : QPointF(8, 4.8));
}

/// Three tiers, the program's own sign: the same drawing as the desktop icon.
void drawTiers(QPainter &p)
{
    p.setPen(Qt::NoPen);
    p.setBrush(QColor(0x1b, 0x1e, 0x20));
    p.drawRoundedRect(QRectF(0.5, 0.5, 15, 15), 3.4, 3.4);
    p.setBrush(QColor(0x4c, 0x8d, 0xff));
    p.drawRoundedRect(QRectF(3, 3.2, 10, 2.4), 1.2, 1.2);
    p.setBrush(QColor(0xff, 0xce, 0x00));
    p.drawRoundedRect(QRectF(3, 6.8, 7.4, 2.4), 1.2, 1.2);
    p.setBrush(QColor(0x2e, 0xe5, 0x9d));
    p.drawRoundedRect(QRectF(3, 10.4, 4.8, 2.4), 1.2, 1.2);
}

void drawGlyphUnits(QPainter &p, Glyph glyph)
{
    switch (glyph) {
    case Glyph::Dependencies: return drawBranches(p);
    case Glyph::Trend: return p.drawPolyline(QPolygonF({{1.8, 12}, {6, 6.4}, {9.6, 9.2}, {14.2, 3}}));
    case Glyph::Opinion: return drawBubble(p);
    case Glyph::Ranking: return drawRanking(p);
    case Glyph::Clock: return drawClock(p);
    case Glyph::Person: return drawPerson(p);
    case Glyph::Value:
    case Glyph::Values: return drawValues(p, glyph == Glyph::Values);
    case Glyph::App: return drawTiers(p);
    case Glyph::Overview: return drawTrend(p);
    case Glyph::Entries: return drawRows(p);
    case Glyph::Lookups: return drawPath(p);
    case Glyph::Events: return drawList(p);
    case Glyph::Play: return fillPolygon(p, QPolygonF({{4.5, 2.8}, {13, 8}, {4.5, 13.2}}));
    case Glyph::Live: return drawDot(p);
    case Glyph::Stop: return p.fillRect(QRectF(3.8, 3.8, 8.4, 8.4), p.pen().color());
    case Glyph::Invalidate: return drawStrike(p);
    case Glyph::Search: return drawLens(p);
    case Glyph::Refresh: return drawLoop(p);
    case Glyph::Undo: return drawBack(p);
    case Glyph::Info: return drawSign(p, false);
    case Glyph::Warning: return drawSign(p, true);
    case Glyph::Close: break;
    }
    p.drawLine(QPointF(4, 4), QPointF(12, 12));
    p.drawLine(QPointF(12, 4), QPointF(4, 12));
}

class GlyphEngine : public QIconEngine {
public:
    explicit GlyphEngine(Glyph glyph) : m_glyph(glyph) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        painter->save();
        painter->setPen(colour(mode));
        drawGlyph(*painter, QRectF(rect), m_glyph);
        painter->restore();
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine *clone() const override { return new GlyphEngine(m_glyph); }

private:
    QColor colour(QIcon::Mode mode) const
    {
        if (m_glyph == Glyph::Warning)
            return inkColor(Ink::Error);
        const auto role = mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::ButtonText;
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        return QApplication::palette().color(group, role);
    }

    Glyph m_glyph;
};

} // namespace

void drawGlyph(QPainter &painter, const QRectF &square, Glyph glyph)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double side = std::min(square.width(), square.height());
    painter.translate(square.center() - QPointF(side, side) / 2);
    painter.scale(side / glyphSide, side / glyphSide);
    painter.setPen(QPen(painter.pen().color(), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    drawGlyphUnits(painter, glyph);
    painter.restore();
}

QIcon glyphIcon(Glyph glyph)
{
    return QIcon(new GlyphEngine(glyph));
}

} // namespace insitecache
