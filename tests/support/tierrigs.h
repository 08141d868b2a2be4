// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <insitecache/tiers/tier.h>

#include "support/manualclock.h"

namespace insitecache::test {

/// One kind of tier over a store of its own, with the side doors a contract test needs.
class TierRig {
public:
    struct Setup {
        std::string space;
        std::vector<std::string> sharedTypes;
    };

    virtual ~TierRig() = default;
    /// A tier over the rig's store; several may live at once. Null when it cannot be had on this machine.
    virtual std::shared_ptr<Tier> makeTier(const Setup &setup) = 0;
    /// Time passes, here and in the store.
    virtual void advance(Duration by) { clock.advance(by); }
    /// Damages the stored copy of a key in the empty space. False where entries never leave the process.
    virtual bool damage(const CacheKey &key) = 0;
    /// How far the store's own clock may run away from `clock` during a test.
    virtual Duration slack() const { return Millis(1); }
    virtual bool hasSpaces() const { return true; }

    ManualClock clock;
};

/// "memory", "redis" or "sqlite".
std::unique_ptr<TierRig> makeTierRig(const std::string &kind);

} // namespace insitecache::test
