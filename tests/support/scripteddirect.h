// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "tiers/directreads.h"
#include "tiers/memorytier.h"

namespace insitecache::test {

/// The short way to a tier in memory. `meanwhile` runs once, after the next read and before its answer: what others do
/// in between.
class ScriptedDirect final : public DirectReads {
public:
    explicit ScriptedDirect(MemoryTier &tier) : m_tier(tier) {}

    std::function<void()> meanwhile;
    int reads = 0;

    void get(Keys keys, std::span<EntryPtr> found) override
    {
        ++reads;
        for (std::size_t i = 0; i < keys.size(); ++i)
            found[i] = m_tier.peek(*keys[i]);
        if (const auto now = std::exchange(meanwhile, nullptr))
            now();
    }

private:
    MemoryTier &m_tier;
};

} // namespace insitecache::test
