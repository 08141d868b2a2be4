// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/newsfilter.h"

#include <utility>

#include "models/eventtexts.h"

namespace insitecache {

namespace {

constexpr Millis newsApart{60'000};

} // namespace

bool NewsFilter::isDue(const Event &event)
{
    Told &told = m_told[event.target];
    if (!isBadNews(event.kind))
        return std::exchange(told.open, false);
    if (told.last != WallTime{} && event.time - told.last < newsApart)
        return false;
    told = {event.time, true};
    return true;
}

std::vector<EventPtr> NewsFilter::take(const Snapshot &snapshot)
{
    std::vector<EventPtr> news;
    for (const EventPtr &event : snapshot.markers) {
        if (event->id > m_seen && !eventSentence(*event).isEmpty() && isDue(*event))
            news.push_back(event);
    }
    m_seen = snapshot.newestEvent;
    return news;
}

} // namespace insitecache
