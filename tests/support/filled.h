// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <future>

#include <insitecache/cache/engine.h>

namespace insitecache::test {

/// Waits until what was looked up so far is in the tiers: answers are given before.
inline void waitUntilFilled(Engine &engine)
{
    auto filled = std::make_shared<std::promise<void>>();
    auto waiting = filled->get_future();
    engine.post([filled](TieredCache &cache) { cache.whenFilled([filled] { filled->set_value(); }); });
    waiting.wait();
}

} // namespace insitecache::test
