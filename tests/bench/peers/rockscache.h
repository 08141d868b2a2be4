// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>

#include <rocksdb/cache.h>
#include <xxhash.h>

#include "measure.h"

namespace insitecache::bench {

/// RocksDB's caches count bytes; here each entry weighs one, and what they keep beside it nothing. 16 parts each.
struct RocksKind {
    static constexpr int shardBits = 4;
};

struct RocksLru : RocksKind {
    static std::shared_ptr<rocksdb::Cache> make(std::size_t capacity)
    {
        rocksdb::LRUCacheOptions options(capacity, shardBits, false, 0.0);
        options.metadata_charge_policy = rocksdb::kDontChargeCacheMetadata;
        return rocksdb::NewLRUCache(options);
    }
    static std::string_view keyOf(const CacheKey &key) { return key.text(); }
};

/// Experimental in RocksDB 7.8, which takes keys of exactly 16 bytes: so it gets a hash of ours, made on each call, and
/// never compares the key itself.
struct RocksHyperClock : RocksKind {
    static std::shared_ptr<rocksdb::Cache> make(std::size_t capacity)
    {
        return rocksdb::HyperClockCacheOptions(
            capacity, 1, shardBits, false, nullptr, rocksdb::kDontChargeCacheMetadata)
            .MakeSharedCache();
    }
    static std::array<char, 16> keyOf(const CacheKey &key)
    {
        return std::bit_cast<std::array<char, 16>>(XXH3_128bits(key.text().data(), key.text().size()));
    }
};

template <class Kind>
class RocksCache {
public:
    explicit RocksCache(std::size_t capacity) : m_cache(Kind::make(capacity)) {}

    bool read(const CacheKey &key, std::uint64_t &sum)
    {
        const auto name = Kind::keyOf(key);
        rocksdb::Cache::Handle *handle = m_cache->Lookup(rocksdb::Slice(name.data(), name.size()));
        if (!handle)
            return false;
        sum += firstBytes(m_cache->Value(handle));
        m_cache->Release(handle);
        return true;
    }
    void write(const CacheKey &key, std::string_view value)
    {
        const auto name = Kind::keyOf(key);
        auto *copy = new Value;
        std::memcpy(copy->data(), value.data(), copy->size());
        const rocksdb::Status status = m_cache->Insert(rocksdb::Slice(name.data(), name.size()), copy, 1, &forget);
        if (!status.ok())
            throw std::runtime_error(status.ToString());
    }

private:
    using Value = std::array<char, Workload::valueBytes>;
    static void forget(const rocksdb::Slice &, void *value) { delete static_cast<Value *>(value); }

    std::shared_ptr<rocksdb::Cache> m_cache;
};

} // namespace insitecache::bench
