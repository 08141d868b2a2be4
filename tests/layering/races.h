// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "finding.h"
#include "sourcetree.h"

namespace insitecache::layering {

/// Each race that the coherence protocol closes has a test named after it (race01_…), in whatever test program it is
/// forced best. The races themselves are listed in races.cpp.
Findings checkRaces(const SourceTree &tree);

} // namespace insitecache::layering
