// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "contest.h"

namespace insitecache::bench {

/// How the coordinator compares with what it is measured by, a line for each pair that was measured: the ratio within
/// each round, so that a busy machine falls on both.
std::string ratiosOf(const std::vector<Record> &records);

} // namespace insitecache::bench
