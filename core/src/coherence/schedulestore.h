// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <insitecache/coherence/schedule.h>

namespace insitecache {

/// Where scheduled invalidations are kept: in L3.
/// Cache thread only; callbacks run there exactly once, possibly before the call returns.
class ScheduleStore {
public:
    /// How long one that was taken belongs to its taker, unless that renews it.
    static constexpr std::chrono::seconds leaseLife{60};

    virtual ~ScheduleStore() = default;
    /// Gives it its id.
    virtual void addScheduled(
        const ScheduledInvalidation &what, std::function<void(Result<ScheduledInvalidation>)> done)
        = 0;
    /// By due time.
    virtual void scheduled(std::function<void(Result<std::vector<ScheduledInvalidation>>)> done) = 0;
    /// False: there was none, or it is being carried out.
    virtual void cancelScheduled(std::uint64_t id, std::function<void(Result<bool>)> done) = 0;

    /// Takes one that is due and belongs to nobody, or to somebody whose lease has ended; unset: there is none.
    virtual void takeDue(std::function<void(Result<std::optional<ScheduledInvalidation>>)> done) = 0;
    /// Still at it.
    virtual void renewDue(std::uint64_t id, std::function<void(Status)> done) = 0;
    /// Carried out, but for these tiers, which are tried again when the lease ends; none left: it is gone.
    virtual void settleDue(std::uint64_t id, const bool (&left)[tierCount], std::function<void(Status)> done) = 0;
};

} // namespace insitecache
