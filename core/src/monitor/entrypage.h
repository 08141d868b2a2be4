// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <insitecache/cache/policy.h>
#include <insitecache/monitor/monitor.h>

#include "coherence/tierlistings.h"

namespace insitecache {

/// Joins what the tiers listed into one row a key, sorted by key. A pure function; any thread.
EntryPage makeEntryPage(
    const TierListings &listings, std::size_t limit, const std::vector<Policy> &policies, WallTime now);
/// Counts the edges of each row, which are by key. A pure function; any thread.
void countDependencies(EntryPage &page, const EdgeList &edges);

} // namespace insitecache
