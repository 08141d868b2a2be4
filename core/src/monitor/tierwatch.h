// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include <insitecache/monitor/snapshot.h>

namespace insitecache {

/// Notices when a tier goes down, is slow or fails often, and comes back, and how long that lasted. A tier that has not
/// been up yet gets three seconds to connect before it is news. Slow: the 95th percentile of ten seconds is five times
/// what it usually is, and 5 ms at least. Failing: one in twenty reads. Two such windows in a row are needed, and three
/// good ones to take it back; windows with fewer than twenty reads say nothing. Not thread-safe.
class TierWatch {
public:
    enum class Condition { Up, Degraded, Down };
    struct Change {
        Stage stage = Stage::L1;
        Condition condition = Condition::Up;
        Millis lasted{};    ///< of Up: how long it was down or degraded
        std::string detail; ///< where it is, or why
    };
    /// Once a second.
    std::vector<Change> add(SteadyTime now, const Snapshot &snapshot);
    Condition condition(Stage stage) const { return m_known[static_cast<std::size_t>(stage)].told; }

private:
    struct Known {
        bool wasUp = false;
        Condition told = Condition::Up;
        std::optional<SteadyTime> since; ///< down, or of what was told
        std::optional<SteadyTime> windowStart;
        TierTotals atStart;
        int bad = 0, good = 0;
        std::deque<double> usual; ///< 95th percentiles of good windows, ms
        std::string why;          ///< of the last bad window
    };
    static bool isTroubled(Known &known, const TierTotals &window);
    static void closeWindow(Known &known, SteadyTime now, const TierTotals &totals);
    std::optional<Change> addDown(Known &known, SteadyTime now, const TierState &tier);
    std::optional<Change> addUp(Known &known, SteadyTime now, const TierState &tier);

    Known m_known[tierCount];
};

} // namespace insitecache
