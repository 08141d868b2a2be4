// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include <insitecache/monitor/snapshot.h>

/// Is it fine? Objectives judged from snapshots, without a screen.
namespace insitecache {

enum class SloKind { HitRatio, MeanLatency, Memory };
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

/// 30 % of the machine's memory, in bytes; 0 when the machine did not say.
double memoryBudget(std::uint64_t systemMemoryBytes);
/// What L1 and L2 hold, as far as they can be asked.
std::uint64_t cacheMemory(const Snapshot &snapshot);

/// Judges one objective. A breach is raised after several bad windows of 10 s in a row and cleared after more good
/// ones, so that one slow second does not cry wolf; in between a bad value is a warning. Feed it once a second.
class SloJudge {
public:
    explicit SloJudge(SloKind kind);
    SloReading add(const Snapshot &snapshot);

private:
    void closeWindow(WallTime now, bool bad);

    SloKind m_kind;
    int m_raiseAfter, m_clearAfter;
    std::optional<WallTime> m_windowStart;
    int m_bad = 0, m_good = 0;
    bool m_breached = false;
};

/// The value of one objective, without history. Empty: cannot be told.
std::optional<double> sloValue(SloKind kind, const Snapshot &snapshot);

} // namespace insitecache
