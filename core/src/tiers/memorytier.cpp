// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/memorytier.h"

#include <algorithm>

#include "base/probe.h"

namespace insitecache {

namespace {

/// What one entry costs beside its block: the list and index nodes, their allocations' headers. Measured by the bench,
/// rounded up.
constexpr std::uint64_t memoryOverheadBytes = 96 + 64 + 48;

std::uint64_t memoryCost(const Entry &entry)
{
    return memoryOverheadBytes + entry.blockBytes();
}

Outcome outcomeOf(const Entry &entry, SteadyTime now)
{
    if (!entry.isFresh(now))
        return Outcome::Stale;
    return entry.negative() ? Outcome::Negative : Outcome::Hit;
}

tl::unexpected<Error> memoryClosed()
{
    return fail(ErrorCode::Cancelled, "the cache is shutting down");
}

} // namespace

MemoryTier::MemoryTier(const MemoryTierOptions &options, const Clock &clock) : m_options(options), m_clock(clock) {}
MemoryTier::~MemoryTier() = default;

bool MemoryTier::tryGet(const CacheKey &key, SteadyTime now, Hit &hit)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_index.find(key.text());
    if (found == m_index.end() || !found->second->entry->isFresh(now))
        return false;
    Node &node = *found->second;
    ++node.hits;
    m_nodes.splice(m_nodes.begin(), m_nodes, found->second);
    hit.entry = node.entry;
    hit.refreshDue = now >= node.refreshAt;
    if (hit.refreshDue)
        node.refreshAt = SteadyTime::max();
    return true;
}

void MemoryTier::deferRefresh(const CacheKey &key, SteadyTime when)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_index.find(key.text());
    if (found != m_index.end())
        found->second->refreshAt = when;
}

EntryPtr MemoryTier::peek(const CacheKey &key) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_index.find(key.text());
    return found == m_index.end() ? nullptr : found->second->entry;
}

std::size_t MemoryTier::purgeExpired(std::size_t limit)
{
    const SteadyTime now = m_clock.now();
    const std::lock_guard lock(m_mutex);
    std::size_t purged = 0;
    for (auto it = m_byExpiry.begin(); it != m_byExpiry.end() && purged < limit;) {
        const auto node = (it++)->second;
        if (node->entry->isFresh(now))
            break;
        if (node->entry->isUsable(now))
            continue;
        erase(node);
        ++m_expirations;
        ++purged;
    }
    return purged;
}

TierRead MemoryTier::readNode(const CacheKey &key, SteadyTime now)
{
    const auto found = m_index.find(key.text());
    if (found == m_index.end())
        return {};
    const auto node = found->second;
    if (!node->entry->isUsable(now)) {
        erase(node);
        ++m_expirations;
        return {};
    }
    ++node->hits;
    m_nodes.splice(m_nodes.begin(), m_nodes, node);
    return {outcomeOf(*node->entry, now), node->entry, std::nullopt};
}

void MemoryTier::get(const std::vector<CacheKey> &keys, Callback<std::vector<TierRead>> done)
{
    std::vector<TierRead> reads(keys.size());
    {
        const SteadyTime now = m_clock.now();
        const std::lock_guard lock(m_mutex);
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (m_closed)
                reads[i] = {Outcome::Error, nullptr, memoryClosed().value()};
            else
                reads[i] = readNode(keys[i], now);
            reads[i].ticket = {m_scopes.position()};
        }
    }
    done(std::move(reads));
}

void MemoryTier::peek(const std::vector<CacheKey> &keys, Callback<Result<std::vector<EntryPtr>>> done)
{
    std::vector<EntryPtr> found(keys.size());
    bool closed = false;
    {
        const SteadyTime now = m_clock.now();
        const std::lock_guard lock(m_mutex);
        closed = m_closed;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const auto node = m_index.find(keys[i].text());
            if (node != m_index.end() && node->second->entry->isUsable(now))
                found[i] = node->second->entry;
        }
    }
    done(closed ? Result<std::vector<EntryPtr>>(memoryClosed()) : Result<std::vector<EntryPtr>>(std::move(found)));
}

FillTicket MemoryTier::ticket() const
{
    const std::lock_guard lock(m_mutex);
    return {m_scopes.position()};
}

