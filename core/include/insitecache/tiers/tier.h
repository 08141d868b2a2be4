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
#include <insitecache/tiers/missreason.h>

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

/// How a read ends that finds the entry: Stale, Negative or Hit.
Outcome outcomeOf(const Entry &entry, SteadyTime now);

/// What a tier hands out when it is asked for a key, and wants back with the fill: proof that nothing invalidated the
/// key in between. Opaque to everybody else.
struct FillTicket {
    std::uint64_t position = 0; ///< L1, L3: the invalidations the tier had seen, plus one; 0: none was handed out
    std::string token{};        ///< L2: the lease; empty: none was handed out

    bool isValid() const { return position > 0 || !token.empty(); }
};

/// What a tier says about one key.
struct TierRead {
    Outcome outcome = Outcome::Miss; ///< Hit, Negative, Stale (usable, not fresh), Miss, Corrupt, Timeout, Open, Error
    EntryPtr entry;                  ///< set for Hit, Negative and Stale
    std::optional<Error> error;      ///< set for Corrupt, Timeout, Open and Error
    FillTicket ticket{};             ///< for a fill of this tier after anything but Hit and Negative
    std::optional<MissReason> why{}; ///< of a Miss, where the tier itself can see it
};

/// A value that was loaded from further down, on its way up.
struct Fill {
    EntryPtr entry;
    FillTicket ticket{};             ///< from this tier's read of the key, or from claim()
    std::vector<CacheKey> parents{}; ///< keys the value was made from; their invalidation voids the fill too
    /// Store only where nothing newer lies: a usable copy that was created later than this one stays. Honoured by
    /// fill() of every tier, and by put() of L3, which leaves such a copy and tells nobody.
    bool unlessNewer = false;
};

/// A write of these, without tickets.
inline std::vector<Fill> writesOf(const std::vector<EntryPtr> &entries)
{
    std::vector<Fill> fills;
    fills.reserve(entries.size());
    for (const EntryPtr &entry : entries)
        fills.push_back({entry});
    return fills;
}

/// Refused is no failure: the key was invalidated since the ticket was handed out, or there was no ticket, or what is
/// there is newer and should stay.
enum class FillOutcome : std::uint8_t { Stored, Refused, Failed };

/// One row of a listing. Looking never changes order, counters or TTL.
struct TierEntryInfo {
    CacheKey key;
    Millis ttl{};               ///< remaining fresh life, negative when only stale
    std::uint64_t bytes = 0;    ///< as stored in this tier, overhead included where the tier knows it
    std::uint64_t rawBytes = 0; ///< payload, before compression
    std::uint64_t hits = 0;     ///< reads since it was loaded, 0 where the tier does not count; L1 stops at 4095
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

/// What one type of key has in a tier.
struct TypeUsage {
    std::string type; ///< empty: all that are not named
    std::uint64_t entries = 0;
    std::uint64_t bytes = 0;
    std::uint64_t guaranteedBytes = 0; ///< as far as there is room for all guarantees; for the others, what is left
};

/// What a tier says of itself for the dashboard.
struct TierUsage {
    bool up = true;
    std::uint64_t entries = 0;
    std::uint64_t bytes = 0;
    std::uint64_t evictions = 0;
    std::uint64_t expirations = 0;
    std::string detail;             ///< one line: where it is, or why it is down
    std::vector<TypeUsage> types{}; ///< L1, where types are guaranteed something
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

    /// One round trip for all keys, two where keys are missing. A corrupt copy is reported as such and dropped by the
    /// tier itself (only if it is still the copy that was read).
    virtual void get(const std::vector<CacheKey> &keys, Callback<std::vector<TierRead>> done) = 0;
    /// The copies of these keys as they are, null where there is no usable one. Only looks: no use is counted, no order
    /// changed, no ticket handed out.
    virtual void peek(const std::vector<CacheKey> &keys, Callback<Result<std::vector<EntryPtr>>> done) = 0;
    /// Hands out tickets as a miss does, without reading. Where a key can have only one (L2), the others are void.
    virtual void claim(const std::vector<CacheKey> &keys, Callback<std::vector<FillTicket>> done) = 0;
    /// Stores what was loaded, unless its ticket is void. An entry that is no longer usable is Refused.
    virtual void fill(const std::vector<Fill> &fills, Callback<std::vector<FillOutcome>> done) = 0;
    /// A new truth: replaces what is there, voids every ticket of these keys and tells whoever follows this tier. A
    /// valid but overtaken ticket in `fills` means that somebody wrote later: then the copy is removed instead.
    virtual void put(const std::vector<Fill> &fills, Callback<Status> done) = 0;
    /// Removes matching copies, voids every ticket of a matching key (also of keys that are not there) and tells
    /// whoever follows this tier. How many copies were really removed; an absent key is not a failure.
    virtual void remove(const Selector &which, Callback<Result<std::uint64_t>> done) = 0;
    /// As remove(), but only ends the fresh life and keeps the copy for its stale time. Negative entries are removed.
    virtual void expire(const Selector &which, Callback<Result<std::uint64_t>> done) = 0;
    virtual void count(const Selector &which, Callback<Result<TierCount>> done) = 0;
    virtual void list(const Selector &which, std::size_t limit, Callback<Result<TierListing>> done) = 0;
    virtual void usage(Callback<TierUsage> done) = 0;
    virtual void close() = 0;
};

} // namespace insitecache
