// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <insitecache/coherence/schedule.h>
#include <insitecache/monitor/snapshot.h>

namespace insitecache {

/// What the event log and the charts say of an invalidation: data, not sentences. Any thread.
Marker invalidationMarker(WallTime time, const Invalidation &what, const InvalidationResult &result);
/// The same of a scheduled one: who made it, and how late it was.
Marker invalidationMarker(const CarriedOut &carriedOut);

} // namespace insitecache
