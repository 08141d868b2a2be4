// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <insitecache/tiers/tier.h>

#include "support/await.h"

namespace insitecache::test {

inline CacheKey keyOf(std::string_view text)
{
    return CacheKey::parse(text).value();
}

/// A tier's calls, waited for.
struct TierCalls {
    Tier &tier;

    std::vector<TierRead> get(const std::vector<CacheKey> &keys) const
    {
        return await<std::vector<TierRead>>([&](auto done) { tier.get(keys, done); });
    }
    TierRead get(std::string_view key) const { return get(std::vector{keyOf(key)}).at(0); }
    Result<std::vector<EntryPtr>> peek(const std::vector<CacheKey> &keys) const
    {
        return await<Result<std::vector<EntryPtr>>>([&](auto done) { tier.peek(keys, done); });
    }
    FillTicket claim(std::string_view key) const
    {
        return await<std::vector<FillTicket>>([&](auto done) { tier.claim({keyOf(key)}, done); }).at(0);
    }
    FillOutcome fill(const EntryPtr &entry, const FillTicket &ticket) const { return fill(Fill{entry, ticket}); }
    FillOutcome fill(const Fill &fill) const
    {
        return await<std::vector<FillOutcome>>([&](auto done) { tier.fill({fill}, done); }).at(0);
    }
    Status write(const std::vector<Fill> &fills) const
    {
        return await<Status>([&](auto done) { tier.put(fills, done); });
    }
    Status put(const std::vector<EntryPtr> &entries) const
    {
        return await<Status>([&](auto done) { tier.put(writesOf(entries), done); });
    }
    Result<std::uint64_t> remove(const Selector &which) const
    {
        return await<Result<std::uint64_t>>([&](auto done) { tier.remove(which, done); });
    }
    Result<std::uint64_t> expire(const Selector &which) const
    {
        return await<Result<std::uint64_t>>([&](auto done) { tier.expire(which, done); });
    }
    Result<TierCount> count(const Selector &which) const
    {
        return await<Result<TierCount>>([&](auto done) { tier.count(which, done); });
    }
    Result<TierListing> list(const Selector &which, std::size_t limit) const
    {
        return await<Result<TierListing>>([&](auto done) { tier.list(which, limit, done); });
    }
    TierUsage usage() const
    {
        return await<TierUsage>([&](auto done) { tier.usage(done); });
    }
};

/// An entry made `now`: what a test does not name has a sensible value.
inline EntryFields entryOf(std::string_view key, std::string payload, const Clock &clock,
    Duration ttl = std::chrono::hours(1), Duration staleFor = std::chrono::hours(2))
{
    EntryFields entry;
    entry.key = keyOf(key);
    entry.payload = std::move(payload);
    entry.origin = "test";
    entry.created = clock.wall();
    entry.ttl = ttl;
    entry.staleFor = staleFor;
    entry.freshUntil = clock.now() + ttl;
    entry.refreshAt = entry.freshUntil;
    entry.version = 1;
    return entry;
}

inline EntryPtr share(const EntryFields &entry)
{
    return Entry::make(entry);
}

} // namespace insitecache::test
