// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

#include <insitecache/base/clock.h>

namespace insitecache {

/// Decides when asking is no longer worth it: after 3 failures in a row, or when a row of failures lasts for 1 s.
/// Open, it stays open until whoever owns the probe says that the other side was reached; then one more failure
/// opens it again, one success closes it. Reached and not asked anything, it waits: time alone opens nothing.
/// It probes nothing itself. One thread.
class CircuitBreaker {
public:
    static constexpr int failuresToOpen = 3;
    static constexpr Millis timeToOpen{1000};

    explicit CircuitBreaker(const Clock &clock) : m_clock(clock) {}

    bool isOpen() const
    {
        return m_failures >= failuresToOpen || (m_failures > 0 && m_clock.now() - m_firstFailure >= timeToOpen);
    }
    void failed()
    {
        if (m_failures++ == 0 || m_firstFailure == noneSince)
            m_firstFailure = m_clock.now();
    }
    void succeeded() { m_failures = 0; }
    void reached()
    {
        m_failures = std::min(m_failures, failuresToOpen - 1);
        m_firstFailure = noneSince;
    }

private:
    static constexpr SteadyTime noneSince = SteadyTime::max(); ///< it was reached: what failed before lasts no longer

    const Clock &m_clock;
    int m_failures = 0;
    SteadyTime m_firstFailure{};
};

} // namespace insitecache
