// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "coherence/tierlistings.h"

namespace insitecache {

/// What an invalidation is about: what it names, and what falls with it because it was made from that.
struct BlastRadius {
    Selector roots = Selector::keys({});
    Selector dependents = Selector::keys({});
    bool complete = true;         ///< false: too many dependents to name, so all keys are taken
    std::optional<Error> failure; ///< of the store of dependencies

    bool hasDependents() const { return !dependents.namedKeys() || !dependents.namedKeys()->empty(); }
};

/// Follows the dependencies as they are now, when the invalidation asks for dependents. Touches nothing.
void findBlastRadius(CacheContext &context, const Invalidation &what, TieredCache::Callback<BlastRadius> done);

/// What an invalidation of that radius may remove: not the values that have their only copy in L3.
struct RadiusListings {
    TierListings all;
    std::size_t dependents = 0; ///< distinct keys that are not among the roots
};
void listRadius(CacheContext &context, const Invalidation &what, const BlastRadius &radius,
    TieredCache::Callback<RadiusListings> done);

/// The types whose value itself lies in L3: there is nothing to load it from again, so it is never invalidated there.
std::vector<std::string> typesKeptInL3(const CacheContext &context);

} // namespace insitecache
