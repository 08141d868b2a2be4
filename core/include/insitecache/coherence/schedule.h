// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include <insitecache/base/clock.h>
#include <insitecache/coherence/invalidation.h>

namespace insitecache {

/// An invalidation that is to happen later. It lies in L3, so every process on that database knows it and it survives
/// them all; the first engine of the same space that finds it due carries it out, with the dependents it has then.
/// When none is running at that time, the next one to start does so before it answers anything. It is carried out at
/// least once and never by two at the same time; what a tier that was down missed is made up for.
/// It cannot be undone.
struct ScheduledInvalidation {
    std::uint64_t id = 0; ///< of that database
    Invalidation what;
    WallTime due{};
    WallTime made{};
    std::string by; ///< user@host
};

/// What this process did of it.
struct CarriedOut {
    ScheduledInvalidation scheduled;
    InvalidationResult result;
    WallTime time{};

    /// Beyond the second it takes to notice: nobody was running, or whoever began did not end it.
    Millis late() const { return time - scheduled.due; }
};

} // namespace insitecache
