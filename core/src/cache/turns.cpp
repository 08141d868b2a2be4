// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/turns.h"

#include <utility>

namespace insitecache {

Turns::Turns()
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { run(); });
}

void Turns::later(std::function<void()> work)
{
    if (m_closed)
        return work();
    m_waiting.push_back(std::move(work));
    if (!m_timer.isActive())
        m_timer.start(0);
}

void Turns::close()
{
    m_closed = true;
    m_timer.stop();
    run();
}

void Turns::run()
{
    for (const auto &work : std::exchange(m_waiting, {}))
        work();
}

} // namespace insitecache
