// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/historyview.h"

#include <QEvent>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

namespace insitecache {

HistoryView::HistoryView(QWidget *parent) :
    QWidget(parent), m_empty(new QLabel(this)), m_list(new QListView(this)), m_fill(new QPushButton(this))
{
    m_empty->setWordWrap(true);
    m_list->setModel(&m_model);
    m_list->setObjectName(QStringLiteral("invalidationHistory"));
    m_list->setAlternatingRowColors(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_fill->setObjectName(QStringLiteral("fillAgain"));
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_empty);
    column->addWidget(m_list, 1);
    column->addWidget(m_fill);
    setFocusProxy(m_list);
    connect(m_list, &QListView::activated, this, [this](const QModelIndex &index) { fill(index.row()); });
    connect(m_fill, &QPushButton::clicked, this, [this] { fill(m_list->currentIndex().row()); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &HistoryView::showState);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &HistoryView::showState);
    retranslate();
    showState();
}

void HistoryView::add(const Invalidation &wish, const InvalidationResult &result, WallTime when)
{
    m_model.add(wish, result, when);
}

bool HistoryView::choose(WallTime time)
{
    const int row = m_model.rowNear(time);
    if (row < 0)
        return false;
    m_list->setCurrentIndex(m_model.index(row));
    return true;
}

void HistoryView::fill(int row)
{
    if (const Invalidation *wish = m_model.wishAt(row))
        Q_EMIT fillAsked(Invalidation(*wish)); // what fills the form may add to the history
}

void HistoryView::showState()
{
    m_empty->setVisible(m_model.rowCount() == 0);
    m_list->setVisible(m_model.rowCount() > 0);
    m_fill->setEnabled(m_list->currentIndex().isValid());
}

void HistoryView::retranslate()
{
    m_empty->setText(tr("Nothing has been invalidated from this window yet."));
    m_list->setAccessibleName(tr("Earlier invalidations, the newest first"));
    m_fill->setText(tr("Fill A&gain"));
    m_fill->setToolTip(tr("Puts the chosen one back into the form; nothing is invalidated"));
    m_model.retranslate();
}

void HistoryView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
