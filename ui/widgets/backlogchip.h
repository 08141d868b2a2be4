// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <insitecache/monitor/snapshot.h>

#include "widgets/twolinechip.h"

namespace insitecache {

/// What is still owed to the tiers: removals that were not confirmed, writes that L3 does not have yet. Only there
/// while there is something, and a few seconds longer, so that the strip does not jump with every short queue.
class BacklogChip : public TwoLineChip {
    Q_OBJECT

public:
    explicit BacklogChip(QWidget *parent);

    void show(const Snapshot &snapshot);
    using QWidget::show;

protected:
    Look look() const override;
    void describe() override;

private:
    std::uint64_t waiting() const { return m_outbox.waiting + m_writes.waiting; }
    QString countText() const;
    QString ageText() const;

    Backlog m_outbox, m_writes;
    WallTime m_lastWaiting{};
};

} // namespace insitecache
