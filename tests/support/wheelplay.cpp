// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/l1plays.h"

#include <algorithm>
#include <map>

#include "support/opbytes.h"
#include "tiers/expirywheel.h"

namespace insitecache::test {

namespace {

using Tick = ExpiryWheel::Tick;
using Id = ExpiryWheel::Id;

/// The wheel and what it should hold, in order of time.
class WheelPlay {
public:
    explicit WheelPlay(Tick start) : m_now(start), m_wheel(start) {}

    std::string step(OpBytes &ops)
    {
        switch (ops.below(8)) {
        case 0: return remove(ops);
        case 1: return advance(Tick(ops.spread(28)), ops.below(60));
        case 2: return advance(Tick(ops.below(3)), ops.below(300));
        default: return add(ops);
        }
    }
    std::string finish()
    {
        std::string wrong = advance(ExpiryWheel::never, SIZE_MAX);
        if (wrong.empty() && m_wheel.size() != 0)
            wrong = std::to_string(m_wheel.size()) + " timers are left at the end of time";
        return wrong;
    }

private:
    std::string add(OpBytes &ops)
    {
        // Many for the same time, some that are over, some that are never kept.
        Tick ahead = ops.below(3) == 0 ? Tick(1000) : Tick(ops.spread(41)) - 2;
        if (ops.below(4) == 0)
            ahead += -(m_now + ahead) & 63; // where a slot of a higher level begins
        for (std::uint64_t i = ops.below(20) + 1; i > 0; --i) {
            const Tick when = m_now + ahead;
            m_wheel.add(m_next, when);
            if (when < ExpiryWheel::never)
                m_due.emplace(m_next, when);
            ++m_next;
        }
        return sizes();
    }
    std::string remove(OpBytes &ops)
    {
        const auto sooner = [](const auto &one, const auto &other) { return one.second < other.second; };
        const auto found = ops.below(2) == 0 ? std::min_element(m_due.begin(), m_due.end(), sooner)
                                             : m_due.lower_bound(Id(ops.below(65'536)) % m_next);
        if (found == m_due.end())
            return {};
        m_wheel.remove(found->first, found->second);
        m_due.erase(found);
        return sizes();
    }
    std::string advance(Tick by, std::size_t limit)
    {
        m_now += by;
        std::size_t looked = 0;
        std::string wrong;
        const bool toldAll = m_wheel.advance(
            m_now, limit,
            [&](Id id) {
                ++looked;
                return m_due.contains(id) ? m_due[id] : Tick(0);
            },
            [&](Id id) {
                const auto found = m_due.find(id);
                if (found == m_due.end() || found->second > m_now)
                    wrong = "told of a timer that is not due: " + std::to_string(id);
                else
                    m_due.erase(found);
            });
        if (looked > limit)
            wrong = "looked at " + std::to_string(looked) + " instead of " + std::to_string(limit);
        for (const auto &[id, when] : m_due) {
            if (toldAll && when <= m_now)
                wrong = "not told of timer " + std::to_string(id);
        }
        return wrong.empty() ? sizes() : wrong;
    }
    std::string sizes() const
    {
        return m_wheel.size() == m_due.size() ? std::string() : "the number of timers is wrong";
    }

    Tick m_now;
    Id m_next = 1;
    ExpiryWheel m_wheel;
    std::map<Id, Tick> m_due;
};

} // namespace

std::string playOnWheel(std::span<const std::uint8_t> bytes)
{
    OpBytes ops(bytes);
    WheelPlay play(Tick(ops.spread(31)));
    while (!ops.isAtEnd()) {
        if (std::string wrong = play.step(ops); !wrong.empty())
            return wrong;
    }
    return play.finish();
}

} // namespace insitecache::test
