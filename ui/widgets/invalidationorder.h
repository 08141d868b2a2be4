// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QObject>

#include <insitecache/monitor/monitor.h>

#include "models/invalidationrules.h"
#include "widgets/profilebadge.h"

namespace insitecache {

struct InvalidationQuestion;

/// Carries an invalidation out: counts once more, asks where much is at stake, then does it. One at a time.
class InvalidationOrder : public QObject {
    Q_OBJECT

public:
    /// Questions are shown over `window`, which owns the order. The monitor must outlive it.
    InvalidationOrder(Monitor &monitor, QWidget *window);

    void setProfile(ProfileBadge::Kind kind, const QString &name);
    bool isBusy() const { return m_busy; }
    /// `previewed`: how many keys the reader agreed to. Does nothing while busy.
    void give(const Invalidation &wish, std::uint64_t previewed);
    /// As give(), but it happens at `due`.
    void giveLater(const Invalidation &wish, WallTime due);
    /// Without a question, for what was agreed to before.
    void carryOut(const Invalidation &wish);

Q_SIGNALS:
    void busyChanged();
    void counted(const insitecache::Invalidation &wish, const insitecache::InvalidationPreview &preview);
    void scheduled(const insitecache::ScheduledInvalidation &scheduled);
    void notScheduled(const insitecache::Error &error);
    void finished(const insitecache::Invalidation &wish, const insitecache::InvalidationResult &result);

private:
    void setBusy(bool busy);
    InvalidationQuestion questionFor(const Invalidation &wish, const InvalidationPreview &preview) const;
    void recounted(const Invalidation &wish, const InvalidationPreview &preview, std::uint64_t previewed);
    void schedule(const Invalidation &wish, WallTime due);
    InvalidationSize sizeOf(const Invalidation &wish, const InvalidationPreview &preview) const;
    QString details(const Invalidation &wish, const InvalidationPreview &preview, const InvalidationSize &size) const;
    void ask(
        const Invalidation &wish, const InvalidationQuestion &question, std::function<void(const Invalidation &)> goOn);

    Monitor &m_monitor;
    QWidget *m_window;
    ProfileBadge::Kind m_kind = ProfileBadge::Kind::Demo;
    QString m_profile;
    bool m_busy = false;
};

} // namespace insitecache
