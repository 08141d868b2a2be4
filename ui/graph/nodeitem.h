// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsItem>

#include "graph/nodelook.h"

namespace insitecache {

/// How a node stands out, on top of what it shows.
struct NodeEmphasis {
    enum class Ring { None, Current, Chosen };
    Ring ring = Ring::None;
    int hop = -1; ///< from the chosen node; −1: no number
    bool isFaint = false;
    friend bool operator==(const NodeEmphasis &, const NodeEmphasis &) = default;
};

/// One key or group in the picture: sign, name, levels, what is left of its life. Paints again only when something that
/// can be seen has changed.
class NodeItem : public QGraphicsItem {
public:
    enum { Type = UserType + 1 };

    NodeItem(int index, QSizeF size);

    int index() const { return m_index; }
    void setLook(const NodeLook &look);
    void setEmphasis(const NodeEmphasis &emphasis);
    const NodeLook &look() const { return m_look; }
    const NodeEmphasis &emphasis() const { return m_emphasis; }

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    QRectF box() const;
    void paintBox(QPainter &painter) const;
    void paintTexts(QPainter &painter) const;
    void paintLevels(QPainter &painter) const;
    void paintLife(QPainter &painter) const;
    void paintHop(QPainter &painter) const;

    int m_index;
    QSizeF m_size;
    NodeLook m_look;
    NodeEmphasis m_emphasis;
};

} // namespace insitecache
