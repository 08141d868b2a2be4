// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QObject>

namespace insitecache {

/// One point in time that all charts show together. GUI thread.
class TimeCursor : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Milliseconds since 1970; empty: live.
    std::optional<qint64> at() const { return m_at; }
    /// The chart that moved it last, as an opaque name.
    const QObject *owner() const { return m_owner; }
    bool isPinned() const { return m_pinned; }

    void hover(qint64 at, const QObject *owner);
    void leave();
    void pin(qint64 at, const QObject *owner);
    void release();

Q_SIGNALS:
    void changed();

private:
    void set(std::optional<qint64> at, const QObject *owner, bool pinned);

    std::optional<qint64> m_at;
    const QObject *m_owner = nullptr;
    bool m_pinned = false;
};

} // namespace insitecache
