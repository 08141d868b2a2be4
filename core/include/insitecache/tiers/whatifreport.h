// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace insitecache {

/// What the hit ratio of L1 would be if it had another capacity, or if values lived longer or shorter, told by mini
/// caches that see the requests of a sample of keys while the real one runs (tiers/whatif.h in the sources). A forecast
/// for the requests of the last five to ten minutes, no promise: it goes wrong by a few hundredths where few keys make
/// most of the requests, and does not know what callers would ask for if they were answered otherwise.
struct WhatIfReport {
    struct Case {
        double factor = 1;
        double hitRatio = 0; ///< 0 … 1
    };
    enum class Verdict : std::uint8_t {
        TooFewSamples, ///< wait for more requests
        Neither,       ///< twice as much of either gains less than 2 in 100
        CapacityBound, ///< more memory gains most
        TtlBound       ///< longer lives gain most, if older values will do
    };

    std::vector<Case>
        capacity;          ///< 0.5, 1, 2, 4 times the entries that L1 has room for, whatever their size; same lives
    std::vector<Case> ttl; ///< 0.5, 1, 2, 4 times the life of each value; same capacity, so that it may be evicted
    double actual = 0;     ///< what L1 really hit in that time; every case is scaled so that factor 1 is this
    double simulated = 0;  ///< what the mini cache for factor 1 hit: the difference shows how good the sample is
    std::uint64_t sampledUses = 0;
    std::uint64_t sampleRate = 1; ///< one key in so many is watched
    Verdict verdict = Verdict::TooFewSamples;
};

/// "too few samples", "neither", "capacity-bound", "ttl-bound".
std::string_view whatIfVerdictName(WhatIfReport::Verdict verdict);

} // namespace insitecache
