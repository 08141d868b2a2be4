// SPDX-License-Identifier: GPL-3.0-or-later
#include "delegates/keydelegate.h"

#include <QPainter>

#include "theme/fonts.h"

namespace insitecache {

void KeyDelegate::paintCell(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter.setFont(monospaceFont());
    const QRect area = option.rect.adjusted(6, 0, -6, 0);
    const QFontMetrics metrics = painter.fontMetrics();
    const QString key = index.data().toString();
    const QString shown = metrics.elidedText(key, Qt::ElideMiddle, area.width());
    const qsizetype colon = shown.indexOf(QLatin1Char(':'));
    const QString type = shown.left(colon + 1);
    painter.setPen(faintColour(option));
    painter.drawText(area, Qt::AlignVCenter | Qt::TextSingleLine, type);
    painter.setPen(textColour(option));
    painter.drawText(area.adjusted(metrics.horizontalAdvance(type), 0, 0, 0), Qt::AlignVCenter | Qt::TextSingleLine,
        shown.mid(colon + 1));
}

} // namespace insitecache
