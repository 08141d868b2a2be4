// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/graphview.h"

#include <cmath>

#include <QApplication>
#include <QContextMenuEvent>
#include <QScrollBar>
#include <QTimer>

#include "graph/edgeitem.h"
#include "graph/nodeitem.h"

namespace insitecache {

namespace {

constexpr double graphMargin = 24;
constexpr double zoomStep = 1.2;
constexpr double leastZoom = 0.1, mostZoom = 4;
// A handful of nodes is not blown up to fill the window.
constexpr double mostFittedZoom = 1.15;

} // namespace

GraphView::GraphView(QWidget *parent) :
    QGraphicsView(new QGraphicsScene, parent), m_graph(std::make_shared<const KeyGraph>()),
    m_hoverTimer(new QTimer(this))
{
    scene()->setParent(this);
    setObjectName(QStringLiteral("depGraph"));
    setDragMode(ScrollHandDrag);
    viewport()->setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setTransformationAnchor(AnchorUnderMouse);
    setMinimumSize(240, 160);
    m_hoverTimer->setSingleShot(true);
    m_hoverTimer->setInterval(hoverMs);
    connect(m_hoverTimer, &QTimer::timeout, this, [this] { Q_EMIT lookedAt(m_hovered); });
}

void GraphView::setPicture(const KeyGraphPtr &graph, const DrawnGraph &drawn, Millis age)
{
    const QString id = m_current >= 0 ? m_drawn.nodes[static_cast<std::size_t>(m_current)].id : QString();
    m_drawn = drawn;
    m_current = m_drawn.indexOf(id);
    m_hovered = -1;
    m_hoverTimer->stop();
    m_highlight = {};
    std::vector<std::pair<int, int>> ends;
    for (const DrawnEdge &edge : m_drawn.edges)
        ends.emplace_back(edge.from, edge.to);
    m_layout = GraphLayout(static_cast<int>(m_drawn.nodes.size()), ends, {});
    buildItems();
    updatePicture(graph, drawn, age);
    if (m_isFitted)
        fit();
    showEmphasis();
}

void GraphView::buildItems()
{
    const QSizeF size = GraphLayout::Spacing().node;
    scene()->clear();
    m_nodes.clear();
    m_edges.clear();
    for (const DrawnEdge &edge : m_drawn.edges) {
        const QPointF side(size.width() / 2 + 1, 0);
        const QPointF from = m_layout.centre[static_cast<std::size_t>(edge.from)] + side;
        const QPointF to = m_layout.centre[static_cast<std::size_t>(edge.to)] - side;
        m_edges.push_back(new EdgeItem(from, to, size.height(), edge.isOnCycle));
        scene()->addItem(m_edges.back());
    }
    for (int node = 0; node < static_cast<int>(m_drawn.nodes.size()); ++node) {
        m_nodes.push_back(new NodeItem(node, size));
        m_nodes.back()->setPos(m_layout.centre[static_cast<std::size_t>(node)]);
        scene()->addItem(m_nodes.back());
    }
    scene()->setSceneRect(pictureRect());
}

QRectF GraphView::pictureRect() const
{
    return QRectF(QPointF(), m_layout.size).adjusted(-graphMargin, -graphMargin, graphMargin, graphMargin);
}

void GraphView::updatePicture(const KeyGraphPtr &graph, const DrawnGraph &drawn, Millis age)
{
    m_graph = graph;
    m_drawn = drawn;
    setAge(age);
}

void GraphView::setAge(Millis age)
{
    for (NodeItem *item : m_nodes)
        item->setLook(nodeLook(*m_graph, m_drawn.nodes[static_cast<std::size_t>(item->index())], age));
}

void GraphView::setHighlight(const Highlight &highlight)
{
    m_highlight = highlight;
    showEmphasis();
}

void GraphView::showEmphasis()
{
    for (NodeItem *item : m_nodes) {
        const int node = item->index();
        NodeEmphasis emphasis;
        if (node == m_highlight.chosen)
            emphasis.ring = NodeEmphasis::Ring::Chosen;
        else if (node == m_current && hasFocus())
            emphasis.ring = NodeEmphasis::Ring::Current;
        emphasis.isFaint = !m_highlight.standsOut(node);
        if (m_highlight.isOn() && m_highlight.below[static_cast<std::size_t>(node)] > 0)
            emphasis.hop = m_highlight.below[static_cast<std::size_t>(node)];
        item->setEmphasis(emphasis);
    }
    const auto isBelow = [this](int node) { return m_highlight.below[static_cast<std::size_t>(node)] >= 0; };
    const auto isAbove
        = [this](int node) { return node == m_highlight.chosen || m_highlight.above[static_cast<std::size_t>(node)]; };
    for (std::size_t i = 0; i < m_edges.size(); ++i) {
        const DrawnEdge &edge = m_drawn.edges[i];
        auto emphasis = EdgeItem::Emphasis::None;
        if (m_highlight.isOn()) {
            emphasis = isBelow(edge.from) && isBelow(edge.to) ? EdgeItem::Emphasis::Below
                : isAbove(edge.from) && isAbove(edge.to)      ? EdgeItem::Emphasis::Above
                                                              : EdgeItem::Emphasis::Faint;
        }
        m_edges[i]->setEmphasis(emphasis);
    }
}

int GraphView::nodeAt(const QPoint &place) const
{
    for (const QGraphicsItem *item : items(place)) {
        if (const auto *node = qgraphicsitem_cast<const NodeItem *>(item))
            return node->index();
    }
    return -1;
}

QRect GraphView::placeOf(int node) const
{
    if (node < 0 || node >= static_cast<int>(m_nodes.size()))
        return {};
    const NodeItem *item = m_nodes[static_cast<std::size_t>(node)];
    return mapFromScene(item->sceneBoundingRect()).boundingRect();
}

void GraphView::hover(int node)
{
    if (node == m_hovered)
        return;
    m_hovered = node;
    viewport()->setCursor(node >= 0 ? Qt::PointingHandCursor : Qt::OpenHandCursor);
    m_hoverTimer->start();
}

void GraphView::mouseMoveEvent(QMouseEvent *event)
{
    QGraphicsView::mouseMoveEvent(event);
    if (event->buttons() == Qt::NoButton)
        hover(nodeAt(event->pos()));
}

void GraphView::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->pos();
    QGraphicsView::mousePressEvent(event);
}

