// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cache/cachecontext.h"

namespace insitecache {

/// Replaces a policy while the cache runs and takes the copies of its type from every tier that the type leaves, but
/// never the only ones there are (Policy::l3IsTruth). "default" is about every type without a policy of its own.
///
/// A load that began before stores nothing there afterwards: what it has on its way is voided or removed by the sweep,
/// and what it would send later asks the policy that holds now (CacheContext::uses).
/// Errors: as Policy::validate(), and of the tiers that could not be swept; then the policy holds all the same.
/// Cache thread only.
void changePolicy(CacheContext &context, const Policy &policy, TieredCache::Callback<Status> done);

} // namespace insitecache
