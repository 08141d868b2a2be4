// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/lookuphistory.h"

#include "formatting/format.h"

namespace insitecache {

void LookupHistory::add(const Lookup &lookup, WallTime when)
{
    if (rowCount() == most) {
        beginRemoveRows({}, most - 1, most - 1);
        m_items.pop_back();
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_items.push_front({lookup, when});
    endInsertRows();
}

const Lookup *LookupHistory::lookupAt(int row) const
{
    return row >= 0 && row < rowCount() ? &m_items[static_cast<std::size_t>(row)].lookup : nullptr;
}

int LookupHistory::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant LookupHistory::data(const QModelIndex &index, int role) const
{
    const Lookup *lookup = index.isValid() ? lookupAt(index.row()) : nullptr;
    if (!lookup || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    const QString from = lookup->answeredBy == Stage::None ? tr("failed") : format::stage(lookup->answeredBy);
    return QStringLiteral("%1  %2  ·  %3  ·  %4")
        .arg(format::timeOfDay(m_items[static_cast<std::size_t>(index.row())].when),
            QString::fromStdString(lookup->key.text()), from, format::millis(toMillisF(lookup->total)));
}

void LookupHistory::retranslate()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

} // namespace insitecache
