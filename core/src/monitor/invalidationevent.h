// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <insitecache/coherence/schedule.h>
#include <insitecache/monitor/event.h>

namespace insitecache {

/// What the event log and the charts say of an invalidation that somebody asked for. Any thread.
Event invalidationEvent(WallTime time, const Invalidation &what, const InvalidationResult &result);
/// The same of a scheduled one: who made it, and how late it was.
Event invalidationEvent(const CarriedOut &carriedOut);
/// An undo and what came of it.
Event undoEvent(WallTime time, const UndoResult &result);

} // namespace insitecache
