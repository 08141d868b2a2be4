// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include <insitecache/monitor/event.h>

#include "monitor/eventlogfile.h"

namespace insitecache {

/// Writes events into a file on a thread of its own, so that a slow disk holds nobody up. Beyond ten thousand that wait
/// the oldest are dropped: they stay in memory all the same. Any thread; the destructor writes what waits.
class EventLogWriter {
public:
    static constexpr std::size_t mostWaiting = 10'000;
    /// `failed` is told once of a file that cannot be written, and again only after it could; on the writer's thread.
    EventLogWriter(EventLogFile file, std::function<void(const Error &)> failed);
    ~EventLogWriter();

    void write(const EventPtr &event);
    /// Where the events go; empty before the first one.
    std::string path() const;

private:
    void run();
    void append(const std::deque<EventPtr> &events);

    EventLogFile m_file; ///< only the thread uses it
    std::function<void(const Error &)> m_failed;
    bool m_hasFailed = false;
    mutable std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_wake;
    std::deque<EventPtr> m_waiting;
    std::string m_path;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace insitecache
