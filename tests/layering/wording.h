// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "finding.h"
#include "sourcetree.h"

namespace insitecache::layering {

/// What may not stand in a line of a room, although it compiles. Each rule says why in wording.cpp.
Findings checkWording(const SourceTree &tree);

/// The licence line, the include guard, and that every public header explains itself.
Findings checkHeads(const SourceTree &tree);

} // namespace insitecache::layering
