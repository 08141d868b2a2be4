// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsView>

#include "graph/highlight.h"
#include "models/graphlayout.h"

class QTimer;

namespace insitecache {

class EdgeItem;
class NodeItem;

/// The picture of the graph: shows what it is given, says what is looked at, and reads nothing. The tree beside it
/// tells the same to those who cannot see it. Items are painted again only when they change.
class GraphView : public QGraphicsView {
    Q_OBJECT

public:
    static constexpr int hoverMs = 150;

    explicit GraphView(QWidget *parent = nullptr);

    /// A new picture. The node with the keyboard stays the one with the same id; the view stays where it is unless it
    /// showed everything.
    void setPicture(const KeyGraphPtr &graph, const DrawnGraph &drawn, Millis age);
    /// The same picture with newer looks. Precondition: as DrawnGraph::hasSameShape().
    void updatePicture(const KeyGraphPtr &graph, const DrawnGraph &drawn, Millis age);
    /// How long ago the tiers were read: what is left of lives counts down.
    void setAge(Millis age);
    void setHighlight(const Highlight &highlight);
    const DrawnGraph &drawn() const { return m_drawn; }

    int current() const { return m_current; } ///< the node with the keyboard; −1: none
    void setCurrent(int node);
    /// Where the node is in the viewport; empty for −1.
    QRect placeOf(int node) const;
    double zoom() const { return transform().m11(); }
    /// The whole picture as it stands, whatever part of it is in sight.
    void renderTo(QPainter &painter, const QRectF &target);
    QRectF pictureRect() const;

public Q_SLOTS:
    void zoomIn();
    void zoomOut();
    void fit();

Q_SIGNALS:
    void lookedAt(int node); ///< under the mouse for 150 ms, or reached by the keyboard; −1: none
    void chosen(int node);   ///< clicked
    void opened(int node);   ///< Enter, double click
    void invalidationAsked();
    void released(); ///< Esc
    void menuAsked(int node, const QPoint &globalPos);

protected:
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void buildItems();
    void showEmphasis();
    int nodeAt(const QPoint &place) const;
    void hover(int node);
    void zoomBy(double factor);
    bool handleKey(int key);
    void move(int node);
    int beside(bool toChildren) const;
    int inColumn(int step) const;

    KeyGraphPtr m_graph;
    DrawnGraph m_drawn;
    GraphLayout m_layout;
    Highlight m_highlight;
    std::vector<NodeItem *> m_nodes; ///< by drawn node; the scene's
    std::vector<EdgeItem *> m_edges; ///< by drawn edge
    QTimer *m_hoverTimer;
    int m_hovered = -1;
    int m_current = -1;
    QPoint m_pressed;
    bool m_isFitted = true;
};

} // namespace insitecache
