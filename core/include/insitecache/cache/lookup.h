// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string>

#include <insitecache/base/clock.h>
#include <insitecache/base/error.h>
#include <insitecache/tiers/tier.h>

namespace insitecache {

/// How a lookup may behave.
struct LookupOptions {
    bool bypassCache = false; ///< ask the source even if a tier has a fresh copy; the answer is stored
    bool allowStale = true;   ///< serve an expired copy, marked, when the source fails
};

/// One step of a lookup: what one tier or source said and how long it took.
struct LookupStep {
    Stage stage = Stage::None;
    Outcome outcome = Outcome::Skipped;
    Duration took{};
    std::optional<Error> error;
    std::optional<MissReason> why{}; ///< of a tier: why it gave no fresh value; none for a hit and a tier not asked
};

/// The answer to one read: the value, which stage answered, how old it is, and each step of the way.
/// A value type. The entry is shared and immutable.
struct Lookup {
    CacheKey key;
    EntryPtr entry; ///< null when nothing can be served; its payload is empty when negative
    Stage answeredBy = Stage::None;
    bool stale = false;      ///< served past its fresh life because the source failed
    bool negative = false;   ///< the upstream says there is none
    bool collapsed = false;  ///< waited for another lookup of the same key
    bool refreshing = false; ///< this hit started, or found, a background refresh
    Duration age{};          ///< since the origin answered
    Duration ttl{};          ///< remaining fresh life, ≤ 0 when stale
    Duration total{};
    std::optional<Error> error;      ///< why there is no entry, or why it is stale; NotFound when negative
    bool stored[tierCount] = {};     ///< tiers this lookup filled
    std::array<LookupStep, 4> steps; ///< L1, L2, L3, source
    int stepCount = 0;
    std::string ttlReason{}; ///< why a value that was just loaded lives so long; empty without an adaptive policy

    bool hasValue() const { return entry && !negative; }
    /// RFC 9211, nearest the origin first: `L3; hit; ttl=291, L2; fwd=stale; ttl=-12; stored, L1; fwd=miss`.
    std::string cacheStatus() const;
};

} // namespace insitecache
