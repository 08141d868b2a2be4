// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsItem>
#include <QPainterPath>

namespace insitecache {

/// One dependency in the picture, from what it is made from to what is made: a curve with a head.
class EdgeItem : public QGraphicsItem {
public:
    enum class Emphasis {
        None,
        Below, ///< on the way down from the chosen node
        Above, ///< on the way up from it
        Faint
    };

    /// `from` and `to` are the middles of the nodes' right and left sides. An edge that does not go to the right is
    /// led around its nodes, which are `height` high.
    EdgeItem(QPointF from, QPointF to, double height, bool isOnCycle);

    void setEmphasis(Emphasis emphasis);
    const QPainterPath &path() const { return m_path; }

    QRectF boundingRect() const override { return m_path.boundingRect().adjusted(-8, -8, 8, 8); }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    QPainterPath m_path;
    QPointF m_tip;
    bool m_isOnCycle;
    Emphasis m_emphasis = Emphasis::None;
};

} // namespace insitecache
