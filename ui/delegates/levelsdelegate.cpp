// SPDX-License-Identifier: GPL-3.0-or-later
#include "delegates/levelsdelegate.h"

#include <QPainter>

#include "delegates/levelmark.h"
#include "models/entriesmodel.h"

namespace insitecache {

namespace {

constexpr double levelsPitch = 22;
constexpr double levelsRadius = 5;

} // namespace

void LevelsDelegate::paintCell(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto moment = index.data(EntriesModel::MomentRole).value<EntryMoment>();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int tier = 0; tier < tierCount; ++tier) {
        const LevelMark mark = moment.levels[static_cast<std::size_t>(tier)];
        const QPointF centre(option.rect.left() + 14 + tier * levelsPitch, QRectF(option.rect).center().y());
        // On a selection the tiers' own colours could not be told from it.
        const QColor onSelection = hasLevelShape(mark) ? textColour(option) : faintColour(option);
        const QColor colour = selected ? onSelection : levelColour(mark, tier, faintColour(option));
        drawLevelMark(painter, mark, tier, centre, levelsRadius, colour);
    }
}

} // namespace insitecache
