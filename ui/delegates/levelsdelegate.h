// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "delegates/celldelegate.h"

namespace insitecache {

/// Which tiers hold the key: ● ◆ ■ filled when fresh, hollow when expired but still held.
class LevelsDelegate : public CellDelegate {
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

protected:
    void paintCell(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace insitecache
