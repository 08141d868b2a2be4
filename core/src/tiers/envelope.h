// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <insitecache/base/error.h>
#include <insitecache/tiers/entry.h>

namespace insitecache {

/// The bytes an entry has outside the process: L2 and L3 store exactly this, other programs can read it.
///
/// Little-endian, in this order: magic "ICE1", version u8, codec u8 (0 plain, 1 zstd), flags u8 (1 negative),
/// reserved u8; created ms u64 (Unix), ttl ms u64, stale ms u64, refresh-before ms u64 (how long before logical
/// expiry a hit refreshes), entry version u64; key length u32, origin length u32, stored payload length u32,
/// raw payload length u32; key, origin, payload (CBOR, RFC 8949); xxh3-64 of everything before it, u64.
///
/// It holds no deadline: two machines never agree on the time. The store tells what physical life remains.

/// Payloads above this are compressed when that saves at least 5 %.
inline constexpr std::size_t compressAbove = 1024;
inline constexpr std::size_t maxPayloadBytes = 16u << 20;

/// Any thread.
std::string sealEnvelope(const Entry &entry);

/// What a store says of a life in milliseconds, as a duration: never negative, never beyond what a duration holds.
Duration lifeFromStore(long long milliseconds);

/// `remaining` is the physical life left (until stale-until) as the store tells it; it is clamped to ttl + stale.
/// Errors: Corrupt, saying what did not fit (magic, version, length, checksum, another key, payload).
/// Any thread.
Result<EntryPtr> openEnvelope(std::string_view bytes, const CacheKey &expected, Duration remaining, SteadyTime now);

/// What can be told without decompressing: for listings.
struct EnvelopeInfo {
    std::string key, origin;
    WallTime created{};
    Millis ttl{}, staleFor{};
    std::uint64_t version = 0, rawBytes = 0;
    bool negative = false;
};
Result<EnvelopeInfo> inspectEnvelope(std::string_view bytes);
/// The same from the first bytes of an envelope of `totalBytes`, so that a listing need not fetch payloads.
/// The checksum is not verified. Errors: Corrupt, also when `head` ends before the payload begins.
Result<EnvelopeInfo> inspectEnvelopeHead(std::string_view head, std::size_t totalBytes);

} // namespace insitecache
