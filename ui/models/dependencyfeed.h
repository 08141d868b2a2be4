// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>

#include "models/keygraph.h"

namespace insitecache {

/// Reads all dependencies and what the tiers hold of their keys: every few seconds, rarer when an answer takes long,
/// and never twice at a time. The graph is built on the thread pool.
class DependencyFeed : public QObject {
    Q_OBJECT

public:
    /// The monitor must outlive the feed.
    explicit DependencyFeed(Monitor &monitor, QObject *parent = nullptr);

    void setConfigured(const std::array<bool, tierCount> &configured) { m_configured = configured; }
    /// Now, or as soon as the running question is answered.
    void ask();
    /// When it is time again.
    void askIfDue();
    /// How long ago the newest answer was taken.
    Millis age() const;

Q_SIGNALS:
    void arrived(const insitecache::KeyGraphPtr &graph);
    void failed(const insitecache::Error &error);

private:
    void start();
    void answered(Result<DependencyPage> page);
    void build(DependencyPage page);
    void finish();

    Monitor &m_monitor;
    std::array<bool, tierCount> m_configured{true, true, true};
    bool m_asking = false;
    bool m_again = false;
    QElapsedTimer m_asked;    ///< since the running or last question
    QElapsedTimer m_answered; ///< since the last answer
    qint64 m_lastTook = 0;    ///< ms
};

} // namespace insitecache