void GraphView::mouseReleaseEvent(QMouseEvent *event)
{
    QGraphicsView::mouseReleaseEvent(event);
    const bool isClick = event->button() == Qt::LeftButton
        && (event->pos() - m_pressed).manhattanLength() < QApplication::startDragDistance();
    const int node = isClick ? nodeAt(event->pos()) : -1;
    if (node < 0)
        return;
    m_current = node;
    Q_EMIT chosen(node);
    showEmphasis();
}

void GraphView::mouseDoubleClickEvent(QMouseEvent *event)
{
    // The picture changes under the mouse: the release that follows is no click on what is there then.
    m_pressed = QPoint(-QApplication::startDragDistance(), -QApplication::startDragDistance()) * 2;
    if (const int node = nodeAt(event->pos()); node >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT opened(node);
}

void GraphView::leaveEvent(QEvent *event)
{
    QGraphicsView::leaveEvent(event);
    hover(-1);
}

void GraphView::wheelEvent(QWheelEvent *event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QGraphicsView::wheelEvent(event);
    zoomBy(std::pow(zoomStep, event->angleDelta().y() / 120.0));
    event->accept();
}

void GraphView::zoomBy(double factor)
{
    const double wanted = std::clamp(zoom() * factor, leastZoom, mostZoom);
    m_isFitted = false;
    scale(wanted / zoom(), wanted / zoom());
}

void GraphView::zoomIn()
{
    zoomBy(zoomStep);
}

void GraphView::zoomOut()
{
    zoomBy(1 / zoomStep);
}

void GraphView::fit()
{
    m_isFitted = true;
    fitInView(pictureRect(), Qt::KeepAspectRatio);
    if (zoom() > mostFittedZoom)
        setTransform(QTransform::fromScale(mostFittedZoom, mostFittedZoom));
}

void GraphView::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    if (m_isFitted)
        fit();
}

