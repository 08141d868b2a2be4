// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <insitecache/sources/values.h>

class QLabel;
class QTreeWidget;

namespace insitecache {

/// A list of symbols: what a search found, or what is trending, in order.
class MatchesCard : public QWidget {
    Q_OBJECT

public:
    explicit MatchesCard(QWidget *parent = nullptr);

    void show(const SearchResult &result);
    void show(const Trending &trending);
    using QWidget::show;

Q_SIGNALS:
    /// Enter or double click.
    void symbolChosen(const QString &symbol);

private:
    void fill(const QString &title, const QStringList &columns, const QList<QStringList> &rows);

    QLabel *m_title;
    QTreeWidget *m_list;
};

} // namespace insitecache
