// SPDX-License-Identifier: GPL-3.0-or-later
#include "delegates/ttldelegate.h"

#include <QPainter>

#include "formatting/format.h"
#include "models/entriesmodel.h"
#include "theme/theme.h"

namespace insitecache {

namespace {

constexpr int ttlBarHeight = 3;

void drawTtlBar(QPainter &painter, const QRectF &bar, const EntryMoment &moment, const QColor &track, const QColor &ink)
{
    painter.fillRect(bar, track);
    painter.fillRect(QRectF(bar.topLeft(), QSizeF(bar.width() * moment.lifeLeft, bar.height())), ink);
    if (moment.refreshBelow > 0) {
        const double x = bar.left() + bar.width() * moment.refreshBelow;
        painter.fillRect(QRectF(x - 0.75, bar.top() - 3, 1.5, bar.height() + 4), painter.pen().color());
    }
}

} // namespace

void TtlDelegate::paintCell(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto moment = index.data(EntriesModel::MomentRole).value<EntryMoment>();
    const bool expired = moment.ttl <= Millis::zero();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QRect area = option.rect.adjusted(6, 2, -8, -4);
    const bool hasBar = !expired && !moment.keptForEver;
    QString text = index.data().toString();
    if (moment.state == EntryState::RefreshDue)
        text += QStringLiteral("  ⟳");
    if (expired && painter.fontMetrics().horizontalAdvance(text) > area.width())
        text = format::ttl(moment.ttl); // the tool tip has the whole of it
    painter.setPen(expired || moment.keptForEver ? faintColour(option) : textColour(option));
    painter.drawText(area.adjusted(0, 0, 0, hasBar ? -ttlBarHeight - 1 : 2), Qt::AlignVCenter | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(text, Qt::ElideRight, area.width()));
    if (!hasBar)
        return;
    QColor track = textColour(option);
    track.setAlphaF(0.16F);
    const QColor ink = selected ? textColour(option) : option.palette.color(QPalette::Highlight);
    drawTtlBar(
        painter, QRectF(area.left(), area.bottom() - ttlBarHeight + 1, area.width(), ttlBarHeight), moment, track, ink);
}

} // namespace insitecache
