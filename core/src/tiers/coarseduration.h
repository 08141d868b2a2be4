// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include <insitecache/base/clock.h>

namespace insitecache {

/// A duration in 16 bits: two bits of unit (1 ms, 1 s, 1 min, 1 h), 14 bits of count. The finest unit that reaches is
/// taken, so whatever is exact in any unit stays exact. Negative ones become zero. Any thread.
struct CoarseDuration {
    /// Beyond 682 days: foreverLife.
    static std::uint16_t roundedUp(Duration duration);
    /// Beyond 682 days: that.
    static std::uint16_t roundedDown(Duration duration);
    static Duration read(std::uint16_t coarse);
};

} // namespace insitecache
