// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include "tiers/timerset.h"

namespace insitecache {

/// When which entry is due, to the millisecond: adding and taking back cost the same however many there are, and time
/// that passes without anything due costs next to nothing (hierarchical timing wheels: Varghese & Lauck, SOSP 1987).
///
/// It keeps ids only, each at most once, and of each slot a time before which nothing in it is due: a slot of a higher
/// level is spread over the lower ones only when something in it may be due, and what is due then is told at once. So
/// a million timers for the same time are looked at once, not once for each level.
/// Not thread-safe. Standard C++ only.
class ExpiryWheel {
public:
    using Id = TimerSet::Id;
    using Tick = std::int64_t;                   ///< milliseconds
    static constexpr Tick never = Tick(1) << 40; ///< later is not kept

    explicit ExpiryWheel(Tick now = 0) : m_now(now) {}
    ExpiryWheel(const ExpiryWheel &) = delete;
    ExpiryWheel &operator=(const ExpiryWheel &) = delete;

    /// The id is not there.
    void add(Id id, Tick when);
    /// `when` as it was added; one that is not there is none the less not there afterwards.
    void remove(Id id, Tick when);
    /// An empty wheel begins here.
    void skipTo(Tick now)
    {
        if (m_size == 0)
            m_now = std::max(m_now, now);
    }
    Tick now() const { return m_now; }
    std::size_t size() const { return m_size; }
    std::size_t bytes() const;

    /// Lets the time pass, looking at `limit` ids at most: `dueOf(id)` says as what it was added, `fire(id)` is called
    /// for what is due and was taken out. False: there may be more that is due.
    template <class DueOf, class Fire>
    bool advance(Tick now, std::size_t limit, DueOf dueOf, Fire fire)
    {
        const Tick until = std::max(now, m_now);
        for (Place place; findDue(until, place);) {
            if (limit-- == 0)
                return false;
            const Id id = takeFrom(place);
            if (const Tick when = dueOf(id); when > until)
                add(id, when);
            else
                fire(id);
        }
        return true;
    }

private:
    static constexpr unsigned levels = 7;
    static constexpr unsigned bits = 6;
    static constexpr unsigned slots = 1u << bits;

    struct Slot {
        explicit Slot(TimerChunks &chunks) : ids(chunks) {}
        TimerSet ids;
        Tick earliest = never; ///< nothing in it is due before
    };
    /// Of the level `levels` there is one slot: what was due when it was added.
    struct Place {
        unsigned level = 0, slot = 0;
    };

    static unsigned digit(Tick tick, unsigned level) { return unsigned(tick >> (bits * level)) & (slots - 1); }
    Place placeOf(Tick when) const;
    std::unique_ptr<Slot> &at(Place place) { return m_slots[place.level * slots + place.slot]; }
    bool isDue(Place place, Tick now) const;
    bool findDue(Tick now, Place &place);
    Id takeFrom(Place place);
    bool removeFrom(Place place, Id id);
    void dropIfEmpty(Place place);

    Tick m_now;
    std::size_t m_size = 0;
    TimerChunks m_chunks;
    std::array<std::uint64_t, levels + 1> m_used{}; ///< a bit for each slot that has ids
    std::array<std::unique_ptr<Slot>, levels * slots + 1> m_slots;
};

} // namespace insitecache
