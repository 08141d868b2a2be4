// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include "models/drawngraph.h"
#include "models/graphlayout.h"

namespace insitecache {

/// The graph for other programs. Keys are data of anybody: each format gets them escaped. UTF-8. GUI thread.

/// Every key and edge in Graphviz's language; keys that no tier holds are dashed.
QByteArray graphAsDot(const KeyGraph &graph);
/// `{"schema":"insitecache.dependencies/1","complete":true,"nodes":[{"key":…,"tiers":["L1"],"ttlMs":…}],"edges":[…]}`.
QByteArray graphAsJson(const KeyGraph &graph, Millis age);
/// What is drawn, as it lies there, in the colours of paper.
QByteArray graphAsSvg(const KeyGraph &graph, const DrawnGraph &drawn, Millis age);

} // namespace insitecache
