// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/expirywheel.h"

#include <bit>

namespace insitecache {

// The level is that of the highest digit (of 64) in which the two times differ.
ExpiryWheel::Place ExpiryWheel::placeOf(Tick when) const
{
    if (when <= m_now)
        return {levels, 0};
    const unsigned level = (unsigned(std::bit_width(std::uint64_t(when ^ m_now))) - 1) / bits;
    return {level, digit(when, level)};
}

void ExpiryWheel::add(Id id, Tick when)
{
    if (when >= never)
        return;
    const Place place = placeOf(when);
    std::unique_ptr<Slot> &slot = at(place);
    if (!slot) {
        slot = std::make_unique<Slot>(m_chunks);
        m_used[place.level] |= std::uint64_t(1) << place.slot;
    }
    slot->earliest = std::min(slot->earliest, when);
    slot->ids.insert(id);
    ++m_size;
}

// It lies where one would add it now, or in a slot above that the time has reached and that was not spread yet: one
// that is due this very moment in any slot of this moment.
void ExpiryWheel::remove(Id id, Tick when)
{
    if (when >= never)
        return;
    const Place now = placeOf(when);
    if (now.level == levels && removeFrom(now, id))
        return;
    for (unsigned level = now.level % levels; level < levels; ++level) {
        if (removeFrom({level, digit(when, level)}, id))
            return;
    }
}

bool ExpiryWheel::removeFrom(Place place, Id id)
{
    if (!at(place) || !at(place)->ids.remove(id))
        return false;
    --m_size;
    dropIfEmpty(place);
    return true;
}

bool ExpiryWheel::isDue(Place place, Tick now) const
{
    const std::unique_ptr<Slot> &slot = m_slots[place.level * slots + place.slot];
    return slot && slot->earliest <= now;
}

// Slots that the time has reached come first. Of those ahead the first of the lowest level is the earliest; when it is
// not due nothing is, and the time may go on into the middle of slots of higher levels.
bool ExpiryWheel::findDue(Tick now, Place &place)
{
    if (isDue({levels, 0}, now)) {
        place = {levels, 0};
        return true;
    }
    for (unsigned level = 0; level < levels; ++level) {
        place = {level, digit(m_now, level)};
        if (isDue(place, now))
            return true;
    }
    for (unsigned level = 0; level < levels; ++level) {
        const unsigned reached = digit(m_now, level);
        const std::uint64_t ahead = reached == slots - 1 ? 0 : m_used[level] & (~std::uint64_t(0) << (reached + 1));
        if (ahead == 0)
            continue;
        place = {level, unsigned(std::countr_zero(ahead))};
        if (!isDue(place, now))
            break;
        const Tick unit = Tick(1) << (bits * level);
        m_now = (m_now & ~(unit * slots - 1)) + place.slot * unit;
        return true;
    }
    m_now = now;
    return false;
}

ExpiryWheel::Id ExpiryWheel::takeFrom(Place place)
{
    const Id id = at(place)->ids.takeAny();
    --m_size;
    dropIfEmpty(place);
    return id;
}

void ExpiryWheel::dropIfEmpty(Place place)
{
    if (!at(place)->ids.isEmpty())
        return;
    at(place).reset();
    m_used[place.level] &= ~(std::uint64_t(1) << place.slot);
}

std::size_t ExpiryWheel::bytes() const
{
    std::size_t sum = sizeof(*this) + m_chunks.bytes();
    for (const auto &slot : m_slots)
        sum += slot ? slot->ids.bytes() + sizeof(Slot) - sizeof(TimerSet) : 0;
    return sum;
}

} // namespace insitecache
