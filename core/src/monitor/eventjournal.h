// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <functional>
#include <vector>

#include <insitecache/monitor/event.h>

namespace insitecache {

/// The newest ten thousand events, numbered, and those of them that charts show. Not thread-safe: the monitor's lock
/// guards it.
class EventJournal {
public:
    static constexpr std::size_t most = 10'000;
    static constexpr std::size_t mostMarkers = 200;

    /// Hears of every event when it gets its number. Must not block.
    void setFollower(std::function<void(const EventPtr &)> follower) { m_follower = std::move(follower); }
    /// Gives it its number.
    EventPtr add(Event event);
    /// Oldest first.
    std::vector<EventPtr> after(std::uint64_t id) const;
    std::vector<EventPtr> markers() const { return {m_markers.begin(), m_markers.end()}; }
    std::uint64_t newest() const { return m_newest; }

private:
    std::deque<EventPtr> m_events, m_markers;
    std::uint64_t m_newest = 0;
    std::function<void(const EventPtr &)> m_follower;
};

} // namespace insitecache
