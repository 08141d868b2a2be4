// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QTableView>

#include <insitecache/base/cachekey.h>

namespace insitecache {

class EntriesModel;

/// The table of entries. Selection, current row and scroll position belong to keys, so they survive when the rows are
/// arranged anew; where the current key is gone, its place in the table is kept. Nothing destructive has a key of its
/// own: Del only asks.
class EntriesView : public QTableView {
    Q_OBJECT

public:
    explicit EntriesView(EntriesModel &model, QWidget *parent = nullptr);

    std::vector<CacheKey> selectedKeys() const;
    std::optional<CacheKey> currentKey() const;
    /// First and last row in sight; {0, −1} when there is none.
    std::pair<int, int> visibleRows() const;
    void copyKeys() const;
    void copyRows() const; ///< as JSON, one object a line

Q_SIGNALS:
    void invalidationAsked();
    void lookupAsked();
    void dependenciesAsked(); ///< a click on how many there are
    void detailsAsked();      ///< Enter, double click
    void currentKeyChanged();
    void selectionCountChanged();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    void remember();
    void restore();
    void restoreSelection();
    void restoreTop();
    void sizeColumns();

    EntriesModel &m_model;
    std::vector<CacheKey> m_keptSelection;
    std::optional<CacheKey> m_keptCurrent, m_keptTop;
    int m_keptScroll = 0, m_keptRow = -1;
};

} // namespace insitecache
