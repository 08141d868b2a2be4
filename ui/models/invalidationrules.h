// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QString>

#include <insitecache/monitor/monitor.h>

/// When an invalidation needs a second look. The preview itself is the confirmation of the small ones: who is asked too
/// often stops reading. Pure functions.
namespace insitecache {

struct InvalidationSize {
    std::uint64_t keys = 0;
    std::uint64_t entries = 0; ///< how many keys the cache has, at least; 0: not known
    bool all = false;
    bool live = false;                       ///< the real upstreams have to refill it
    std::optional<long long> callsLeft = {}; ///< what the scarcest upstream still allows, where one said so
};

/// More than 1,000 keys, everything, a fifth of more than a handful of entries, or more than one key of a live profile.
bool isLarge(const InvalidationSize &size);
/// One key that nothing depends on and that can be had back: no further look is needed.
bool isHarmless(const InvalidationPreview &preview);
/// Loading all of it again may take more calls than an upstream allows now: marking it stale is kinder.
bool exceedsQuota(const InvalidationSize &size);
/// Another number by more than a tenth and more than ten keys: not what was agreed to.
bool isAnotherCount(std::uint64_t previewed, std::uint64_t counted);
/// The largest tier: every key is in at least one, so there are at least that many.
std::uint64_t knownEntries(const Snapshot &snapshot);

/// What the scarcest upstream still allows, where one said so.
std::optional<long long> fewestCallsLeft(const Snapshot &snapshot);

/// For %n, which takes no more than an int.
int pluralOf(std::uint64_t n);
/// "Invalidate 13 keys", "Mark 13 keys stale".
QString invalidationVerb(bool expire, std::uint64_t keys);
/// "Requested 213 · deleted 213 · verified 213".
QString invalidationOutcome(const InvalidationResult &result, bool expire);
/// What became of a tier that was not reached, and why.
QString unreachedTier(const InvalidationPreview::Failure &failure);
/// "1 named · step 1: 9 · step 2: 3"; empty where nothing depends on what is named.
QString hopCounts(const std::vector<std::uint64_t> &byHop);
/// "11 restored · 2 already newer · 1 expired meanwhile", and the tiers that did not take theirs back.
QString undoOutcome(const UndoResult &result);
/// Whether it can be taken back, said before it happens.
QString undoPromise(const InvalidationPreview &preview);
/// "L1 9 · L2 13 · L3 4": of the tiers that were asked.
QString tierCounts(const std::uint64_t (&counts)[tierCount], const bool (&asked)[tierCount]);

} // namespace insitecache
