// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/edgeitem.h"

#include <cmath>

#include <QApplication>
#include <QPainter>
#include <QPalette>

#include "theme/theme.h"

namespace insitecache {

namespace {

constexpr double headLength = 7;

QPainterPath edgePath(QPointF from, QPointF to, double height)
{
    QPainterPath path(from);
    const double across = to.x() - from.x();
    if (across > 0) {
        const double bend = std::min(across / 2, 60.0);
        path.cubicTo(from + QPointF(bend, 0), to - QPointF(bend, 0), to);
        return path;
    }
    // Back to the left, or to itself: above both ends.
    const double top = std::min(from.y(), to.y()) - height;
    path.cubicTo(from + QPointF(40, 0), QPointF(from.x() + 30, top), QPointF((from.x() + to.x()) / 2, top));
    path.cubicTo(QPointF(to.x() - 30, top), to - QPointF(40, 0), to);
    return path;
}

} // namespace

EdgeItem::EdgeItem(QPointF from, QPointF to, double height, bool isOnCycle) :
    m_path(edgePath(from, to, height)), m_tip(to), m_isOnCycle(isOnCycle)
{
    setAcceptedMouseButtons(Qt::NoButton);
}

void EdgeItem::setEmphasis(Emphasis emphasis)
{
    if (emphasis == m_emphasis)
        return;
    m_emphasis = emphasis;
    setOpacity(emphasis == Emphasis::Faint ? 0.15 : 1);
    setZValue(emphasis == Emphasis::Below || emphasis == Emphasis::Above ? 0.5 : 0);
    update();
}

void EdgeItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const QPalette palette = QApplication::palette();
    QColor colour = palette.color(QPalette::PlaceholderText);
    if (m_isOnCycle)
        colour = inkColor(Ink::Error);
    else if (m_emphasis == Emphasis::Below)
        colour = palette.color(QPalette::Highlight);
    else if (m_emphasis == Emphasis::None)
        colour.setAlphaF(0.55F);
    QPen pen(colour, m_emphasis == Emphasis::Below ? 2 : 1);
    pen.setStyle(m_emphasis == Emphasis::Above ? Qt::DotLine : m_isOnCycle ? Qt::DashLine : Qt::SolidLine);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(pen);
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(m_path);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour);
    painter->drawPolygon(QPolygonF(
        {m_tip, m_tip + QPointF(-headLength, headLength / 2), m_tip + QPointF(-headLength, -headLength / 2)}));
}

} // namespace insitecache
