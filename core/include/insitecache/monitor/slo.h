// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

/// Is it fine? Objectives, judged once a second from what the cache did.
namespace insitecache {

enum class SloKind { HitRatio, MeanLatency, Memory };
inline constexpr int sloKindCount = 3;
/// Unknown is never Ok; TooFew: not enough samples to say.
enum class SloState { Ok, Warning, Breach, Unknown, TooFew };

struct SloReading {
    SloKind kind = SloKind::HitRatio;
    SloState state = SloState::Unknown;
    double value = 0; ///< ratio, ms, ratio
    double limit = 0;
    std::uint64_t samples = 0, needed = 0;
    int badWindows = 0;  ///< bad ones in a row, up to `raiseAfter`
    int goodWindows = 0; ///< good ones in a row since the breach, up to `clearAfter`
    int raiseAfter = 0, clearAfter = 0;
};

/// "hit-ratio", "mean-latency", "memory": as in Event::target.
std::string_view sloName(SloKind kind);
/// 30 % of the machine's memory, in bytes; 0 when the machine did not say.
double memoryBudget(std::uint64_t systemMemoryBytes);

} // namespace insitecache
