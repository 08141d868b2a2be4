// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dependencytreeview.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>

#include "delegates/keydelegate.h"
#include "delegates/levelsdelegate.h"
#include "delegates/ttldelegate.h"

namespace insitecache {

DependencyTreeView::DependencyTreeView(DependencyTreeModel &model, QWidget *parent) : QTreeView(parent), m_model(model)
{
    setModel(&m_model);
    setUniformRowHeights(true);
    setAlternatingRowColors(true);
    setAllColumnsShowFocus(true);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    setIndentation(14);
    setItemDelegateForColumn(DependencyTreeModel::KeyColumn, new KeyDelegate(this));
    setItemDelegateForColumn(DependencyTreeModel::LevelsColumn, new LevelsDelegate(this));
    setItemDelegateForColumn(DependencyTreeModel::TtlColumn, new TtlDelegate(this));
    const int letter = fontMetrics().averageCharWidth();
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(DependencyTreeModel::KeyColumn, QHeaderView::Stretch);
    header()->resizeSection(DependencyTreeModel::HopColumn, 6 * letter);
    header()->resizeSection(DependencyTreeModel::LevelsColumn, 76);
    header()->resizeSection(DependencyTreeModel::TtlColumn, 10 * letter);
    connect(this, &QAbstractItemView::doubleClicked, this, [this] { Q_EMIT chosen(currentNumber()); });
}

int DependencyTreeView::currentNumber() const
{
    return currentIndex().isValid() ? currentIndex().data(DependencyTreeModel::NumberRole).toInt() : -1;
}

void DependencyTreeView::remember()
{
    m_open.clear();
    std::vector<QModelIndex> waiting{{}};
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        const QModelIndex parent = waiting[i];
        for (int row = 0; row < m_model.rowCount(parent); ++row) {
            const QModelIndex index = m_model.index(row, 0, parent);
            if (!isExpanded(index))
                continue;
            m_open += index.data(DependencyTreeModel::PathRole).toString();
            waiting.push_back(index);
        }
    }
    m_currentPath = currentIndex().data(DependencyTreeModel::PathRole).toString();
    m_scroll = verticalScrollBar()->value();
    m_isRestoring = true;
}

/// The row of that path, its parents fetched as far as that takes.
QModelIndex DependencyTreeView::opened(const QString &path)
{
    const qsizetype above = path.lastIndexOf(QLatin1Char('\n'));
    const QModelIndex parent = above < 0 ? QModelIndex() : m_model.find(path.left(above));
    if (above >= 0 && !parent.isValid())
        return {};
    QModelIndex found = m_model.find(path);
    while (!found.isValid() && m_model.canFetchMore(parent)) {
        m_model.fetchMore(parent);
        found = m_model.find(path);
    }
    return found;
}

void DependencyTreeView::restore()
{
    for (const QString &path : m_open) {
        if (const QModelIndex index = opened(path); index.isValid())
            expand(index);
    }
    if (const QModelIndex current = m_currentPath.isEmpty() ? QModelIndex() : opened(m_currentPath); current.isValid())
        setCurrentIndex(current);
    verticalScrollBar()->setValue(m_scroll);
    m_isRestoring = false;
}

void DependencyTreeView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Delete && event->modifiers() == Qt::NoModifier)
        return Q_EMIT invalidationAsked();
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid())
        return Q_EMIT chosen(currentNumber());
    if (event->key() == Qt::Key_Escape)
        return Q_EMIT released();
    // Letters would jump to a row by its first column; they belong to input methods. The tree's own signs stay.
    const bool isSign = QStringLiteral("+-*").contains(event->text());
    if (!event->text().isEmpty() && event->text().front().isPrint() && event->key() != Qt::Key_Space && !isSign)
        return event->ignore();
    QTreeView::keyPressEvent(event);
}

void DependencyTreeView::focusInEvent(QFocusEvent *event)
{
    QTreeView::focusInEvent(event);
    if (!currentIndex().isValid())
        setCurrentIndex(m_model.index(0, 0));
    else
        Q_EMIT lookedAt(currentNumber());
}

void DependencyTreeView::focusOutEvent(QFocusEvent *event)
{
    QTreeView::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        Q_EMIT lookedAt(-1);
}

void DependencyTreeView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    if (!m_isRestoring && hasFocus() && current.isValid())
        Q_EMIT lookedAt(currentNumber());
}

} // namespace insitecache
