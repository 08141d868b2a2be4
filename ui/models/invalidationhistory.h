// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>

#include <QAbstractListModel>

#include <insitecache/base/clock.h>
#include <insitecache/coherence/invalidation.h>

namespace insitecache {

/// The last fifty invalidations that were asked for in this window, the newest first, with what came of them.
class InvalidationHistory : public QAbstractListModel {
    Q_OBJECT

public:
    static constexpr int most = 50;

    using QAbstractListModel::QAbstractListModel;
    void add(const Invalidation &wish, const InvalidationResult &result, WallTime when);
    const Invalidation *wishAt(int row) const;
    /// The row of what was done at about that time, a few seconds either way; −1: none.
    int rowNear(WallTime time) const;
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    struct Item {
        Invalidation wish;
        InvalidationResult result;
        WallTime when;
    };
    static QString describe(const Item &item);

    std::deque<Item> m_items;
};

} // namespace insitecache