void GraphView::setCurrent(int node)
{
    m_current = node;
    if (node >= 0 && node < static_cast<int>(m_nodes.size()) && !m_isFitted)
        ensureVisible(m_nodes[static_cast<std::size_t>(node)]);
    showEmphasis();
}

void GraphView::move(int node)
{
    if (node < 0)
        return;
    setCurrent(node);
    m_hovered = node;
    m_hoverTimer->start();
}

/// The parent or child that is nearest in height.
int GraphView::beside(bool toChildren) const
{
    int best = -1;
    const auto height = [this](int node) { return m_layout.centre[static_cast<std::size_t>(node)].y(); };
    for (const DrawnEdge &edge : m_drawn.edges) {
        const int other = toChildren ? edge.to : edge.from;
        if ((toChildren ? edge.from : edge.to) != m_current || other == m_current)
            continue;
        if (best < 0 || std::abs(height(other) - height(m_current)) < std::abs(height(best) - height(m_current)))
            best = other;
    }
    return best;
}

/// The next one above (−1) or below (1) in the same column.
int GraphView::inColumn(int step) const
{
    int best = -1;
    const auto height = [this, step](int node) { return step * m_layout.centre[static_cast<std::size_t>(node)].y(); };
    for (int node = 0; node < static_cast<int>(m_nodes.size()); ++node) {
        const bool isBeyond = height(node) > height(m_current);
        const auto at = [this](int each) { return m_layout.column[static_cast<std::size_t>(each)]; };
        if (isBeyond && at(node) == at(m_current) && (best < 0 || height(node) < height(best)))
            best = node;
    }
    return best;
}

bool GraphView::handleKey(int key)
{
    switch (key) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: return zoomIn(), true;
    case Qt::Key_Minus: return zoomOut(), true;
    case Qt::Key_0: return fit(), true;
    case Qt::Key_Delete: Q_EMIT invalidationAsked(); return true;
    default: break;
    }
    if (m_current < 0)
        return false;
    switch (key) {
    case Qt::Key_Left: return move(beside(false)), true;
    case Qt::Key_Right: return move(beside(true)), true;
    case Qt::Key_Up: return move(inColumn(-1)), true;
    case Qt::Key_Down: return move(inColumn(1)), true;
    case Qt::Key_Return:
    case Qt::Key_Enter: Q_EMIT opened(m_current); return true;
    default: return false;
    }
}

void GraphView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_highlight.isOn())
        return Q_EMIT released();
    const auto modifiers = event->modifiers() & ~Qt::KeyboardModifiers(Qt::KeypadModifier | Qt::ShiftModifier);
    if (modifiers != Qt::NoModifier || !handleKey(event->key()))
        event->ignore();
}

void GraphView::focusInEvent(QFocusEvent *event)
{
    QGraphicsView::focusInEvent(event);
    if (m_current < 0 && !m_nodes.empty())
        m_current = 0;
    if (event->reason() != Qt::MouseFocusReason && m_current >= 0)
        move(m_current);
    showEmphasis();
}

void GraphView::focusOutEvent(QFocusEvent *event)
{
    QGraphicsView::focusOutEvent(event);
    showEmphasis();
}

void GraphView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isMouse = event->reason() == QContextMenuEvent::Mouse;
    const int node = isMouse ? nodeAt(event->pos()) : m_current;
    if (node < 0)
        return;
    Q_EMIT menuAsked(node, isMouse ? event->globalPos() : viewport()->mapToGlobal(placeOf(node).center()));
}

void GraphView::changeEvent(QEvent *event)
{
    QGraphicsView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        viewport()->update();
}

void GraphView::renderTo(QPainter &painter, const QRectF &target)
{
    scene()->render(&painter, target, pictureRect());
}

} // namespace insitecache
