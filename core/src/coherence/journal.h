// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <insitecache/base/selector.h>
#include <insitecache/tiers/tier.h>

namespace insitecache {

/// An invalidation that some tiers have not confirmed.
struct OwedInvalidation {
    std::uint64_t id = 0;
    Selector roots = Selector::keys({});
    Selector dependents = Selector::keys({}); ///< what is known to fall with them
    bool follow = false;                      ///< there may be more dependents: ask before L3 loses the edges
    bool tiers[tierCount] = {};               ///< which are concerned
    WallTime since{};
};

/// A write that has been acknowledged and not yet reached the tier that keeps it.
struct PendingWrite {
    std::uint64_t id = 0;
    EntryPtr entry;
    WallTime since{};
};

/// What must not be forgotten when the process ends, however it ends: a row each.
/// Cache thread only; callbacks run there exactly once, possibly before the call returns.
class Journal {
public:
    using Done = std::function<void(Status)>;
    struct Rows {
        std::vector<OwedInvalidation> owed;
        std::vector<PendingWrite> writes; ///< in the order of their making
    };

    virtual ~Journal() = default;
    virtual std::uint64_t newId() = 0;
    /// Adds the row, or replaces the one of that id. `done` comes when a crash could not undo it. Rows that are given
    /// at the same time share the cost.
    virtual void keep(const OwedInvalidation &row, Done done) = 0;
    virtual void keep(const PendingWrite &row, Done done) = 0;
    /// The row has done its work. Forgotten soon; a crash before that repeats the row, which must do no harm.
    virtual void drop(std::uint64_t id) = 0;
    /// `found` gets what processes that ended left behind: at once what was there already, later what is met.
    virtual void follow(std::function<void(Rows)> found) = 0;
};

} // namespace insitecache
