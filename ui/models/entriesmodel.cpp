// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/entriesmodel.h"

#include <algorithm>

#include <QPromise>
#include <QThreadPool>

#include "models/entrytexts.h"
#include "models/whendone.h"

namespace insitecache {

namespace {

// Beyond this many gaps one reset is cheaper than telling the view of each.
constexpr std::size_t mostRemovedRanges = 64;

} // namespace

struct EntriesModel::Job {
    EntrySnapshotPtr before, after;
    EntryOrder order;
    EntryFilter filter;
    EntrySort sort;
    Millis since{};
    bool keepOrder = false;
};

struct EntriesModel::Arranged {
    EntryOrder order;
    std::vector<EntryChange::Range> removed;
    std::map<QString, quint64> typeCounts;
    int added = 0;
    bool outOfOrder = false;
};

EntriesModel::EntriesModel(QObject *parent) : QAbstractTableModel(parent) {}

void EntriesModel::setSnapshot(EntrySnapshotPtr snapshot, bool keepOrder)
{
    m_newest = std::move(snapshot);
    m_now = std::max(m_now, m_newest->page.taken);
    request(keepOrder && m_snapshot && !m_order.empty());
}

void EntriesModel::setFilter(const EntryFilter &filter)
{
    m_filter = filter;
    request(false);
}

void EntriesModel::setSort(EntrySort sort)
{
    m_sort = sort;
    request(false);
}

void EntriesModel::sort(int column, Qt::SortOrder order)
{
    if (column >= 0 && column < entryColumnCount)
        setSort({static_cast<EntryColumn>(column), order});
}

void EntriesModel::arrange()
{
    request(false);
}

void EntriesModel::request(bool keepOrder)
{
    if (!m_newest)
        return;
    m_keepOrder = m_wanted ? m_keepOrder && keepOrder : keepOrder;
    m_wanted = true;
    start();
}

void EntriesModel::start()
{
    if (m_busy || !m_wanted)
        return;
    m_busy = true;
    m_wanted = false;
    auto job = std::make_shared<Job>();
    *job = {m_snapshot, m_newest, m_keepOrder ? m_order : EntryOrder(), m_filter, m_sort,
        std::max(Millis::zero(), m_now - m_newest->page.taken), m_keepOrder};
    auto promise = std::make_shared<QPromise<Arranged>>();
    promise->start();
    whenDone(
        promise->future(), this, [this, job](Arranged arranged) { finished(*job, std::move(arranged)); }, [] {});
    QThreadPool::globalInstance()->start([job, promise] {
        promise->addResult(work(*job));
        promise->finish();
    });
}

EntriesModel::Arranged EntriesModel::work(const Job &job)
{
    Arranged out;
    out.typeCounts = countEntryTypes(*job.after, job.filter, job.since);
    if (!job.keepOrder) {
        out.order = arrangeEntries(*job.after, job.filter, job.sort, job.since);
        return out;
    }
    EntryChange change = followEntries(*job.before, job.order, *job.after, job.filter, job.sort, job.since);
    out.order = std::move(change.order);
    out.removed = std::move(change.removed);
    out.added = change.added;
    out.outOfOrder = change.outOfOrder;
    return out;
}

void EntriesModel::finished(const Job &job, Arranged arranged)
{
    m_busy = false;
    m_typeCounts = std::move(arranged.typeCounts);
    m_added = arranged.added;
    m_outOfOrder = arranged.outOfOrder;
    if (job.keepOrder)
        follow(job, arranged);
    else
        reset(job.after, std::move(arranged.order));
    if (m_wanted)
        return start();
    Q_EMIT settled();
}

void EntriesModel::follow(const Job &job, Arranged &arranged)
{
    if (arranged.removed.size() > mostRemovedRanges)
        return reset(job.after, std::move(arranged.order));
    for (const EntryChange::Range &range : arranged.removed) {
        beginRemoveRows({}, range.first, range.first + range.count - 1);
        m_order.erase(m_order.begin() + range.first, m_order.begin() + range.first + range.count);
        endRemoveRows();
    }
    m_snapshot = job.after;
    m_order = std::move(arranged.order);
    if (!m_order.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, entryColumnCount - 1));
}

void EntriesModel::reset(EntrySnapshotPtr snapshot, EntryOrder order)
{
    beginResetModel();
    m_snapshot = std::move(snapshot);
    m_order = std::move(order);
    endResetModel();
}

void EntriesModel::tick(WallTime now, int firstRow, int lastRow)
{
    m_now = now;
    const int last = std::min(lastRow, rowCount() - 1);
    if (firstRow < 0 || last < firstRow)
        return;
    const auto changing = [&](EntryColumn from, EntryColumn to) {
        Q_EMIT dataChanged(index(firstRow, static_cast<int>(from)), index(last, static_cast<int>(to)));
    };
    changing(EntryColumn::Levels, EntryColumn::TtlLeft);
    changing(EntryColumn::State, EntryColumn::State);
}

Millis EntriesModel::since() const
{
    return m_snapshot ? std::max(Millis::zero(), m_now - m_snapshot->page.taken) : Millis::zero();
}

const EntryRow *EntriesModel::rowAt(int row) const
{
    return row >= 0 && row < rowCount() ? &m_snapshot->page.rows[m_order[static_cast<std::size_t>(row)]] : nullptr;
}

EntryMoment EntriesModel::momentAt(int row) const
{
    const EntryRow *entry = rowAt(row);
    return entry ? momentOf(*entry, m_snapshot->context, since()) : EntryMoment();
}

int EntriesModel::rowOf(const CacheKey &key) const
{
    if (!m_snapshot)
        return -1;
    const auto &rows = m_snapshot->page.rows;
    const auto found = std::lower_bound(
        rows.begin(), rows.end(), key, [](const EntryRow &row, const CacheKey &wanted) { return row.key < wanted; });
    if (found == rows.end() || found->key != key)
        return -1;
    const auto place = std::find(m_order.begin(), m_order.end(), static_cast<quint32>(found - rows.begin()));
    return place == m_order.end() ? -1 : static_cast<int>(place - m_order.begin());
}

int EntriesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int EntriesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : entryColumnCount;
}

QVariant EntriesModel::data(const QModelIndex &index, int role) const
{
    const EntryRow *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (!row)
        return {};
    const auto column = static_cast<EntryColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole: return entryText(*row, momentAt(index.row()), column);
    case Qt::AccessibleTextRole: return entryAccessibleText(*row, momentAt(index.row()), column);
    case Qt::ToolTipRole: return entryToolTip(*row, momentAt(index.row()), column);
    case Qt::TextAlignmentRole:
        if (column == EntryColumn::Hits || column == EntryColumn::Size || column == EntryColumn::Deps)
            return QVariant::fromValue(int(Qt::AlignRight | Qt::AlignVCenter));
        return {};
    case KeyRole: return QString::fromStdString(row->key.text());
    case MomentRole: return QVariant::fromValue(momentAt(index.row()));
    default: return {};
    }
}

QVariant EntriesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= entryColumnCount)
        return {};
    if (role == Qt::DisplayRole)
        return entryColumnTitle(static_cast<EntryColumn>(section));
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(int(Qt::AlignLeft | Qt::AlignVCenter));
    return {};
}

void EntriesModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, entryColumnCount - 1);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, entryColumnCount - 1));
}

} // namespace insitecache
