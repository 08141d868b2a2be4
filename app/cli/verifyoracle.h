// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <insitecache/base/clock.h>

#include "cli/verifyhistory.h"

namespace insitecache {

/// A time in which something was broken, and the time to recover from it. Nanoseconds as in VerifyRecord.
struct VerifyWindow {
    std::int64_t from = 0, to = 0;
};

/// What the histories of all processes say together. Zero is good everywhere but at the counts and the staleness.
struct VerifyFindings {
    std::uint64_t reads = 0;
    std::uint64_t invalidations = 0; ///< acknowledged, by key
    std::uint64_t invented = 0;      ///< C1: a version that did not exist yet, or a payload that is not its own
    std::uint64_t staleOwn = 0;      ///< C2: older than what the reader's own process had acknowledged before
    std::uint64_t staleLate = 0;     ///< C3: older than what another process had acknowledged longer ago than the bound
    std::uint64_t backward = 0;      ///< C4: older than what this process read before, after that was acknowledged
    std::uint64_t bad = 0;           ///< reads that any of these is about
    Duration maxStaleness{};         ///< of a read while nothing was broken; zero when none was stale
    Duration maxStalenessBroken{};   ///< the same while something was
    std::vector<std::string> examples; ///< the first few, for people

    double consistency() const { return reads ? 1.0 - double(bad) / double(reads) : 0.0; }
};

/// Checks every read against the truth and the acknowledged invalidations. `bound`: how long after an acknowledgement
/// a read in another process may still give the old value while nothing is broken.
///
/// Linear but for sorting: the versions of a key are unique and grow, so no order has to be searched for. It does not
/// say that the cache is linearizable; it says that what the cache promises was kept in this run.
VerifyFindings checkHistories(
    const std::vector<std::vector<VerifyRecord>> &byProcess, const std::vector<VerifyWindow> &broken, Duration bound);

/// Versions that tiers still hold at the end, against the truth and what was acknowledged.
struct VerifyHolding {
    std::uint16_t key = 0;
    std::uint32_t version = 0;
};
/// How many acknowledged invalidations the holdings have missed: each counts once, in however many places.
std::uint64_t countLost(
    const std::vector<std::vector<VerifyRecord>> &byProcess, const std::vector<VerifyHolding> &atTheEnd);

} // namespace insitecache
