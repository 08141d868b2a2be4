// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "benchdata.h"
#include "measure.h"
#include "tiers/memorytier.h"

namespace insitecache::bench {

/// L1 as the coordinator uses it. Unlike its peers it looks at the clock on each read, since its entries expire.
class OurCache {
public:
    explicit OurCache(std::size_t capacity) : m_tier(optionsFor(capacity), Clock::system()) {}

    bool read(const CacheKey &key, std::uint64_t &sum)
    {
        MemoryTier::Hit hit;
        if (!m_tier.tryGet(key, Clock::system().now(), hit))
            return false;
        sum += firstBytes(hit.entry->payload().data());
        return true;
    }
    void write(const CacheKey &key, std::string_view value)
    {
        m_tier.put({{makeEntry(key, std::string(value))}}, [](const Status &) {});
    }

private:
    static MemoryTierOptions optionsFor(std::size_t capacity)
    {
        MemoryTierOptions options;
        options.maxEntries = capacity;
        options.maxBytes = std::uint64_t(16) << 30;
        return options;
    }

    MemoryTier m_tier;
};

} // namespace insitecache::bench
