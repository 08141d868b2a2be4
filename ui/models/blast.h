// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include "models/keygraph.h"

namespace insitecache {

/// What falls when some keys are invalidated with everything that depends on them, worked out from a graph that was
/// read before: it counts as a preview does, but asks no tier. Pure functions, any thread.
struct Blast {
    std::uint64_t keys = 0; ///< that some tier holds and would give up
    std::uint64_t byTier[tierCount] = {};
    std::uint64_t bytes = 0;
    int hops = 0;                       ///< to the farthest
    std::map<std::string, int> calls{}; ///< by provider, to load all of it again one by one

    int allCalls() const;
};

Blast blastOf(const KeyGraph &graph, const std::vector<int> &roots);

/// "13 keys · L1 9 · L2 13 · L3 4 · 42 KiB · refill ≈ 5 API calls (Yahoo 5, 2% of what is left)". GUI thread.
QString blastText(const Blast &blast, const KeyGraph &graph, const std::vector<SourceStatus> &sources);

} // namespace insitecache
