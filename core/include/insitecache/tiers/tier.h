// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <insitecache/base/error.h>
#include <insitecache/base/selector.h>
#include <insitecache/tiers/entry.h>

namespace insitecache {

/// Where an answer can come from. The order is the order of a lookup.
enum class Stage : std::uint8_t { L1, L2, L3, Source, None };
inline constexpr int tierCount = 3;
/// "L1", "L2", "L3", "source", "none".
std::string_view stageName(Stage stage);

/// How one step of a lookup ended. A miss, an outage and a corrupt entry never look alike.
enum class Outcome : std::uint8_t { Hit, Miss, Stale, Negative, Corrupt, Bypass, Skipped, Timeout, Open, Error };
/// "hit", "miss", … as in the command line's JSON. Corrupt is written "corrupt".
std::string_view outcomeName(Outcome outcome);

/// What a tier says about one key.
struct TierRead {
    Outcome outcome = Outcome::Miss; ///< Hit, Negative, Stale (usable, not fresh), Miss, Corrupt, Timeout, Open, Error
    EntryPtr entry;                  ///< set for Hit, Negative and Stale
    std::optional<Error> error;      ///< set for Corrupt, Timeout, Open and Error
};

/// One row of a listing. Looking never changes order, counters or TTL.
struct TierEntryInfo {
    CacheKey key;
    Millis ttl{};               ///< remaining fresh life, negative when only stale
    std::uint64_t bytes = 0;    ///< as stored in this tier, overhead included where the tier knows it
    std::uint64_t rawBytes = 0; ///< payload, before compression
    std::uint64_t hits = 0;     ///< reads since it was loaded, 0 where the tier does not count
    WallTime created{};
    std::string origin;
    std::uint64_t version = 0;
    bool negative = false;
};

struct TierListing {
    std::vector<TierEntryInfo> entries;
    std::uint64_t total = 0; ///< how many matched, also beyond the limit
    bool exact = true;       ///< false where the tier can only estimate (a Redis SCAN)
};

struct TierCount {
    std::uint64_t keys = 0;
    bool exact = true;
};

/// What a tier says of itself for the dashboard.
struct TierUsage {
    bool up = true;
    std::uint64_t entries = 0;
    std::uint64_t bytes = 0;
    std::uint64_t evictions = 0;
    std::uint64_t expirations = 0;
    std::string detail; ///< one line: where it is, or why it is down
};

/// One tier of the cache: keeps entries under keys until they expire, are evicted or removed.
///
/// It is not a source: it never fetches. It is not a policy: it keeps what it is told to, within its bounds.
///
/// Threads: every method is called on the cache thread, and every callback is run on the cache thread,
/// exactly once, possibly before the call returns. After close() pending callbacks get ErrorCode::Cancelled.
/// Results have the order and number of the keys asked for.
/// The same contract suite (tests/contract) runs over every implementation.
class Tier {
public:
    template <class T>
    using Callback = std::function<void(T)>;

    virtual ~Tier() = default;
    virtual Stage stage() const = 0;

    /// One round trip for all keys. A corrupt copy is reported as such and dropped by the tier itself
    /// (only if it is still the copy that was read).
    virtual void get(const std::vector<CacheKey> &keys, Callback<std::vector<TierRead>> done) = 0;
    /// Replaces what is there. An entry that is no longer usable is not stored.
    virtual void put(const std::vector<EntryPtr> &entries, Callback<Status> done) = 0;
    /// How many copies were really removed; removing an absent key is not a failure.
    virtual void remove(const Selector &which, Callback<Result<std::uint64_t>> done) = 0;
    /// Ends the fresh life now, but keeps the copy for its stale time. Negative entries are removed.
    virtual void expire(const Selector &which, Callback<Result<std::uint64_t>> done) = 0;
    virtual void count(const Selector &which, Callback<Result<TierCount>> done) = 0;
    virtual void list(const Selector &which, std::size_t limit, Callback<Result<TierListing>> done) = 0;
    virtual void usage(Callback<TierUsage> done) = 0;
    virtual void close() = 0;
};

} // namespace insitecache
