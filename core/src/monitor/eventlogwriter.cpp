// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/eventlogwriter.h"

namespace insitecache {

EventLogWriter::EventLogWriter(EventLogFile file, std::function<void(const Error &)> failed) :
    m_file(std::move(file)), m_failed(std::move(failed)), m_thread([this] { run(); })
{}

EventLogWriter::~EventLogWriter()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void EventLogWriter::write(const EventPtr &event)
{
    // It tells of the very file it would go to.
    if (event->kind == EventKind::LogFailed)
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(event);
        if (m_waiting.size() > mostWaiting)
            m_waiting.pop_front();
    }
    m_wake.notify_one();
}

std::string EventLogWriter::path() const
{
    const std::lock_guard lock(m_mutex);
    return m_path;
}

void EventLogWriter::run()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, [this] { return m_ending || !m_waiting.empty(); });
        if (m_waiting.empty())
            return;
        std::deque<EventPtr> events;
        events.swap(m_waiting);
        lock.unlock();
        append(events);
        lock.lock();
        m_path = m_file.path();
    }
}

void EventLogWriter::append(const std::deque<EventPtr> &events)
{
    std::string lines;
    for (const EventPtr &event : events)
        lines += eventJson(*event) + '\n';
    const Status written = m_file.append(lines);
    if (!written && !m_hasFailed)
        m_failed(written.error());
    m_hasFailed = !written;
}

} // namespace insitecache
