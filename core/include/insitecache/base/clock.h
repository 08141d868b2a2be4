// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace insitecache {

using Duration = std::chrono::nanoseconds;
using Millis = std::chrono::milliseconds;
using SteadyTime = std::chrono::time_point<std::chrono::steady_clock, Duration>;
using WallTime = std::chrono::time_point<std::chrono::system_clock, Millis>;

/// Where time comes from. Deadlines and ages inside the process are steady time; wall time is only for
/// people and for the wire, since two machines never agree on it and it jumps.
/// Any thread.
class Clock {
public:
    virtual ~Clock() = default;
    virtual SteadyTime now() const = 0;
    virtual WallTime wall() const = 0;

    /// The machine's own clocks. Lives for ever.
    static const Clock &system();
};

inline long long toMillis(Duration d)
{
    return std::chrono::duration_cast<Millis>(d).count();
}

/// Since the clock began.
inline long long toMillis(SteadyTime time)
{
    return toMillis(time.time_since_epoch());
}

inline double toMillisF(Duration d)
{
    return std::chrono::duration<double, std::milli>(d).count();
}

} // namespace insitecache
