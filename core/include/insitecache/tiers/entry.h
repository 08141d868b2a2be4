// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <insitecache/base/cachekey.h>
#include <insitecache/base/clock.h>

namespace insitecache {

/// One cached value with its times. Immutable once shared, so any thread may hold an EntryPtr as long as it
/// likes; nobody ever sees half an entry.
///
/// Deadlines are on this process's steady clock. A tier that keeps entries outside the process stores
/// *remaining* durations and turns them into deadlines again when it reads.
struct Entry {
    CacheKey key;
    std::string payload;       ///< CBOR (RFC 8949); empty for a negative entry
    std::string origin;        ///< who made it: "yahoo", "reddit+x", "user"
    WallTime created{};        ///< when the origin answered
    Duration ttl{};            ///< the full fresh life it was given, jitter included
    Duration staleFor{};       ///< how much longer it may be served when the origin fails
    SteadyTime freshUntil{};   ///< logical expiry
    SteadyTime staleUntil{};   ///< physical expiry: freshUntil + staleFor
    SteadyTime refreshAt{};    ///< from here on a hit starts one background refresh
    std::uint64_t version = 0; ///< grows with each write of this key in the process that wrote it
    bool negative = false;     ///< "the upstream says there is none"

    bool isFresh(SteadyTime now) const { return now < freshUntil; }
    bool isUsable(SteadyTime now) const { return now < staleUntil; }
};

using EntryPtr = std::shared_ptr<const Entry>;

} // namespace insitecache
