// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>

#include <QStringList>

#include <insitecache/monitor/event.h>

namespace insitecache {

/// What kinds of events belong together.
enum class EventGroup { Invalidations, Tiers, Objectives, Changes, Bookmarks };
EventGroup eventGroup(EventKind kind);

/// Which events are shown: an empty set leaves everything, each word has to occur somewhere in the event's words, in
/// the language that is shown, in its raw detail or the stable name of its kind.
class EventFilter {
public:
    std::set<EventSeverity> severities;
    std::set<EventGroup> groups;

    void setText(const QString &text) { m_words = text.simplified().split(u' ', Qt::SkipEmptyParts); }
    bool isEmpty() const { return severities.empty() && groups.empty() && m_words.isEmpty(); }
    bool matches(const Event &event) const;

private:
    QStringList m_words;
};

} // namespace insitecache
