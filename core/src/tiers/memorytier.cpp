// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/memorytier.h"

#include <algorithm>

#include "base/probe.h"

namespace insitecache {

namespace {

tl::unexpected<Error> memoryClosed()
{
    return fail(ErrorCode::Cancelled, "the cache is shutting down");
}

bool isNewer(const Entry *there, const Fill &fill, SteadyTime now)
{
    return fill.unlessNewer && there && there->isUsable(now) && there->created() > fill.entry->created();
}

TierEntryInfo memoryInfo(const Entry &entry, SteadyTime now)
{
    TierEntryInfo info;
    info.key = entry.key();
    info.ttl = std::chrono::duration_cast<Millis>(entry.freshUntil() - now);
    info.bytes = MemoryStore::costOf(entry);
    info.rawBytes = entry.payload().size();
    info.hits = MemoryStore::hitsOf(entry);
    info.created = entry.created();
    info.origin = entry.origin();
    info.version = entry.version();
    info.negative = entry.negative();
    return info;
}

} // namespace

MemoryTier::MemoryTier(const MemoryTierOptions &options, const Clock &clock) : m_clock(clock), m_store(options) {}
MemoryTier::~MemoryTier() = default;

FillTicket MemoryTier::ticket() const
{
    const std::lock_guard lock(m_scopesMutex);
    return {m_scopes.position()};
}

bool MemoryTier::isVoid(const Fill &fill) const
{
    const std::lock_guard lock(m_scopesMutex);
    return isOn(Protection::Tick) && m_scopes.covers(fill.ticket.position, fill.entry->key(), fill.parents);
}

void MemoryTier::raise(const Selector &which)
{
    const std::lock_guard lock(m_scopesMutex);
    m_scopes.raise(which);
}

// The ticket is from before the look: what is invalidated in between voids it.
TierRead MemoryTier::read(const CacheKey &key, SteadyTime now)
{
    if (m_closed)
        return {Outcome::Error, nullptr, memoryClosed().value(), ticket()};
    const FillTicket before = ticket();
    const EntryPtr entry = m_store.get(key.text(), now);
    return {entry ? outcomeOf(*entry, now) : Outcome::Miss, entry, std::nullopt, before};
}

void MemoryTier::get(const std::vector<CacheKey> &keys, Callback<std::vector<TierRead>> done)
{
    std::vector<TierRead> reads;
    reads.reserve(keys.size());
    const SteadyTime now = m_clock.now();
    for (const CacheKey &key : keys)
        reads.push_back(read(key, now));
    done(std::move(reads));
}

void MemoryTier::peek(const std::vector<CacheKey> &keys, Callback<Result<std::vector<EntryPtr>>> done)
{
    if (m_closed)
        return done(memoryClosed());
    std::vector<EntryPtr> found;
    found.reserve(keys.size());
    const SteadyTime now = m_clock.now();
    for (const CacheKey &key : keys) {
        EntryPtr entry = peek(key);
        found.push_back(entry && entry->isUsable(now) ? std::move(entry) : nullptr);
    }
    done(std::move(found));
}

void MemoryTier::claim(const std::vector<CacheKey> &keys, Callback<std::vector<FillTicket>> done)
{
    done(std::vector<FillTicket>(keys.size(), ticket()));
}

FillOutcome MemoryTier::fillOne(const Fill &fill, SteadyTime now)
{
    if (m_closed)
        return FillOutcome::Failed;
    if (!fill.entry->isUsable(now))
        return FillOutcome::Refused;
    const bool stored = m_store.insert(
        fill.entry, now, [&](const Entry *there) { return !isVoid(fill) && !isNewer(there, fill, now); });
    return stored ? FillOutcome::Stored : FillOutcome::Refused;
}

void MemoryTier::fill(const std::vector<Fill> &fills, Callback<std::vector<FillOutcome>> done)
{
    std::vector<FillOutcome> outcomes;
    outcomes.reserve(fills.size());
    const SteadyTime now = m_clock.now();
    for (const Fill &fill : fills)
        outcomes.push_back(fillOne(fill, now));
    done(std::move(outcomes));
}

void MemoryTier::putOne(const Fill &fill, SteadyTime now)
{
    const bool overtaken = fill.ticket.isValid() && isVoid(fill);
    raise(Selector::keys({fill.entry->key()}));
    if (overtaken || !fill.entry->isUsable(now))
        m_store.erase(fill.entry->keyText());
    else
        m_store.insert(fill.entry, now);
}

void MemoryTier::put(const std::vector<Fill> &fills, Callback<Status> done)
{
    if (m_closed)
        return done(memoryClosed());
    const SteadyTime now = m_clock.now();
    for (const Fill &fill : fills)
        putOne(fill, now);
    done({});
}

void MemoryTier::remove(const Selector &which, Callback<Result<std::uint64_t>> done)
{
    raise(which);
    if (m_closed)
        return done(memoryClosed());
    done(m_store.erase(which, m_clock.now()));
}

void MemoryTier::expire(const Selector &which, Callback<Result<std::uint64_t>> done)
{
    raise(which);
    if (m_closed)
        return done(memoryClosed());
    done(m_store.endFreshLife(which, m_clock.now()));
}

void MemoryTier::count(const Selector &which, Callback<Result<TierCount>> done)
{
    if (m_closed)
        return done(memoryClosed());
    TierCount counted;
    const SteadyTime now = m_clock.now();
    m_store.forEach(which, [&](const Entry &entry) { counted.keys += entry.isUsable(now) ? 1 : 0; });
    done(counted);
}

void MemoryTier::list(const Selector &which, std::size_t limit, Callback<Result<TierListing>> done)
{
    if (m_closed)
        return done(memoryClosed());
    TierListing listing;
    const SteadyTime now = m_clock.now();
    m_store.forEach(which, [&](const Entry &entry) {
        if (!entry.isUsable(now))
            return;
        ++listing.total;
        if (listing.entries.size() < limit)
            listing.entries.push_back(memoryInfo(entry, now));
    });
    done(std::move(listing));
}

std::vector<HotKey> MemoryTier::hottest(std::size_t count)
{
    const auto hotter = [](const HotKey &a, const HotKey &b) { return a.heat > b.heat; };
    std::vector<HotKey> hottest; // a heap, the coolest in front
    m_store.forEach(Selector::all(), [&](const Entry &entry) {
        const auto heat = static_cast<double>(MemoryStore::hitsOf(entry));
        if (heat == 0 || entry.negative() || (hottest.size() == count && heat <= hottest.front().heat))
            return;
        if (hottest.size() == count) {
            std::pop_heap(hottest.begin(), hottest.end(), hotter);
            hottest.pop_back();
        }
        hottest.push_back({entry.key(), heat});
        std::push_heap(hottest.begin(), hottest.end(), hotter);
    });
    std::sort_heap(hottest.begin(), hottest.end(), hotter);
    return hottest;
}

void MemoryTier::usage(Callback<TierUsage> done)
{
    done({!m_closed, m_store.entries(), m_store.bytes(), m_store.evictions(), m_store.expirations(), "in this process",
        m_store.usageByType()});
}

} // namespace insitecache
