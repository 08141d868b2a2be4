// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace insitecache {

/// Why a tier did not answer a lookup with a fresh value. Every lookup that reaches a tier is a hit or has exactly one
/// of these; Negative is both, because "there is none" is an answer.
enum class MissReason : std::uint8_t {
    Cold,        ///< never seen there by this process, or dropped so long ago that nobody remembers: see below
    Expired,     ///< its time was over, whether the stale copy is still there or not
    Evicted,     ///< it had to go before its time because there was no room
    Invalidated, ///< removed, or its fresh life ended, on purpose
    Negative,    ///< a copy says that the upstream has none
    Corrupt,     ///< the copy that is there is damaged
    Down         ///< the tier failed, did not answer in time, or is left out because it may be outdated
};
inline constexpr std::size_t missReasonCount = 7;

/// How many of each, by MissReason. A memory of drops is bounded, so Cold hides some: L1 remembers some ten thousand
/// drops, and of L2 and L3 a process knows what it read and wrote there itself, some ten thousand keys too. What others
/// dropped from a shared tier without saying so is Evicted.
using MissCounts = std::array<std::uint64_t, missReasonCount>;

/// "cold", "expired", …
std::string_view missReasonName(MissReason reason);

} // namespace insitecache
