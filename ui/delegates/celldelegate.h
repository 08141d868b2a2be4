// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace insitecache {

/// A painted cell: background, selection and focus as the style draws them, the inside by paintCell().
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    virtual void paintCell(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const = 0;
    /// Of text on this row, selected or not.
    static QColor textColour(const QStyleOptionViewItem &option);
    /// Of text that matters less.
    static QColor faintColour(const QStyleOptionViewItem &option);
};

} // namespace insitecache
