// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/invalidationhistory.h"

#include <algorithm>

#include "formatting/format.h"
#include "models/invalidationrules.h"
#include "models/targetwords.h"

namespace insitecache {

namespace {

// The mark is made where the work is done, the row when this window hears of it.
constexpr Millis historyReach{3000};

} // namespace

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

int InvalidationHistory::rowNear(WallTime time) const
{
    const auto distance = [time](const Item &item) { return std::chrono::abs(item.when - time); };
    const auto nearest = std::min_element(
        m_items.begin(), m_items.end(), [&](const Item &a, const Item &b) { return distance(a) < distance(b); });
    return nearest == m_items.end() || distance(*nearest) > historyReach ? -1
                                                                         : static_cast<int>(nearest - m_items.begin());
}

int InvalidationHistory::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QString InvalidationHistory::describe(const Item &item)
{
    const QString first = QStringLiteral("%1  %2").arg(format::timeOfDay(item.when), targetWords(item.wish));
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
