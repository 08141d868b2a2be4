// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "models/keygraph.h"
#include "models/questionpace.h"

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
    Millis age() const { return m_pace.age(); }

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
    QuestionPace m_pace;
};

} // namespace insitecache
