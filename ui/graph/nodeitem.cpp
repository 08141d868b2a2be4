// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/nodeitem.h"

#include <QApplication>
#include <QPainter>
#include <QPalette>

#include "delegates/levelmark.h"
#include "theme/fonts.h"
#include "theme/theme.h"

namespace insitecache {

namespace {

constexpr double nodeCorner = 6;
constexpr double nodeMargin = 8; ///< room for the ring and for the number of hops
constexpr double faintOpacity = 0.25;

QColor nodeInk(QPalette::ColorRole role)
{
    return QApplication::palette().color(role);
}

// Pixels of the scene, whatever the font of the application: the boxes do not grow with it.
QFont nodeFont(QFont font, int pixels)
{
    font.setPixelSize(pixels);
    return font;
}

} // namespace

NodeItem::NodeItem(int index, QSizeF size) : m_index(index), m_size(size)
{
    setAcceptedMouseButtons(Qt::NoButton);
    setZValue(1);
}

void NodeItem::setLook(const NodeLook &look)
{
    if (look == m_look)
        return;
    m_look = look;
    update();
}

void NodeItem::setEmphasis(const NodeEmphasis &emphasis)
{
    if (emphasis == m_emphasis)
        return;
    m_emphasis = emphasis;
    setOpacity(emphasis.isFaint ? faintOpacity : 1);
    update();
}

QRectF NodeItem::box() const
{
    return {-m_size.width() / 2, -m_size.height() / 2, m_size.width(), m_size.height()};
}

QRectF NodeItem::boundingRect() const
{
    return box().adjusted(-nodeMargin, -nodeMargin, nodeMargin, nodeMargin);
}

void NodeItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    painter->setRenderHint(QPainter::Antialiasing);
    paintBox(*painter);
    paintTexts(*painter);
    if (!m_look.isGroup) {
        paintLevels(*painter);
        paintLife(*painter);
    }
    paintHop(*painter);
}

void NodeItem::paintBox(QPainter &painter) const
{
    const QColor edge = m_look.isOnCycle ? inkColor(Ink::Error) : nodeInk(QPalette::PlaceholderText);
    painter.setPen(QPen(edge, 1.2, m_look.isMissing ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(nodeInk(m_look.isGroup ? QPalette::AlternateBase : QPalette::Base));
    if (m_look.isGroup)
        painter.drawRoundedRect(box().translated(4, 4), nodeCorner, nodeCorner);
    painter.drawRoundedRect(box(), nodeCorner, nodeCorner);
    if (m_emphasis.ring == NodeEmphasis::Ring::None)
        return;
    const bool isChosen = m_emphasis.ring == NodeEmphasis::Ring::Chosen;
    painter.setPen(QPen(nodeInk(QPalette::Highlight), isChosen ? 3 : 2, isChosen ? Qt::SolidLine : Qt::DotLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box().adjusted(-3, -3, 3, 3), nodeCorner + 2, nodeCorner + 2);
}

void NodeItem::paintTexts(QPainter &painter) const
{
    const QRectF inside = box().adjusted(8, 3, -8, -3);
    painter.setPen(nodeInk(QPalette::Text));
    drawGlyph(painter, QRectF(inside.left(), inside.top() + 2, 13, 13), m_look.glyph);
    painter.setFont(nodeFont(monospaceFont(), 12));
    const QRectF title(inside.left() + 18, inside.top(), inside.width() - 18, inside.height() / 2);
    painter.drawText(title, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(m_look.title, Qt::ElideMiddle, static_cast<int>(title.width())));
    painter.setFont(nodeFont(QApplication::font(), 11));
    painter.setPen(nodeInk(QPalette::PlaceholderText));
    const QRectF under(title.left(), inside.center().y(), title.width(), inside.height() / 2);
    QString text = m_look.under;
    if (m_look.isOlder)
        text += QStringLiteral(" ≠");
    painter.drawText(under, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
}

void NodeItem::paintLevels(QPainter &painter) const
{
    const double y = box().center().y() + 9;
    painter.setFont(nodeFont(QApplication::font(), 11));
    for (int tier = 0; tier < tierCount; ++tier) {
        const LevelMark mark = m_look.levels[static_cast<std::size_t>(tier)];
        const QPointF centre(box().right() - 58 + tier * 13, y);
        drawLevelMark(painter, mark, tier, centre, 3.4, levelColour(mark, tier, nodeInk(QPalette::PlaceholderText)));
    }
}

void NodeItem::paintLife(QPainter &painter) const
{
    if (m_look.life < 0)
        return;
    const QRectF ring(box().right() - 20, box().center().y() + 4, 10, 10);
    QColor track = nodeInk(QPalette::Text);
    track.setAlphaF(0.18F);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(track, 2.4));
    painter.drawEllipse(ring);
    painter.setPen(QPen(nodeInk(QPalette::Highlight), 2.4, Qt::SolidLine, Qt::FlatCap));
    painter.drawArc(ring, 90 * 16, -360 * 16 * m_look.life / NodeLook::lifeSteps);
}

void NodeItem::paintHop(QPainter &painter) const
{
    if (m_emphasis.hop < 0)
        return;
    const QString text = QString::number(m_emphasis.hop);
    painter.setFont(nodeFont(QApplication::font(), 11));
    const double width = std::max(15.0, painter.fontMetrics().horizontalAdvance(text) + 8.0);
    const QRectF badge(box().left() - 7, box().top() - 7, width, 15);
    painter.setPen(Qt::NoPen);
    painter.setBrush(nodeInk(QPalette::Highlight));
    painter.drawRoundedRect(badge, 7.5, 7.5);
    painter.setPen(nodeInk(QPalette::HighlightedText));
    painter.drawText(badge, Qt::AlignCenter, text);
}

} // namespace insitecache
