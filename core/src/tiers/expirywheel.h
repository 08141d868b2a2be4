// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace insitecache {

/// When which entry is due, to the millisecond: adding costs the same however many there are, and time that passes
/// without anything due costs next to nothing (hierarchical timing wheels: Varghese & Lauck, SOSP 1987).
///
/// It keeps ids only, and never takes one back: whoever is told of an id decides whether it still means something and
/// when it is due. An id may so be told in vain; the owner adds all living ones to a new wheel when most are dead.
/// Not thread-safe. Standard C++ only.
class ExpiryWheel {
public:
    using Id = std::uint32_t;
    using Tick = std::int64_t;                   ///< milliseconds
    static constexpr Tick never = Tick(1) << 40; ///< later is not kept
    static constexpr Tick notAnymore = -1;

    explicit ExpiryWheel(Tick now = 0) : m_now(now) {}

    void add(Id id, Tick when);
    Tick now() const { return m_now; }
    std::size_t size() const { return m_size; }

    /// Lets the time pass. `dueOf(id)` says when an id is due, or notAnymore; `fire(id)` is called for what is due.
    template <class DueOf, class Fire>
    void advance(Tick now, DueOf dueOf, Fire fire)
    {
        tell(m_overdue, dueOf, fire);
        while (m_now < now) {
            const Tick next = nextStop();
            m_now = std::min(next, now);
            if (next > now)
                break;
            for (unsigned level = 1; level < levels && place(m_now, level - 1) == 0; ++level)
                spread(level, dueOf);
            std::vector<Id> due = takeSlot(0, place(m_now, 0));
            tell(due, dueOf, fire);
            tell(m_overdue, dueOf, fire);
        }
    }

private:
    static constexpr unsigned levels = 7;
    static constexpr unsigned bits = 6;
    static constexpr unsigned slots = 1u << bits;

    static unsigned place(Tick tick, unsigned level) { return unsigned(tick >> (bits * level)) & (slots - 1); }
    Tick nextStop() const;
    std::vector<Id> takeSlot(unsigned level, unsigned slot);

    template <class DueOf, class Fire>
    void tell(std::vector<Id> &ids, DueOf &dueOf, Fire &fire)
    {
        std::vector<Id> told;
        told.swap(ids);
        m_size -= &ids == &m_overdue ? told.size() : 0;
        for (const Id id : told) {
            const Tick when = dueOf(id);
            if (when == notAnymore)
                continue;
            if (when <= m_now)
                fire(id);
            else
                add(id, when);
        }
    }

    template <class DueOf>
    void spread(unsigned level, DueOf &dueOf)
    {
        for (const Id id : takeSlot(level, place(m_now, level))) {
            if (const Tick when = dueOf(id); when != notAnymore)
                add(id, when);
        }
    }

    Tick m_now;
    std::size_t m_size = 0;
    std::vector<Id> m_overdue;
    std::array<std::uint64_t, levels> m_used{}; ///< a bit for each slot that has ids
    std::array<std::array<std::vector<Id>, slots>, levels> m_slots;
};

} // namespace insitecache
