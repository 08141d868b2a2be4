// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "delegates/celldelegate.h"

namespace insitecache {

/// A key in fixed width: the type faint, the identity plain, the middle left out where it does not fit.
class KeyDelegate : public CellDelegate {
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

protected:
    void paintCell(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace insitecache
