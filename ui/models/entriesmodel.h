// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "models/entryarrangement.h"

namespace insitecache {

/// The entries table: rows of one page in one order. Filtering and sorting run on the thread pool, one at a time; what
/// they find is swapped in on the GUI thread. A refresh keeps the order: what is gone leaves, what is new waits, until
/// somebody asks to arrange() again.
class EntriesModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role {
        KeyRole = Qt::UserRole, ///< QString
        MomentRole,             ///< EntryMoment
    };

    explicit EntriesModel(QObject *parent = nullptr);

    /// Newer rows of the same tiers. The first page, and one that follows an empty table, is arranged in any case.
    void setSnapshot(EntrySnapshotPtr snapshot, bool keepOrder = true);
    void setFilter(const EntryFilter &filter);
    void setSort(EntrySort sort);
    /// Sorts and filters the newest rows anew.
    void arrange();
    /// What time it is for the rows: counts down from when they were taken. Repaints these rows only.
    void tick(WallTime now, int firstRow, int lastRow);

    const EntryRow *rowAt(int row) const;
    EntryMoment momentAt(int row) const;
    int rowOf(const CacheKey &key) const; ///< −1: not shown
    const EntrySnapshotPtr &snapshot() const { return m_snapshot; }
    EntrySort sortedBy() const { return m_sort; }
    int added() const { return m_added; } ///< new keys that wait outside
    bool isOutOfOrder() const { return m_outOfOrder; }
    const std::map<QString, quint64> &typeCounts() const { return m_typeCounts; }
    bool isBusy() const { return m_busy; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    /// Texts in another language.
    void retranslate();

Q_SIGNALS:
    /// The rows, or what waits beside them, are up to date with everything that was asked.
    void settled();

private:
    struct Job;
    struct Arranged;
    static Arranged work(const Job &job);
    void request(bool keepOrder);
    void start();
    void finished(const Job &job, Arranged arranged);
    void follow(const Job &job, Arranged &arranged);
    void reset(EntrySnapshotPtr snapshot, EntryOrder order);
    Millis since() const;

    EntrySnapshotPtr m_snapshot, m_newest;
    EntryOrder m_order;
    EntryFilter m_filter;
    EntrySort m_sort;
    WallTime m_now{};
    std::map<QString, quint64> m_typeCounts;
    int m_added = 0;
    bool m_outOfOrder = false;
    bool m_busy = false;
    bool m_wanted = false;
    bool m_keepOrder = true; ///< of what is wanted
};

} // namespace insitecache