void MemoryTier::claim(const std::vector<CacheKey> &keys, Callback<std::vector<FillTicket>> done)
{
    done(std::vector<FillTicket>(keys.size(), ticket()));
}

bool MemoryTier::isVoid(const Fill &fill) const
{
    const std::lock_guard lock(m_mutex);
    return isOvertaken(fill);
}

bool MemoryTier::isOvertaken(const Fill &fill) const
{
    return isOn(Protection::Tick) && m_scopes.covers(fill.ticket.position, fill.entry->key(), fill.parents);
}

/// Is what lies there to stay?
bool MemoryTier::isNewer(const Fill &fill, SteadyTime now) const
{
    if (!fill.unlessNewer)
        return false;
    const auto there = m_index.find(fill.entry->keyText());
    if (there == m_index.end())
        return false;
    const Entry &old = *there->second->entry;
    return old.isUsable(now) && old.created() > fill.entry->created();
}

void MemoryTier::fill(const std::vector<Fill> &fills, Callback<std::vector<FillOutcome>> done)
{
    std::vector<FillOutcome> outcomes(fills.size(), FillOutcome::Refused);
    {
        const SteadyTime now = m_clock.now();
        const std::lock_guard lock(m_mutex);
        for (std::size_t i = 0; i < fills.size(); ++i) {
            if (m_closed)
                outcomes[i] = FillOutcome::Failed;
            else if (fills[i].entry->isUsable(now) && !isOvertaken(fills[i]) && !isNewer(fills[i], now)
                && insert(fills[i].entry, now))
                outcomes[i] = FillOutcome::Stored;
        }
    }
    done(std::move(outcomes));
}

void MemoryTier::put(const std::vector<Fill> &fills, Callback<Status> done)
{
    bool closed = false;
    {
        const SteadyTime now = m_clock.now();
        const std::lock_guard lock(m_mutex);
        closed = m_closed;
        for (const Fill &fill : fills) {
            if (closed)
                break;
            const bool overtaken = fill.ticket.isValid() && isOvertaken(fill);
            m_scopes.raise(Selector::keys({fill.entry->key()}));
            if (overtaken || !fill.entry->isUsable(now))
                drop(fill.entry->keyText());
            else
                insert(fill.entry, now);
        }
    }
    done(closed ? Status(memoryClosed()) : Status());
}

void MemoryTier::drop(std::string_view key)
{
    if (const auto old = m_index.find(key); old != m_index.end())
        erase(old->second);
}

// A put of something that cannot be kept still removes the old copy: the caller said it is outdated.
bool MemoryTier::insert(const EntryPtr &entry, SteadyTime now)
{
    drop(entry->keyText());
    const std::uint64_t cost = memoryCost(*entry);
    if (cost > m_options.maxBytes || cost > m_options.maxEntryBytes || m_options.maxEntries == 0)
        return false;
    makeRoom(cost, now);
    m_nodes.push_front(Node{entry, 0, cost, entry->refreshAt()});
    m_index.emplace(m_nodes.front().entry->keyText(), m_nodes.begin());
    m_nodes.front().expiry = m_byExpiry.emplace(entry->freshUntil(), m_nodes.begin());
    m_bytes += cost;
    return true;
}

void MemoryTier::makeRoom(std::uint64_t bytes, SteadyTime now)
{
    while (!m_nodes.empty() && (m_bytes + bytes > m_options.maxBytes || m_nodes.size() >= m_options.maxEntries)) {
        const auto oldest = m_byExpiry.begin()->second;
        const bool expired = !oldest->entry->isFresh(now);
        ++(expired ? m_expirations : m_evictions);
        erase(expired ? oldest : std::prev(m_nodes.end()));
    }
}

void MemoryTier::erase(Nodes::iterator node)
{
    m_byExpiry.erase(node->expiry);
    m_index.erase(node->entry->keyText());
    m_bytes -= node->bytes;
    m_nodes.erase(node);
}

