// SPDX-License-Identifier: GPL-3.0-or-later
#include "delegates/levelsdelegate.h"

#include <QPainter>

#include "models/entriesmodel.h"
#include "theme/theme.h"

namespace insitecache {

namespace {

constexpr double levelsPitch = 22;
constexpr double levelsRadius = 5;

void drawLevelShape(QPainter &painter, int tier, QPointF centre)
{
    const double r = levelsRadius;
    switch (tier) {
    case 0: return painter.drawEllipse(centre, r, r);
    case 1:
        return painter.drawPolygon(QPolygonF({centre + QPointF(0, -r - 1), centre + QPointF(r + 1, 0),
            centre + QPointF(0, r + 1), centre + QPointF(-r - 1, 0)}));
    default: painter.drawRect(QRectF(centre - QPointF(r - 0.5, r - 0.5), QSizeF(2 * r - 1, 2 * r - 1)));
    }
}

QString levelsSign(LevelMark mark)
{
    switch (mark) {
    case LevelMark::Differs: return QStringLiteral("≠");
    case LevelMark::Absent: return QStringLiteral("–");
    case LevelMark::Unreachable: return QStringLiteral("?");
    default: return QStringLiteral("·");
    }
}

} // namespace

void LevelsDelegate::paintCell(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto moment = index.data(EntriesModel::MomentRole).value<EntryMoment>();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int tier = 0; tier < tierCount; ++tier) {
        const LevelMark mark = moment.levels[static_cast<std::size_t>(tier)];
        const QPointF centre(option.rect.left() + 14 + tier * levelsPitch, QRectF(option.rect).center().y());
        if (mark == LevelMark::Fresh || mark == LevelMark::Expired) {
            const QColor colour = selected ? textColour(option) : inkColor(inkOf(static_cast<Stage>(tier)));
            painter.setPen(QPen(colour, 1.6));
            painter.setBrush(mark == LevelMark::Fresh ? QBrush(colour) : QBrush(Qt::NoBrush));
            drawLevelShape(painter, tier, centre);
            continue;
        }
        const bool wrong = mark == LevelMark::Differs || mark == LevelMark::Unreachable;
        painter.setPen(wrong && !selected ? inkColor(Ink::Error) : faintColour(option));
        painter.drawText(QRectF(centre - QPointF(10, 12), QSizeF(20, 24)), Qt::AlignCenter, levelsSign(mark));
    }
}

} // namespace insitecache
