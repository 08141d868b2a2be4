// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QTimer>

#include <insitecache/base/clock.h>

namespace insitecache {

/// Tries again after 1 s, and each further time after twice as long, up to 30 s. One thread, with an event loop.
class RetryTimer {
public:
    RetryTimer();

    std::function<void()> onRetry;

    /// Unless it waits already.
    void start();
    void stop() { m_timer.stop(); }
    /// It worked: the next wait is a short one again.
    void reset();
    bool isWaiting() const { return m_timer.isActive(); }

private:
    Millis m_wait;
    QTimer m_timer;
};

} // namespace insitecache