void MemoryTier::replaceEntry(Nodes::iterator node, EntryPtr entry)
{
    m_byExpiry.erase(node->expiry);
    m_index.erase(node->entry->keyText());
    node->entry = std::move(entry);
    m_index.emplace(node->entry->keyText(), node);
    node->expiry = m_byExpiry.emplace(node->entry->freshUntil(), node);
}

template <class Visit>
void MemoryTier::forEachMatch(const Selector &which, Visit visit)
{
    if (m_closed)
        return;
    if (const auto *named = which.namedKeys()) {
        for (const CacheKey &key : *named) {
            if (const auto found = m_index.find(key.text()); found != m_index.end())
                visit(found->second);
        }
        return;
    }
    for (auto node = m_nodes.begin(); node != m_nodes.end();) {
        const auto current = node++;
        if (which.matches(current->entry->keyText()))
            visit(current);
    }
}

void MemoryTier::remove(const Selector &which, Callback<Result<std::uint64_t>> done)
{
    std::uint64_t removed = 0;
    bool closed = false;
    {
        const SteadyTime now = m_clock.now();
        const std::lock_guard lock(m_mutex);
        closed = m_closed;
        m_scopes.raise(which);
        forEachMatch(which, [&](Nodes::iterator node) {
            removed += node->entry->isUsable(now) ? 1 : 0;
            erase(node);
        });
    }
    done(closed ? Result<std::uint64_t>(memoryClosed()) : Result<std::uint64_t>(removed));
}

void MemoryTier::expire(const Selector &which, Callback<Result<std::uint64_t>> done)
{
    std::uint64_t expired = 0;
    bool closed = false;
    {
        const SteadyTime now = m_clock.now();
        const std::lock_guard lock(m_mutex);
        closed = m_closed;
        m_scopes.raise(which);
        forEachMatch(which, [&](Nodes::iterator node) {
            expired += node->entry->isUsable(now) ? 1 : 0;
            if (node->entry->negative() || !node->entry->isUsable(now))
                return erase(node);
            EntryFields ended = node->entry->fields();
            ended.freshUntil = std::min(ended.freshUntil, now);
            replaceEntry(node, Entry::make(ended));
        });
    }
    done(closed ? Result<std::uint64_t>(memoryClosed()) : Result<std::uint64_t>(expired));
}

void MemoryTier::count(const Selector &which, Callback<Result<TierCount>> done)
{
    TierCount counted;
    bool closed = false;
    {
        const SteadyTime now = m_clock.now();
        const std::lock_guard lock(m_mutex);
        closed = m_closed;
        forEachMatch(which, [&](Nodes::iterator node) { counted.keys += node->entry->isUsable(now) ? 1 : 0; });
    }
    done(closed ? Result<TierCount>(memoryClosed()) : Result<TierCount>(counted));
}

TierEntryInfo MemoryTier::infoOf(const Node &node, SteadyTime now)
{
    const Entry &entry = *node.entry;
    TierEntryInfo info;
    info.key = entry.key();
    info.ttl = std::chrono::duration_cast<Millis>(entry.freshUntil() - now);
    info.bytes = node.bytes;
    info.rawBytes = entry.payload().size();
    info.hits = node.hits;
    info.created = entry.created();
    info.origin = entry.origin();
    info.version = entry.version();
    info.negative = entry.negative();
    return info;
}

void MemoryTier::list(const Selector &which, std::size_t limit, Callback<Result<TierListing>> done)
{
    TierListing listing;
    bool closed = false;
    {
        const SteadyTime now = m_clock.now();
        const std::lock_guard lock(m_mutex);
        closed = m_closed;
        forEachMatch(which, [&](Nodes::iterator node) {
            if (!node->entry->isUsable(now))
                return;
            ++listing.total;
            if (listing.entries.size() < limit)
                listing.entries.push_back(infoOf(*node, now));
        });
    }
    done(closed ? Result<TierListing>(memoryClosed()) : Result<TierListing>(std::move(listing)));
}

void MemoryTier::usage(Callback<TierUsage> done)
{
    TierUsage usage;
    {
        const std::lock_guard lock(m_mutex);
        usage = {!m_closed, m_nodes.size(), m_bytes, m_evictions, m_expirations, "in this process"};
    }
    done(std::move(usage));
}

void MemoryTier::close()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
}

} // namespace insitecache
