// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "models/keygraph.h"

namespace insitecache {

/// What is particular about a key of the graph: not cached, part of a cycle, older than what it was made from. Empty
/// for most. GUI thread.
QStringList keyNotes(const KeyGraph &graph, int number);

} // namespace insitecache
