// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/expirywheel.h"

#include <bit>
#include <limits>
#include <utility>

namespace insitecache {

// The level is that of the highest digit (of 64) in which the two times differ.
void ExpiryWheel::add(Id id, Tick when)
{
    if (when >= never)
        return;
    ++m_size;
    if (when <= m_now) {
        m_overdue.push_back(id);
        return;
    }
    const auto differing = unsigned(std::bit_width(std::uint64_t(when ^ m_now))) - 1;
    const unsigned level = differing / bits;
    m_slots[level][place(when, level)].push_back(id);
    m_used[level] |= std::uint64_t(1) << place(when, level);
}

// The first time after now at which a slot comes up, of any level; times in between change nothing.
ExpiryWheel::Tick ExpiryWheel::nextStop() const
{
    for (unsigned level = 0; level < levels; ++level) {
        const unsigned at = place(m_now, level);
        const std::uint64_t ahead = at == slots - 1 ? 0 : m_used[level] & (~std::uint64_t(0) << (at + 1));
        if (ahead == 0)
            continue;
        const Tick unit = Tick(1) << (bits * level);
        const Tick start = m_now & ~(unit * slots - 1);
        return start + Tick(std::countr_zero(ahead)) * unit;
    }
    return std::numeric_limits<Tick>::max();
}

std::vector<ExpiryWheel::Id> ExpiryWheel::takeSlot(unsigned level, unsigned slot)
{
    m_used[level] &= ~(std::uint64_t(1) << slot);
    std::vector<Id> taken = std::exchange(m_slots[level][slot], {});
    m_size -= taken.size();
    return taken;
}

} // namespace insitecache
