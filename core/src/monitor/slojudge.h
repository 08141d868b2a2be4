// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <insitecache/monitor/slo.h>
#include <insitecache/monitor/snapshot.h>

namespace insitecache {

/// Judges one objective. A breach is raised after several bad windows of 10 s in a row and cleared after more good
/// ones, so that one slow second does not cry wolf; in between a bad value is a warning. While there are too few
/// samples nothing is raised and nothing cleared. Feed it once a second. Not thread-safe.
class SloJudge {
public:
    explicit SloJudge(SloKind kind);
    SloReading add(SteadyTime now, const Snapshot &snapshot);
    bool isBreached() const { return m_breached; }

private:
    void closeWindow(SteadyTime now, bool bad);

    SloKind m_kind;
    int m_raiseAfter, m_clearAfter;
    std::optional<SteadyTime> m_windowStart;
    int m_bad = 0, m_good = 0;
    bool m_breached = false;
};

/// The value of one objective, without history. Empty: cannot be told.
std::optional<double> sloValue(SloKind kind, const Snapshot &snapshot);

} // namespace insitecache
