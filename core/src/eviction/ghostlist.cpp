// SPDX-License-Identifier: GPL-3.0-or-later
#include "eviction/ghostlist.h"

#include <algorithm>
#include <bit>

namespace insitecache {

GhostList::Mark GhostList::markOf(std::uint64_t hash)
{
    const auto mark = Mark(hash >> 32);
    return mark == 0 ? 1 : mark;
}

void GhostList::resize(std::size_t limit)
{
    if (limit == m_ring.size())
        return;
    const std::vector<Mark> old = std::move(m_ring);
    const std::size_t oldest = old.empty() ? 0 : m_next;
    m_ring.assign(limit, 0);
    m_table.assign(limit == 0 ? 0 : std::bit_ceil(limit * 2), 0);
    m_next = 0;
    const std::size_t dropped = old.size() > limit ? old.size() - limit : 0;
    for (std::size_t i = dropped; i < old.size(); ++i) {
        if (const Mark mark = old[(oldest + i) % old.size()])
            insert(mark);
    }
}

std::size_t GhostList::find(Mark mark) const
{
    std::size_t slot = home(mark);
    while (m_table[slot] != 0 && m_ring[m_table[slot] - 1] != mark)
        slot = (slot + 1) & (m_table.size() - 1);
    return slot;
}

void GhostList::put(std::uint64_t hash)
{
    if (m_ring.empty())
        return;
    take(hash);
    insert(markOf(hash));
}

bool GhostList::take(std::uint64_t hash)
{
    if (m_ring.empty())
        return false;
    const std::size_t slot = find(markOf(hash));
    if (m_table[slot] == 0)
        return false;
    m_ring[m_table[slot] - 1] = 0;
    eraseSlot(slot);
    return true;
}

void GhostList::insert(Mark mark)
{
    if (const Mark oldest = m_ring[m_next]) {
        const std::size_t slot = find(oldest);
        m_ring[m_next] = 0;
        eraseSlot(slot);
    }
    m_table[find(mark)] = Place(m_next + 1);
    m_ring[m_next] = mark;
    m_next = (m_next + 1) % m_ring.size();
}

// Moves what was pushed aside back into the gap, so that no search ends early (Knuth, TAOCP 3, 6.4 algorithm R).
void GhostList::eraseSlot(std::size_t slot)
{
    const std::size_t mask = m_table.size() - 1;
    std::size_t gap = slot;
    m_table[gap] = 0;
    for (std::size_t next = (gap + 1) & mask; m_table[next] != 0; next = (next + 1) & mask) {
        const std::size_t wanted = home(m_ring[m_table[next] - 1]);
        if (((next - wanted) & mask) < ((next - gap) & mask))
            continue;
        m_table[gap] = m_table[next];
        m_table[next] = 0;
        gap = next;
    }
}

} // namespace insitecache
