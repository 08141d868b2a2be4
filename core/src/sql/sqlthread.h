// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>

#include <QObject>
#include <QThread>

#include <insitecache/base/clock.h>

namespace insitecache {

/// A thread of its own for SQL, which blocks: jobs run there one after the other, and what they found is delivered on
/// the thread that made this object. It knows nothing of databases.
///
/// Threads: made, used and destroyed on one thread, which needs an event loop. Only deliver() and every() are for the
/// jobs, on the SQL thread.
class SqlThread {
public:
    explicit SqlThread(const QString &name);
    ~SqlThread();

    void post(std::function<void()> job);
    /// Waits until the job is done.
    void run(const std::function<void()> &job);
    /// Repeats `work`, until close().
    void every(Millis interval, std::function<void()> work);
    /// Runs `callback` on the owner's thread, in the order of the calls; several in one turn of its event loop.
    void deliver(std::function<void()> callback);

    /// Runs `last` behind everything posted so far, ends the thread and delivers what is left to deliver. Later posts
    /// are not run.
    void close(const std::function<void()> &last);
    bool isClosed() const { return m_closed; }

private:
    void deliverFinished();

    QThread m_thread;
    std::unique_ptr<QObject> m_worker; ///< lives on m_thread, owns its timers
    std::unique_ptr<QObject> m_owner;  ///< lives on the owner's thread
    bool m_closed = false;

    std::mutex m_mutex; ///< guards m_finished
    std::deque<std::function<void()>> m_finished;
};

} // namespace insitecache
