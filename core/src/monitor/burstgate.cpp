// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/burstgate.h"

#include <utility>

namespace insitecache {

namespace {

constexpr Duration gatherFor = std::chrono::seconds(10);

} // namespace

std::uint64_t BurstGate::pass(SteadyTime now, std::uint64_t count)
{
    if (count == 0)
        return 0;
    if (m_opened) {
        m_waiting += count;
        return 0;
    }
    m_opened = now;
    return count;
}

std::uint64_t BurstGate::gathered(SteadyTime now)
{
    if (!m_opened || now - *m_opened < gatherFor)
        return 0;
    // What goes on is told of every ten seconds, without a first one in between.
    if (m_waiting == 0)
        m_opened.reset();
    else
        m_opened = now;
    return std::exchange(m_waiting, 0);
}

} // namespace insitecache
