// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "models/entryarrangement.h"
#include "models/questionpace.h"

namespace insitecache {

/// Asks the tiers what they hold: every few seconds, rarer when an answer takes long, and never twice at a time.
class EntriesFeed : public QObject {
    Q_OBJECT

public:
    /// The monitor must outlive the feed.
    explicit EntriesFeed(Monitor &monitor, QObject *parent = nullptr);

    static constexpr std::size_t limit = 50'000;

    void setSelector(const Selector &which);
    void setConfigured(const std::array<bool, tierCount> &configured) { m_configured = configured; }
    /// Now, or as soon as the running question is answered.
    void ask();
    /// When it is time again.
    void askIfDue();
    bool isAsking() const { return m_pace.isAsking(); }
    /// The cache's own wall clock, counted on from the newest answer.
    WallTime now() const;

Q_SIGNALS:
    void arrived(const insitecache::EntrySnapshotPtr &snapshot);

private:
    void start();
    void answered(EntryPage page);

    Monitor &m_monitor;
    Selector m_which = Selector::all();
    std::array<bool, tierCount> m_configured{true, true, true};
    QuestionPace m_pace;
    WallTime m_taken{};
};

} // namespace insitecache
