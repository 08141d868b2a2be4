// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <insitecache/coherence/invalidation.h>

#include "cache/cachecontext.h"
#include "coherence/keysteps.h"

namespace insitecache {

/// What an invalidation is about: what it names, and what falls with it because it was made from that.
struct BlastRadius {
    KeySteps roots, dependents;
    std::vector<int> hops;        ///< from the roots to each dependent, in their order; empty when they are not named
    bool everything = false;      ///< too many dependents to name, so all keys are taken
    std::optional<Error> failure; ///< of the store of dependencies
};
using BlastRadiusPtr = std::shared_ptr<const BlastRadius>;

/// Follows the dependencies as they are now, when the invalidation asks for dependents. Touches nothing.
void findBlastRadius(CacheContext &context, const Invalidation &what, TieredCache::Callback<BlastRadiusPtr> done);

/// What lies within a radius at the asked tiers and may be removed: not the values that have their only copy in L3.
struct RadiusContents {
    std::set<std::string> keys;           ///< distinct
    std::set<std::string> fresh;          ///< of these, what some tier still holds fresh
    std::uint64_t byTier[tierCount] = {}; ///< also beyond what was listed
    std::size_t dependents = 0;           ///< of `keys`, those that are not among the roots
    std::uint64_t bytes = 0;              ///< as stored, over all tiers
    std::uint64_t undoBytes = 0;          ///< as an undo would have to keep them
    bool exact = true;
    std::vector<InvalidationPreview::Failure> failures; ///< one for each tier
};
void lookAtRadius(CacheContext &context, const Invalidation &what, const BlastRadiusPtr &radius,
    TieredCache::Callback<std::shared_ptr<const RadiusContents>> done);

/// The first failure of each tier is enough.
void addFailure(std::vector<InvalidationPreview::Failure> &failures, Stage stage, const Error &error);

/// The types whose value itself lies in L3: there is nothing to load it from again, so it is never invalidated there.
std::vector<std::string> typesKeptInL3(const CacheContext &context);

} // namespace insitecache
