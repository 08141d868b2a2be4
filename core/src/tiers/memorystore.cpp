// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/memorystore.h"

#include <algorithm>
#include <bit>

#include "eviction/arcpolicy.h"
#include "eviction/lrupolicy.h"
#include "eviction/s3fifopolicy.h"
#include "eviction/wtinylfupolicy.h"
#include "tiers/adaptivepolicy.h"
#include "tiers/entryhash.h"

namespace insitecache {

namespace {

constexpr std::uint64_t bytesExpected = 512; ///< of an entry, where nothing is known yet
constexpr std::uint64_t entriesPerPart = 8192;
constexpr std::uint64_t mostParts = 16;
constexpr std::uint64_t mostDropMarks = 64 * 1024;
constexpr std::size_t timersAtOnce = 16;    ///< told while a part is locked: some microseconds
constexpr std::uint8_t refreshTaken = 0x80; ///< in the entry's state, beside what BlockNodes keeps there

std::uint64_t entriesExpected(const MemoryTierOptions &options)
{
    const std::uint64_t byBytes = options.maxBytes / bytesExpected;
    return options.maxEntries > 0 ? std::min(options.maxEntries, byBytes) : byBytes;
}

bool takesRefresh(const Entry &entry, SteadyTime now)
{
    if (now < entry.refreshAt())
        return false;
    return (EntryBlock::state(entry).fetch_or(refreshTaken, std::memory_order_relaxed) & refreshTaken) == 0;
}

} // namespace

MemoryStore::MemoryStore(const MemoryTierOptions &options) :
    m_options(options), m_tournaments(m_ledger, options.maxBytes, entriesExpected(options)),
    m_drops(std::min(entriesExpected(options), mostDropMarks)),
    m_whatIf(options.whatIf && options.eviction == Eviction::Adaptive),
    m_countsEveryHit(makePolicy(commonPartition)->needsEveryHit())
{
    const auto parts
        = std::bit_floor(std::clamp<std::uint64_t>(entriesExpected(options) / entriesPerPart, 1, mostParts));
    for (std::uint64_t i = 0; i < parts; ++i)
        m_parts.push_back(std::make_unique<MemoryPart>(
            m_ledger, m_drops, [this](PartitionId id) { return makePolicy(id); }, m_map));
    for (const auto &part : m_parts)
        m_ledger.changeOverhead(0, part->overheadBytes());
}

MemoryStore::~MemoryStore() = default;

std::unique_ptr<EvictionPolicy> MemoryStore::makePolicy(PartitionId partition)
{
    switch (m_options.eviction) {
    case Eviction::Lru: return std::make_unique<LruPolicy<BlockNodes>>(m_nodes);
    case Eviction::S3Fifo: return std::make_unique<S3FifoPolicy<BlockNodes>>(m_nodes);
    case Eviction::WTinyLfu: return std::make_unique<WTinyLfuPolicy<BlockNodes>>(m_nodes);
    case Eviction::Arc: return std::make_unique<ArcPolicy<BlockNodes>>(m_nodes);
    case Eviction::Adaptive: break;
    }
    return std::make_unique<AdaptivePolicy>(m_tournaments, partition);
}

template <class Change>
auto MemoryStore::inPart(MemoryPart &part, Change change)
{
    const auto note = [](std::atomic<std::uint64_t> &sum, std::uint64_t before, std::uint64_t after) {
        if (after != before)
            sum.fetch_add(after - before, std::memory_order_relaxed);
    };
    const std::lock_guard lock(part.mutex);
    const std::uint64_t stale = part.staleCount();
    const std::uint64_t behind = part.isBehind() ? 1 : 0;
    const std::uint64_t overhead = part.overheadBytes();
    auto result = change();
    m_ledger.changeOverhead(overhead, part.overheadBytes());
    part.settleTotals();
    note(m_stale, stale, part.staleCount());
    note(m_behind, behind, part.isBehind() ? 1 : 0);
    return result;
}

bool MemoryStore::tryGet(std::string_view key, SteadyTime now, MemoryHit &hit)
{
    const std::uint64_t hash = hashOfKey(key);
    EntryPtr entry = partOf(hash).table.find(key, hash);
    if (!entry || !entry->isFresh(now))
        return false;
    countUse(*entry, hash, now);
    hit.refreshDue = takesRefresh(*entry, now);
    hit.entry = std::move(entry);
    return true;
}

EntryPtr MemoryStore::get(std::string_view key, SteadyTime now)
{
    const std::uint64_t hash = hashOfKey(key);
    MemoryPart &part = partOf(hash);
    EntryPtr entry = part.table.find(key, hash);
    if (!entry)
        return nullptr;
    if (entry->isUsable(now)) {
        countUse(*entry, hash, now);
        return entry;
    }
    m_expirations += inPart(part, [&] {
        const Id id = EntryBlock::idOf(*entry);
        const bool there = part.table.contains(id, hash);
        if (there)
            part.erase(id, MissReason::Expired);
        return std::uint64_t(there);
    });
    return nullptr;
}

EntryPtr MemoryStore::peek(std::string_view key) const
{
    const std::uint64_t hash = hashOfKey(key);
    return partOf(hash).table.find(key, hash);
}

MissReason MemoryStore::missReason(std::string_view key, bool stale) const
{
    const MissReason dropped = m_drops.reasonOf(hashOfKey(key));
    return stale && dropped != MissReason::Invalidated ? MissReason::Expired : dropped;
}

void MemoryStore::countUse(const Entry &entry, std::uint64_t hash, SteadyTime now)
{
    BlockNodes::countHit(entry);
    if (m_countsEveryHit) {
        MemoryPart &part = partOf(hash);
        const Id id = EntryBlock::idOf(entry);
        const std::lock_guard lock(part.mutex);
        if (part.table.contains(id, hash))
            part.hit(id);
    }
    const PartitionId partition = BlockNodes::partitionOf(entry);
    m_tournaments.use(partition, hash);
    if (m_whatIf.isSampled(hash) && entry.isFresh(now))
        m_whatIf.asked(useOf(hash, partition, now, entry.ttl()));
}

WhatIf::Use MemoryStore::useOf(std::uint64_t hash, PartitionId partition, SteadyTime now, Duration life) const
{
    return {hash, now, life, capacity(), m_tournaments.share(partition)};
}

// As many as fit if all are as large as those that are there on average.
std::size_t MemoryStore::capacity() const
{
    const std::uint64_t count = entries();
    if (count == 0)
        return entriesExpected(m_options);
    const double fitting = double(count) / double(std::max<std::uint64_t>(m_ledger.bytes(), 1)) * double(available());
    return std::size_t(m_options.maxEntries > 0 ? std::min(fitting, double(m_options.maxEntries)) : fitting);
}

std::uint64_t MemoryStore::costOf(const Entry &entry)
{
    return BlockNodes::fixedBytes + entry.blockBytes();
}

std::uint64_t MemoryStore::hitsOf(const Entry &entry)
{
    return BlockNodes::totalOf(entry);
}

bool MemoryStore::fits(const Entry &entry, PartitionId partition) const
{
    const std::uint64_t cost = costOf(entry);
    return cost <= m_options.maxEntryBytes && cost <= m_ledger.roomFor(partition, available());
}

bool MemoryStore::insert(const EntryPtr &entry, SteadyTime now, const MayReplace &mayReplace)
{
    const std::uint64_t hash = hashOfKey(entry->keyText());
    MemoryPart &part = partOf(hash);
    PartitionId partition = commonPartition;
    bool isRequest = bool(mayReplace);
    bool hasCompeted = false;
    const bool placed = inPart(part, [&] {
        const Id old = part.table.idOf(entry->keyText(), hash);
        if (mayReplace && !mayReplace(old ? &EntryBlock::at(old) : nullptr))
            return false;
        isRequest = isRequest && !(old && EntryBlock::at(old).isFresh(now));
        if (old)
            part.erase(old, MissReason::Evicted);
        partition = part.partitionFor(entry->keyText());
        if (!fits(*entry, partition) || !place(part, entry, hash, now))
            return false;
        m_drops.forget(hash); // before it may be dropped again
        hasCompeted = makeRoomWithin(part, partition, now);
        if (!hasCompeted && !isOver(part))
            part.settle(partition);
        return true;
    });
    if (!placed)
        return false;
    if (m_options.eviction == Eviction::Adaptive)
        m_tournaments.start(partition);
    m_tournaments.use(partition, hash);
    if (m_whatIf.isSampled(hash)) {
        const WhatIf::Use use = useOf(hash, partition, now, entry->freshUntil() - now);
        isRequest ? m_whatIf.asked(use) : m_whatIf.renewed(use);
    }
    if (isOver() && !makeRoom(part, partition, now) && !hasCompeted) {
        const std::lock_guard lock(part.mutex);
        part.settle(partition);
    }
    return true;
}

// The words that L1 keeps in an entry are there once: an entry that is, or was, in an L1 is copied.
bool MemoryStore::place(MemoryPart &part, const EntryPtr &entry, std::uint64_t hash, SteadyTime now)
{
    const bool isUnused = EntryBlock::state(*entry).load(std::memory_order_relaxed) == 0
        && EntryBlock::hits(*entry).load(std::memory_order_relaxed) == 0;
    return part.insert(isUnused ? entry : Entry::make(entry->fields()), hash, now);
}

std::uint64_t MemoryStore::available() const
{
    return m_options.maxBytes - std::min(m_options.maxBytes, overheadBytes());
}

bool MemoryStore::isOver(std::uint64_t entryBytes, std::uint64_t entries) const
{
    return entryBytes + overheadBytes() > m_options.maxBytes
        || (m_options.maxEntries > 0 && entries > m_options.maxEntries);
}

// The usual case: the part that takes an entry in gives one of the same partition, and nobody else hears of it.
bool MemoryStore::makeRoomWithin(MemoryPart &part, PartitionId partition, SteadyTime now)
{
    bool competed = false;
    while (isOver(part)) {
        const bool othersFirst = m_expiredUntil.load(std::memory_order_relaxed) != toMillis(now) || part.isBehind()
            || m_behind.load(std::memory_order_relaxed) != 0 || m_stale.load(std::memory_order_relaxed) != 0
            || isPoor(part, partition) || m_ledger.debtor(partition, available(), 0) != partition;
        if (othersFirst)
            break;
        m_tournaments.filled(partition);
        if (part.evictFresh(partition) == 0)
            break;
        competed = true;
    }
    return competed;
}

bool MemoryStore::makeRoom(MemoryPart &own, PartitionId partition, SteadyTime now)
{
    expireSome(now);
    bool competed = false;
    unsigned spared = 0; // partitions that have no fresh entry left
    while (isOver()) {
        if (evictStale() || catchUp(now))
            continue;
        const auto debtor = m_ledger.debtor(partition, available(), spared);
        if (!debtor)
            break;
        const MemoryPart *from = evictFresh(own, *debtor);
        if (!from)
            spared |= 1u << *debtor;
        competed |= from == &own && *debtor == partition;
    }
    return competed;
}

// Once for each millisecond: deadlines have no finer grain. A little of every part, so that nobody who puts something
// in pays for a million entries that end together.
void MemoryStore::expireSome(SteadyTime now)
{
    const std::int64_t tick = toMillis(now);
    if (m_expiredUntil.exchange(tick, std::memory_order_relaxed) == tick)
        return;
    for (const auto &part : m_parts)
        m_expirations += inPart(*part, [&] { return part->expire(now, timersAtOnce); });
}

// False: nothing is overdue any more.
bool MemoryStore::catchUp(SteadyTime now)
{
    if (m_behind.load(std::memory_order_relaxed) == 0)
        return false;
    for (const auto &part : m_parts) {
        if (!part->isBehind())
            continue;
        m_expirations += inPart(*part, [&] { return part->expire(now, timersAtOnce); });
        return true;
    }
    return false;
}

bool MemoryStore::evictStale()
{
    if (m_stale.load(std::memory_order_relaxed) == 0)
        return false;
    for (const auto &part : m_parts) {
        if (inPart(*part, [&] { return part->evictStale(); }) != 0) {
            ++m_expirations;
            return true;
        }
    }
    return false;
}

bool MemoryStore::isPoor(const MemoryPart &part, PartitionId partition) const
{
    return part.weight(partition) * m_parts.size() * 2 < m_ledger.bytes(partition);
}

// A part that has less than half its share, as after it took in one large entry, takes from the others in turn.
MemoryPart *MemoryStore::evictFresh(MemoryPart &own, PartitionId partition)
{
    m_tournaments.filled(partition);
    if (!isPoor(own, partition) && evictFreshFrom(own, partition))
        return &own;
    for (std::size_t tried = 0; tried < m_parts.size(); ++tried) {
        MemoryPart &part = *m_parts[m_turn++ % m_parts.size()];
        if (evictFreshFrom(part, partition))
            return &part;
    }
    return nullptr;
}

bool MemoryStore::evictFreshFrom(MemoryPart &part, PartitionId partition)
{
    return inPart(part, [&] { return part.evictFresh(partition); }) != 0;
}

void MemoryStore::setGuarantees(const std::vector<TypeGuarantee> &guarantees)
{
    const std::lock_guard lock(m_mapMutex);
    const MemoryPart::Map before = std::exchange(m_map, std::make_shared<PartitionMap>(m_map->changedTo(guarantees)));
    m_ledger.setGuarantees(*m_map);
    if (m_map->dividesAs(*before))
        return;
    for (const auto &part : m_parts) {
        inPart(*part, [&] {
            part->divide(m_map);
            return true;
        });
    }
}

std::vector<TypeUsage> MemoryStore::usageByType() const
{
    const std::lock_guard lock(m_mapMutex);
    std::vector<TypeUsage> usage;
    const auto add = [&](const std::string &type, PartitionId id) {
        usage.push_back({type, m_ledger.entries(id), m_ledger.bytes(id), m_ledger.guaranteed(id, available())});
    };
    for (const PartitionMap::Own &own : m_map->own())
        add(own.type, own.id);
    if (!usage.empty())
        add({}, commonPartition);
    return usage;
}

void MemoryStore::erase(std::string_view key)
{
    const std::uint64_t hash = hashOfKey(key);
    MemoryPart &part = partOf(hash);
    inPart(part, [&] {
        const Id id = part.table.idOf(key, hash);
        if (id)
            part.erase(id, MissReason::Invalidated);
        return id;
    });
    invalidated(hash);
}

void MemoryStore::invalidated(std::uint64_t hash)
{
    if (m_whatIf.isSampled(hash))
        m_whatIf.dropped(hash);
}

// Named keys may be in a larger cache only; of those that are not named, nobody knows which.
void MemoryStore::invalidated(const Selector &which)
{
    if (const auto *named = which.namedKeys()) {
        for (const CacheKey &key : *named)
            invalidated(hashOfKey(key.text()));
    }
}

void MemoryStore::deferRefresh(std::string_view key, SteadyTime when)
{
    const std::uint64_t hash = hashOfKey(key);
    MemoryPart &part = partOf(hash);
    inPart(part, [&] {
        const Id id = part.table.idOf(key, hash);
        if (!id)
            return false;
        EntryFields fields = EntryBlock::at(id).fields();
        fields.refreshAt = when;
        return part.replace(id, Entry::make(fields), hash);
    });
}

template <class Visit>
void MemoryStore::visitMatches(const Selector &which, Visit visit)
{
    if (const auto *named = which.namedKeys()) {
        for (const CacheKey &key : *named) {
            const std::uint64_t hash = hashOfKey(key.text());
            MemoryPart &part = partOf(hash);
            inPart(part, [&] {
                const Id id = part.table.idOf(key.text(), hash);
                if (id)
                    visit(part, id);
                return id;
            });
        }
        return;
    }
    for (const auto &part : m_parts) {
        inPart(*part, [&] {
            part->table.forEach([&](Id id) {
                if (which.matches(EntryBlock::at(id).keyText()))
                    visit(*part, id);
            });
            return 0;
        });
    }
}

void MemoryStore::forEach(const Selector &which, const std::function<void(const Entry &)> &visit)
{
    visitMatches(which, [&](MemoryPart &, Id id) { visit(EntryBlock::at(id)); });
}

std::uint64_t MemoryStore::erase(const Selector &which, SteadyTime now)
{
    invalidated(which);
    std::uint64_t usable = 0;
    visitMatches(which, [&](MemoryPart &part, Id id) {
        invalidated(hashOfKey(EntryBlock::at(id).keyText()));
        usable += EntryBlock::at(id).isUsable(now) ? 1 : 0;
        part.erase(id, MissReason::Invalidated);
    });
    return usable;
}

std::uint64_t MemoryStore::endFreshLife(const Selector &which, SteadyTime now)
{
    invalidated(which);
    std::uint64_t ended = 0;
    visitMatches(which, [&](MemoryPart &part, Id id) {
        const Entry &entry = EntryBlock::at(id);
        const bool usable = entry.isUsable(now);
        ended += usable ? 1 : 0;
        EntryFields fields = entry.fields();
        fields.freshUntil = std::min(fields.freshUntil, now);
        const std::uint64_t hash = hashOfKey(entry.keyText());
        invalidated(hash);
        if (!entry.negative() && usable && part.replace(id, Entry::make(fields), hash))
            m_drops.note(hash, MissReason::Invalidated);
        else
            part.erase(id, MissReason::Invalidated);
    });
    return ended;
}

std::size_t MemoryStore::purgeExpired(SteadyTime now, std::size_t limit)
{
    std::size_t purged = 0;
    std::size_t looked = 0;
    for (std::size_t i = 0; i < m_parts.size() && looked < limit; ++i) {
        MemoryPart &part = *m_parts[m_turn++ % m_parts.size()];
        do {
            const std::size_t dropped = inPart(part, [&] { return part.expire(now, timersAtOnce); });
            purged += dropped;
            looked += part.isBehind() ? timersAtOnce : dropped;
        } while (part.isBehind() && looked < limit);
    }
    m_expirations += purged;
    return purged;
}

std::uint64_t MemoryStore::evictions() const
{
    std::uint64_t sum = 0;
    for (const auto &part : m_parts)
        sum += part->evictions();
    return sum;
}

std::size_t MemoryStore::indexBytes() const
{
    std::size_t sum = 0;
    for (const auto &part : m_parts) {
        const std::lock_guard lock(part->mutex);
        sum += part->indexBytes();
    }
    return sum;
}

} // namespace insitecache
