// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/followview.h"

#include <QEvent>
#include <QPushButton>
#include <QScrollBar>

namespace insitecache {

FollowView::FollowView(QWidget *parent) : QTableView(parent), m_news(new QPushButton(this))
{
    m_news->setObjectName(QStringLiteral("newEvents"));
    m_news->setAutoDefault(false);
    m_news->hide();
    setVerticalScrollMode(ScrollPerItem);
    connect(m_news, &QPushButton::clicked, this, &FollowView::follow);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &FollowView::scrolled);
    // Whether the last row is in view is known only when the new rows have been laid out.
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this] {
        if (m_following)
            scrollToBottom();
    });
}

void FollowView::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    connect(model, &QAbstractItemModel::rowsInserted, this,
        [this](const QModelIndex &, int first, int last) { rowsCame(last - first + 1); });
    connect(model, &QAbstractItemModel::modelReset, this, &FollowView::follow);
}

void FollowView::rowsCame(int count)
{
    if (m_following)
        return;
    m_unseen += count;
    showNews();
}

void FollowView::follow()
{
    m_following = true;
    m_unseen = 0;
    showNews();
    scrollToBottom();
}

void FollowView::stayAt(int row)
{
    selectRow(row);
    scrollTo(model()->index(row, 0), PositionAtCenter);
    m_following = false;
    scrolled();
}

// The bar also moves because rows came: only away from its end that is the reader's doing.
void FollowView::scrolled()
{
    const bool atEnd = verticalScrollBar()->value() == verticalScrollBar()->maximum();
    if (atEnd == m_following)
        return;
    m_following = atEnd;
    if (atEnd)
        m_unseen = 0;
    showNews();
}

void FollowView::showNews()
{
    m_news->setText(tr("↓ %n new event(s)", nullptr, m_unseen));
    m_news->adjustSize();
    m_news->move((width() - m_news->width()) / 2, height() - m_news->height() - 28);
    m_news->setVisible(m_unseen > 0);
}

void FollowView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    showNews();
    Q_EMIT resized();
}

void FollowView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        showNews();
}

} // namespace insitecache
