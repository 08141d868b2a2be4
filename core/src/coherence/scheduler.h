// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <functional>
#include <vector>

#include "cache/cachecontext.h"
#include "coherence/schedulestore.h"

namespace insitecache {

/// Carries out scheduled invalidations, one after the other. Cache thread only.
class Scheduler {
public:
    explicit Scheduler(CacheContext &context) : m_context(context) {}

    /// Errors: InvalidArgument (due in the past), Unavailable (there is no L3).
    void add(const Invalidation &what, WallTime due, TieredCache::Callback<Result<ScheduledInvalidation>> done);
    void list(TieredCache::Callback<Result<std::vector<ScheduledInvalidation>>> done);
    void cancel(std::uint64_t id, TieredCache::Callback<Result<bool>> done);

    /// Carries out all that is due and runs `done`. While it is at it, a further call only renews the lease.
    void carryOutDue(std::function<void()> done);
    /// What was carried out since the last call, the newest hundred.
    std::vector<CarriedOut> takeCarriedOut();

private:
    void takeNext();
    void carryOut(const ScheduledInvalidation &due);
    void carriedOut(const ScheduledInvalidation &due, InvalidationResult result);
    void finish();

    CacheContext &m_context;
    std::uint64_t m_current = 0; ///< being carried out
    bool m_busy = false;
    std::vector<std::function<void()>> m_whenDone;
    std::deque<CarriedOut> m_carriedOut;
};

} // namespace insitecache
