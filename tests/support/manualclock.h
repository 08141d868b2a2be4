// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

#include <insitecache/base/clock.h>

namespace insitecache::test {

/// A clock that moves only when told to. Any thread.
class ManualClock final : public Clock {
public:
    SteadyTime now() const override { return SteadyTime(Duration(m_steady.load())); }
    WallTime wall() const override { return WallTime(Millis(m_wall.load())); }

    void advance(Duration by)
    {
        m_steady += by.count();
        m_wall += toMillis(by);
    }
    /// Moves wall time alone, as an NTP step does.
    void jumpWall(Millis by) { m_wall += by.count(); }

private:
    std::atomic<Duration::rep> m_steady{Duration(std::chrono::hours(1)).count()};
    std::atomic<Millis::rep> m_wall{1'770'000'000'000};
};

} // namespace insitecache::test
