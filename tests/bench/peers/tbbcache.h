// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#define TBB_PREVIEW_CONCURRENT_LRU_CACHE 1
#include <oneapi/tbb/concurrent_lru_cache.h>

#include "measure.h"

namespace insitecache::bench {

/// oneTBB couples lookup and creation: cache[key] makes what is missing, so a read is a read-through, and there is no
/// way to replace a value, so the mixed workload is left out. The key, which it copies thrice on each call, is a plain
/// array for that reason.
class TbbCache {
public:
    explicit TbbCache(std::size_t capacity) : m_cache(&create, capacity) {}

    bool read(const CacheKey &key, std::uint64_t &sum)
    {
        Key name;
        std::memcpy(name.data(), key.text().data(), name.size());
        s_created = false;
        auto handle = m_cache[name];
        sum += firstBytes(handle.value().data());
        return !s_created;
    }

private:
    using Key = std::array<char, Workload::keyBytes>;
    using Value = std::array<char, Workload::valueBytes>;
    static Value create(Key)
    {
        s_created = true;
        Value made;
        std::memcpy(made.data(), Workload::value().data(), made.size());
        return made;
    }
    static inline thread_local bool s_created = false;

    tbb::concurrent_lru_cache<Key, Value> m_cache;
};

} // namespace insitecache::bench
