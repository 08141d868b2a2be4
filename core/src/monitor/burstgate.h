// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include <insitecache/base/clock.h>

namespace insitecache {

/// Lets the first of many through at once and gathers those of the ten seconds after it, so that a busy neighbour or a
/// rotten disk does not push everything else out of a log. Not thread-safe.
class BurstGate {
public:
    /// How many to tell of now; zero: they are gathered.
    std::uint64_t pass(SteadyTime now, std::uint64_t count);
    /// What was gathered, once the ten seconds are over; zero: nothing, or not yet. Call it once a second.
    std::uint64_t gathered(SteadyTime now);

private:
    std::optional<SteadyTime> m_opened;
    std::uint64_t m_waiting = 0;
};

} // namespace insitecache
