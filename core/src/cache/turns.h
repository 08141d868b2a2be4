// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <functional>

#include <QTimer>

namespace insitecache {

/// Lets the other work of the thread come in between: what is put off runs in the next turn of the event loop, after
/// sockets and timers had theirs. (A posted event would run in the same turn.)
/// One thread, with an event loop. It must not be destroyed from what it runs.
class Turns {
public:
    Turns();

    void later(std::function<void()> work);
    /// What waits runs now, and what comes later runs at once: the loop is about to end.
    void close();

private:
    void run();

    QTimer m_timer;
    std::deque<std::function<void()>> m_waiting;
    bool m_closed = false;
};

} // namespace insitecache
