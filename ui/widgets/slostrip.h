// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "widgets/backlogchip.h"
#include "widgets/slotile.h"
#include "widgets/tierchip.h"

namespace insitecache {

/// "Is it fine?" in one second: the objectives, the state of every tier, and what is owed to them.
class SloStrip : public QWidget {
    Q_OBJECT

public:
    explicit SloStrip(QWidget *parent = nullptr);

    /// Once a second, also while drawing elsewhere is paused.
    void showSnapshot(const Snapshot &snapshot, SeriesRange range);

Q_SIGNALS:
    void tileClicked(insitecache::SloKind kind);

private:
    SloTile *m_tiles[sloKindCount];
    TierChip *m_chips[tierCount + 1];
    BacklogChip *m_backlog;
};

/// Up, down, off; for sources: degraded while some of them are frozen or failing, down when all are.
TierHealth tierHealth(const TierState &tier);
TierHealth sourceHealth(const std::vector<SourceStatus> &sources);

} // namespace insitecache
