// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/base/clock.h>

namespace insitecache {

namespace {
class SystemClock final : public Clock {
public:
    SteadyTime now() const override { return std::chrono::steady_clock::now(); }
    WallTime wall() const override { return std::chrono::time_point_cast<Millis>(std::chrono::system_clock::now()); }
};
} // namespace

const Clock &Clock::system()
{
    static const SystemClock clock;
    return clock;
}

} // namespace insitecache
