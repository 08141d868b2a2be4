// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/retrytimer.h"

#include <algorithm>

namespace insitecache {

namespace {
constexpr Millis firstRetry{1'000}, lastRetry{30'000};
} // namespace

RetryTimer::RetryTimer() : m_wait(firstRetry)
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { onRetry(); });
}

void RetryTimer::start()
{
    if (m_timer.isActive())
        return;
    m_timer.start(m_wait);
    m_wait = std::min(m_wait * 2, lastRetry);
}

void RetryTimer::reset()
{
    m_wait = firstRetry;
}

} // namespace insitecache
