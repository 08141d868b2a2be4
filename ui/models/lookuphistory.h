// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>

#include <QAbstractListModel>

#include <insitecache/cache/lookup.h>

namespace insitecache {

/// The last twenty lookups, the newest first. They hold their values, so looking back asks nobody.
class LookupHistory : public QAbstractListModel {
    Q_OBJECT

public:
    static constexpr int most = 20;

    using QAbstractListModel::QAbstractListModel;
    void add(const Lookup &lookup, WallTime when);
    const Lookup *lookupAt(int row) const;
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    struct Item {
        Lookup lookup;
        WallTime when;
    };
    std::deque<Item> m_items;
};

} // namespace insitecache
