// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <insitecache/base/clock.h>
#include <insitecache/base/error.h>

namespace insitecache {

/// How L1 chooses what goes when it is full. Adaptive is the one to use; the others are for comparison.
enum class Eviction : std::uint8_t {
    Adaptive, ///< W-TinyLFU with ghosts, its window as wide as shadow caches of a sample of keys say
    Lru,
    S3Fifo,
    WTinyLfu,
    Arc
};

/// So many types can be guaranteed bytes of L1.
inline constexpr std::size_t mostGuaranteedTypes = 15;

/// What a type is guaranteed of L1, whatever others store; what it does not use is lent to them.
struct TypeGuarantee {
    std::string type;
    std::uint64_t bytes = 0; ///< 0: nothing of its own
};

/// L1: inside the process.
struct MemoryTierOptions {
    std::uint64_t maxBytes = 256ull << 20;     ///< keys, payloads and bookkeeping together; 0 keeps nothing
    std::uint64_t maxEntries = 0;              ///< 0: as many as there is room for
    std::uint64_t maxEntryBytes = 16ull << 20; ///< a larger entry is not kept
    Eviction eviction = Eviction::Adaptive;
    bool whatIf = true; ///< watch a sample of keys to tell what more room or longer lives would do; Adaptive only
    Status validate() const;
};

/// L2: Redis, shared by processes. `url` is redis://[user@]host:port/db, rediss://…, or unix:/path[?db=N].
/// The password never stands in the URL: it is read from `passwordFile`.
struct RedisTierOptions {
    std::string url;
    std::string passwordFile;             ///< empty: no password
    std::string caFile;                   ///< rediss://: extra certificate authority, empty for the system's
    std::string prefix = "ic:";           ///< in front of every key this tier writes; never empty
    std::string space;                    ///< keys of different spaces never meet on one server
    std::vector<std::string> sharedTypes; ///< types that all spaces share
    std::string origin;                   ///< names this process in the log of invalidations; empty: a random name
    std::string database;                 ///< names the L3 of this process there, so that it is not told twice
    Millis connectTimeout{500};
    Millis commandTimeout{250};
    std::uint64_t maxValueBytes = 16ull << 20;
    Status validate() const;
};

/// L3: a database. `url` is sqlite:/path.
struct DatabaseTierOptions {
    std::string url;
    std::string space;                    ///< rows of different spaces never meet in one database
    std::vector<std::string> sharedTypes; ///< types whose rows all spaces share
    std::string origin;                   ///< names this process in the log of invalidations; empty: a random name
    std::string l2;                       ///< names the L2 of this process there, so that it is not told twice
    Millis busyTimeout{2000};
    Millis purgeInterval{30'000}; ///< expired rows are removed in small batches this often
    Status validate() const;
};

} // namespace insitecache
