// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/memorypart.h"

#include <algorithm>

#include "tiers/entryhash.h"

namespace insitecache {

MemoryPart::~MemoryPart()
{
    table.forEach([](Id id) { EntryBlock::letGo(id); });
}

bool MemoryPart::insert(EntryPtr entry, std::uint64_t hash, SteadyTime now)
{
    const Id id = EntryBlock::idOf(*entry);
    if (id == 0 || !table.insert(id, hash))
        return false;
    m_wheel.skipTo(toMillis(now));
    m_nodes.setPartition(id, partitionFor(entry->keyText()));
    count(id);
    EntryBlock::keep(std::move(entry));
    enlist(id);
    return true;
}

EvictionPolicy &MemoryPart::policyOf(PartitionId id)
{
    if (!m_policies[id])
        m_policies[id] = m_makePolicy(id);
    return *m_policies[id];
}

void MemoryPart::noteOverhead(PartitionId id)
{
    const std::uint64_t now = m_policies[id] ? m_policies[id]->overheadBytes() : 0;
    m_policyBytes += now - m_overheads[id];
    m_overheads[id] = now;
}

std::uint64_t MemoryPart::overheadBytes() const
{
    const std::uint64_t charged = table.size() * BlockNodes::fixedBytes;
    return m_policyBytes + table.bytes() - std::min<std::uint64_t>(table.bytes(), charged);
}

void MemoryPart::count(Id id)
{
    const PartitionId partition = m_nodes.partition(id);
    addWeight(partition, m_nodes.weight(id));
    m_totals.add(partition, m_nodes.weight(id));
}

void MemoryPart::discount(Id id)
{
    const PartitionId partition = m_nodes.partition(id);
    addWeight(partition, -m_nodes.weight(id));
    m_totals.subtract(partition, m_nodes.weight(id));
}

void MemoryPart::enlist(Id id)
{
    policyOf(m_nodes.partition(id)).insert(id);
    noteOverhead(m_nodes.partition(id));
    const ExpiryWheel::Tick due = dueOf(id);
    m_wheel.add(id, due);
    if (due <= m_wheel.now())
        m_isBehind.store(true, std::memory_order_relaxed);
}

bool MemoryPart::replace(Id old, EntryPtr entry, std::uint64_t hash)
{
    const Id id = EntryBlock::idOf(*entry);
    if (id == 0)
        return false;
    const auto hits = EntryBlock::hits(EntryBlock::at(old)).load(std::memory_order_relaxed);
    EntryBlock::hits(*entry).store(hits, std::memory_order_relaxed);
    unlist(old);
    table.replace(old, id, hash);
    m_nodes.setPartition(id, m_nodes.partition(old));
    count(id);
    discount(old);
    EntryBlock::letGo(old);
    EntryBlock::keep(std::move(entry));
    m_nodes.takeHits(id);
    enlist(id);
    return true;
}

void MemoryPart::unlist(Id id)
{
    m_wheel.remove(id, dueOf(id));
    leaveList(id);
}

void MemoryPart::leaveList(Id id)
{
    if (isStale(id))
        m_stale.remove(id);
    else
        policyOf(m_nodes.partition(id)).remove(id);
}

void MemoryPart::erase(Id id, MissReason why)
{
    unlist(id);
    forget(id, why);
}

void MemoryPart::hit(Id id)
{
    if (!isStale(id))
        policyOf(m_nodes.partition(id)).hit(id);
}

void MemoryPart::divide(Map map)
{
    m_map = std::move(map);
    table.forEach([this](Id id) { move(id, partitionFor(EntryBlock::at(id).keyText())); });
    for (PartitionId id = 0; id < partitionCount; ++id) {
        if (weight(id) == 0)
            m_policies[id].reset();
        noteOverhead(id);
    }
}

void MemoryPart::move(Id id, PartitionId to)
{
    const PartitionId from = m_nodes.partition(id);
    if (from == to)
        return;
    const bool isFresh = !isStale(id);
    if (isFresh)
        policyOf(from).remove(id);
    m_nodes.setPartition(id, to);
    addWeight(from, -m_nodes.weight(id));
    addWeight(to, m_nodes.weight(id));
    m_ledger.move(from, to, m_nodes.weight(id));
    if (!isFresh)
        return;
    policyOf(to).insert(id);
    policyOf(to).settle();
}

void MemoryPart::forget(Id id, MissReason why)
{
    const std::uint64_t hash = m_nodes.hash(id);
    m_drops.note(hash, why);
    table.erase(id, hash);
    discount(id);
    EntryBlock::letGo(id);
}

MemoryPart::Id MemoryPart::evictStale()
{
    const Id id = m_stale.back();
    if (id != 0)
        erase(id, MissReason::Expired);
    return id;
}

MemoryPart::Id MemoryPart::evictFresh(PartitionId partition)
{
    const Id id = policyOf(partition).evict();
    noteOverhead(partition);
    if (id == 0)
        return 0;
    m_wheel.remove(id, dueOf(id));
    forget(id, MissReason::Evicted);
    m_evictions.store(evictions() + 1, std::memory_order_relaxed);
    return id;
}

// What the timer of the entry was set to.
ExpiryWheel::Tick MemoryPart::dueOf(Id id) const
{
    const Entry &entry = EntryBlock::at(id);
    return toMillis(isStale(id) ? entry.staleUntil() : entry.freshUntil());
}

bool MemoryPart::fire(Id id, ExpiryWheel::Tick now)
{
    leaveList(id);
    const ExpiryWheel::Tick end = toMillis(EntryBlock::at(id).staleUntil());
    if (end <= now) {
        forget(id, MissReason::Expired);
        return true;
    }
    m_stale.pushFront(id);
    m_wheel.add(id, end);
    return false;
}

std::size_t MemoryPart::expire(SteadyTime now, std::size_t limit)
{
    std::size_t dropped = 0;
    const bool toldAll = m_wheel.advance(
        toMillis(now), limit, [this](Id id) { return dueOf(id); },
        [&](Id id) { dropped += fire(id, std::max<ExpiryWheel::Tick>(toMillis(now), m_wheel.now())) ? 1 : 0; });
    m_isBehind.store(!toldAll, std::memory_order_relaxed);
    return dropped;
}

} // namespace insitecache
