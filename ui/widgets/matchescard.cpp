// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/matchescard.h"

#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace insitecache {

namespace {

constexpr int matchesGap = 16;

} // namespace

MatchesCard::MatchesCard(QWidget *parent) : QWidget(parent), m_title(new QLabel(this)), m_list(new QTreeWidget(this))
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("matches"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAlternatingRowColors(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(4, 4, 4, 4);
    column->addWidget(m_title);
    column->addWidget(m_list, 1);
    connect(m_list, &QTreeWidget::itemActivated, this,
        [this](const QTreeWidgetItem *item) { Q_EMIT symbolChosen(item->data(0, Qt::UserRole).toString()); });
}

void MatchesCard::show(const SearchResult &result)
{
    QList<QStringList> rows;
    for (const SearchMatch &match : result.matches)
        rows += {match.symbol, match.name, match.exchange, match.type};
    fill(result.matches.empty()
            ? tr("Nothing matches “%1”. Try fewer letters, or the English name.").arg(result.query)
            : tr("%n match(es) for “%1”. Enter looks one up.", nullptr, static_cast<int>(rows.size()))
                  .arg(result.query),
        {tr("Symbol"), tr("Name"), tr("Exchange"), tr("Type")}, rows);
}

void MatchesCard::show(const Trending &trending)
{
    QList<QStringList> rows;
    for (const TrendingSymbol &symbol : trending.symbols)
        rows += {symbol.symbol, symbol.name, QStringLiteral("#%1").arg(rows.size() + 1)};
    fill(trending.symbols.empty() ? tr("Nothing is trending in %1 right now.").arg(trending.region)
                                  : tr("Trending in %1. Enter looks one up.").arg(trending.region),
        {tr("Symbol"), tr("Name"), tr("Rank")}, rows);
}

void MatchesCard::fill(const QString &title, const QStringList &columns, const QList<QStringList> &rows)
{
    m_title->setText(title);
    m_list->clear();
    m_list->setColumnCount(static_cast<int>(columns.size()));
    m_list->setHeaderLabels(columns);
    m_list->setAccessibleName(title);
    m_list->setVisible(!rows.isEmpty());
    for (const QStringList &row : rows) {
        auto *item = new QTreeWidgetItem(m_list, row);
        item->setData(0, Qt::UserRole, row.front());
    }
    for (int column = 0; column < columns.size(); ++column) {
        m_list->resizeColumnToContents(column);
        m_list->setColumnWidth(column, m_list->columnWidth(column) + matchesGap);
    }
}

} // namespace insitecache
