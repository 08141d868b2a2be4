// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/eventjournal.h"

#include <algorithm>

namespace insitecache {

namespace {

/// What somebody did to an alert says nothing about the curves.
bool belongsOnCharts(EventKind kind)
{
    return kind != EventKind::Acknowledged;
}

} // namespace

EventPtr EventJournal::add(Event event)
{
    event.id = ++m_newest;
    const auto kept = std::make_shared<const Event>(std::move(event));
    m_events.push_back(kept);
    if (m_events.size() > most)
        m_events.pop_front();
    if (belongsOnCharts(kept->kind)) {
        m_markers.push_back(kept);
        if (m_markers.size() > mostMarkers)
            m_markers.pop_front();
    }
    if (m_follower)
        m_follower(kept);
    return kept;
}

std::vector<EventPtr> EventJournal::after(std::uint64_t id) const
{
    const auto first = std::upper_bound(m_events.begin(), m_events.end(), id,
        [](std::uint64_t wanted, const EventPtr &event) { return wanted < event->id; });
    return {first, m_events.end()};
}

} // namespace insitecache
