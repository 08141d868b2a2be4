// SPDX-License-Identifier: GPL-3.0-or-later
#include "delegates/celldelegate.h"

#include <QPainter>
#include <QWidget>

namespace insitecache {

namespace {

bool isSelectedCell(const QStyleOptionViewItem &option)
{
    return option.state.testFlag(QStyle::State_Selected);
}

} // namespace

// What is painted under the text, such as the bar of a TTL, needs room too.
QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize usual = QStyledItemDelegate::sizeHint(option, index);
    return {usual.width(), std::max(usual.height(), option.fontMetrics.height() + 10)};
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    cell.text.clear();
    cell.widget->style()->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
    painter->save();
    painter->setClipRect(cell.rect);
    painter->setFont(cell.font);
    paintCell(*painter, cell, index);
    painter->restore();
}

QColor CellDelegate::textColour(const QStyleOptionViewItem &option)
{
    const auto group = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    return option.palette.color(group, isSelectedCell(option) ? QPalette::HighlightedText : QPalette::Text);
}

QColor CellDelegate::faintColour(const QStyleOptionViewItem &option)
{
    if (!isSelectedCell(option))
        return option.palette.color(QPalette::PlaceholderText);
    QColor faint = textColour(option);
    faint.setAlphaF(0.8F);
    return faint;
}

} // namespace insitecache
