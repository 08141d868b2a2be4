// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/invalidationhistory.h"

#include "formatting/format.h"
#include "models/invalidationrules.h"

namespace insitecache {

void InvalidationHistory::add(const Invalidation &wish, const InvalidationResult &result, WallTime when)
{
    if (rowCount() == most) {
        beginRemoveRows({}, most - 1, most - 1);
        m_items.pop_back();
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_items.push_front({wish, result, when});
    endInsertRows();
}

const Invalidation *InvalidationHistory::wishAt(int row) const
{
    return row >= 0 && row < rowCount() ? &m_items[static_cast<std::size_t>(row)].wish : nullptr;
}

int InvalidationHistory::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QString InvalidationHistory::describe(const Item &item)
{
    QString first = QStringLiteral("%1  %2").arg(
        format::timeOfDay(item.when), QString::fromStdString(item.wish.which.describe()));
    if (item.wish.dependents)
        first += QStringLiteral("  ") + tr("and dependents");
    QString second = invalidationOutcome(item.result, item.wish.expire);
    for (const auto &failure : item.result.partial)
        second += QStringLiteral(" · %1 ✖").arg(format::stage(failure.stage));
    return first + QLatin1Char('\n') + second;
}

QVariant InvalidationHistory::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !wishAt(index.row()))
        return {};
    const Item &item = m_items[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return describe(item);
    case Qt::AccessibleTextRole: return describe(item).replace(u'\n', QStringLiteral(", "));
    case Qt::ToolTipRole: return QString::fromStdString(item.wish.reason).toHtmlEscaped();
    default: return {};
    }
}

void InvalidationHistory::retranslate()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

} // namespace insitecache
