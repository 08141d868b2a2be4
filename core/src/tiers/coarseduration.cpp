// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/coarseduration.h"

#include <algorithm>

#include <insitecache/tiers/entry.h>

namespace insitecache {

namespace {

constexpr Duration coarseUnits[] = {Millis(1), std::chrono::seconds(1), std::chrono::minutes(1), std::chrono::hours(1)};
constexpr int coarseCountBits = 14;
constexpr std::uint16_t coarseCountMask = (1u << coarseCountBits) - 1;
constexpr std::uint16_t coarseForever = 0xffff;

/// Nothing fits: `beyond`.
std::uint16_t coarse(Duration duration, bool up, std::uint16_t beyond)
{
    for (unsigned unit = 0; unit < 4; ++unit) {
        const Duration::rep whole = duration / coarseUnits[unit];
        const bool more = up && duration % coarseUnits[unit] != Duration::zero();
        const auto code = static_cast<std::uint64_t>(whole) + (more ? 1 : 0);
        if (code <= coarseCountMask && (unit << coarseCountBits | code) != coarseForever)
            return static_cast<std::uint16_t>(unit << coarseCountBits | code);
    }
    return beyond;
}

} // namespace

std::uint16_t CoarseDuration::roundedUp(Duration duration)
{
    return coarse(std::max(duration, Duration::zero()), true, coarseForever);
}

std::uint16_t CoarseDuration::roundedDown(Duration duration)
{
    return coarse(std::max(duration, Duration::zero()), false, coarseForever - 1);
}

Duration CoarseDuration::read(std::uint16_t coarse)
{
    if (coarse == coarseForever)
        return foreverLife;
    return (coarse & coarseCountMask) * coarseUnits[coarse >> coarseCountBits];
}

} // namespace insitecache
