// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "finding.h"
#include "sourcetree.h"

namespace insitecache::layering {

/// Each room may include what its row in includes.cpp names, and nothing else: which rooms of ours, which Qt modules,
/// which other libraries. Tests are free, but for the public headers' own rule that no code is above core.
Findings checkIncludes(const SourceTree &tree);

/// "QtWidgets" for QLabel; empty for what Qt does not have. Taken from the installed headers, so it is never out of
/// date.
QString qtModuleOf(const QString &header);

} // namespace insitecache::layering
