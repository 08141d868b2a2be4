// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <insitecache/cache/engine.h>

namespace insitecache {

/// What tiers and sources say of themselves, asked once. A tier that is not set up is empty.
struct EngineState {
    std::optional<TierUsage> tiers[tierCount];
    Duration answeredIn[tierCount] = {}; ///< how long that tier took to say so
    std::vector<SourceStatus> sources;
    Backlog outbox, writeBehind;
    std::optional<WhatIfReport> whatIf;

    /// Waits for all of them, each within its own deadlines. Not on the cache thread.
    static EngineState of(Engine &engine);
};

} // namespace insitecache
