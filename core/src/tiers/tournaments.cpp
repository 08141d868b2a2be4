// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/tournaments.h"

#include <algorithm>

namespace insitecache {

void Tournaments::make(PartitionId id)
{
    const std::lock_guard lock(m_mutex);
    One &one = m_of[id];
    if (one.isDecided.load(std::memory_order_relaxed))
        return;
    const std::uint64_t wanted = WindowTournament::bytesFor(m_expectedEntries);
    if (m_reserved + wanted <= m_mostBytes) {
        m_reserved += wanted;
        one.owned = std::make_unique<WindowTournament>(m_expectedEntries);
        one.started.store(one.owned.get(), std::memory_order_release);
        m_beyond.store(std::max(m_beyond.load(std::memory_order_relaxed), id + 1), std::memory_order_release);
    }
    one.isDecided.store(true, std::memory_order_release);
}

std::uint64_t Tournaments::bytes() const
{
    std::uint64_t sum = 0;
    for (PartitionId id = 0; id < m_beyond.load(std::memory_order_acquire); ++id) {
        const WindowTournament *tournament = m_of[id].started.load(std::memory_order_acquire);
        sum += tournament ? tournament->bytes() : 0;
    }
    return sum;
}

} // namespace insitecache
