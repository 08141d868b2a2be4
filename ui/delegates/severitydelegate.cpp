// SPDX-License-Identifier: GPL-3.0-or-later
#include "delegates/severitydelegate.h"

#include "models/eventsmodel.h"
#include "theme/theme.h"

namespace insitecache {

void SeverityDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto severity = static_cast<EventSeverity>(index.data(EventsModel::SeverityRole).toInt());
    if (severity != EventSeverity::Info)
        option->palette.setColor(QPalette::Text, inkColor(Ink::Error));
}

} // namespace insitecache
