// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <insitecache/monitor/snapshot.h>

namespace insitecache {

/// What is still owed to the tiers: removals that were not confirmed, writes that L3 does not have yet. Only there
/// while there is something, and a few seconds longer, so that the strip does not jump with every short queue.
class BacklogChip : public QWidget {
    Q_OBJECT

public:
    explicit BacklogChip(QWidget *parent);

    void show(const Snapshot &snapshot);
    using QWidget::show;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    std::uint64_t waiting() const { return m_outbox.waiting + m_writes.waiting; }
    QString countText() const;
    QString ageText() const;
    void describe();

    Backlog m_outbox, m_writes;
    WallTime m_lastWaiting{};
};

} // namespace insitecache
