// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include <QString>

#include <insitecache/cache/lookup.h>

/// The way an answer took, in words and on one axis of milliseconds. Pure functions, GUI thread.
namespace insitecache {

struct PathStep {
    Stage stage = Stage::None;
    bool asked = false;    ///< the lookup came this far
    bool answered = false; ///< and ended here
    bool failed = false;   ///< an outage or corrupt bytes: never to be mistaken for a miss
    QString outcome;       ///< "hit", "miss", …; "not asked"
    QString note;          ///< remaining TTL, cause; may be empty
    double startMs = 0, tookMs = 0;
};

/// L1, L2, L3 and the source, asked or not.
std::array<PathStep, 4> pathOf(const Lookup &lookup);
/// How far the axis reaches: at least the whole lookup.
double pathSpanMs(const Lookup &lookup);
/// "Stored in L3, L1 · TTL 04:51"; empty when nothing was.
QString storedText(const Lookup &lookup);
/// "Total 4.6 ms · joined another lookup of this key".
QString totalText(const Lookup &lookup);
/// "② L2 ◆, stale, 0.61 ms": one step aloud.
QString stepSentence(const PathStep &step);

} // namespace insitecache
