// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "benchdata.h"
#include "measure.h"
#include "tiers/memorystore.h"

namespace insitecache::bench {

/// L1 by itself, as the tier that guards it uses it. Unlike its peers it looks at the clock on each read and each
/// write, since its entries expire.
class OurCache {
public:
    explicit OurCache(std::size_t capacity) : m_store(optionsFor(capacity)) {}

    bool read(const CacheKey &key, std::uint64_t &sum)
    {
        MemoryHit hit;
        if (!m_store.tryGet(key.text(), Clock::system().now(), hit))
            return false;
        sum += firstBytes(hit.entry->payload().data());
        return true;
    }
    void write(const CacheKey &key, std::string_view value)
    {
        static thread_local EntryFields fields;
        const SteadyTime now = Clock::system().now();
        fields.key = key;
        fields.payload = value;
        fields.ttl = std::chrono::hours(1);
        fields.freshUntil = fields.refreshAt = now + fields.ttl;
        m_store.insert(Entry::make(fields), now);
    }

private:
    static MemoryTierOptions optionsFor(std::size_t capacity)
    {
        MemoryTierOptions options;
        options.maxEntries = capacity;
        options.maxBytes = std::uint64_t(16) << 30;
        return options;
    }

    MemoryStore m_store;
};

} // namespace insitecache::bench
