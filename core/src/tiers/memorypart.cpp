// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/memorypart.h"

#include "tiers/entryhash.h"

namespace insitecache {

namespace {

constexpr std::size_t deadTimersAllowed = 1024; ///< beside as many as there are entries

ExpiryWheel::Tick tickOf(SteadyTime time)
{
    return std::chrono::duration_cast<Millis>(time.time_since_epoch()).count();
}

} // namespace

MemoryPart::~MemoryPart()
{
    table.forEach([](Id id) { EntryBlock::letGo(id); });
}

bool MemoryPart::insert(EntryPtr entry, std::uint64_t hash)
{
    const Id id = EntryBlock::idOf(*entry);
    if (id == 0 || !table.insert(id, hash))
        return false;
    addWeight(m_nodes.weight(id));
    EntryBlock::keep(std::move(entry));
    enlist(id);
    return true;
}

void MemoryPart::enlist(Id id)
{
    const Entry &entry = EntryBlock::at(id);
    m_policy->insert(id);
    m_wheel.add(id, tickOf(entry.freshUntil()));
    if (m_wheel.size() > 2 * table.size() + deadTimersAllowed)
        renewWheel();
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
    addWeight(m_nodes.weight(id));
    addWeight(-m_nodes.weight(old));
    EntryBlock::letGo(old);
    EntryBlock::keep(std::move(entry));
    m_nodes.takeHits(id);
    enlist(id);
    return true;
}

void MemoryPart::unlist(Id id)
{
    if (isStale(id))
        m_stale.remove(id);
    else
        m_policy->remove(id);
}

void MemoryPart::erase(Id id, MissReason why)
{
    unlist(id);
    forget(id, why);
}

void MemoryPart::forget(Id id, MissReason why)
{
    const std::uint64_t hash = m_nodes.hash(id);
    m_drops.note(hash, why);
    table.erase(id, hash);
    addWeight(-m_nodes.weight(id));
    EntryBlock::letGo(id);
}

MemoryPart::Id MemoryPart::evictStale()
{
    if (m_stale.isEmpty())
        return 0;
    const Id id = m_stale.popBack();
    forget(id, MissReason::Expired);
    return id;
}

MemoryPart::Id MemoryPart::evictFresh()
{
    const Id id = m_policy->evict();
    if (id != 0)
        forget(id, MissReason::Evicted);
    return id;
}

// A timer names a block, which may be free, or another entry's, or in another cache by now.
ExpiryWheel::Tick MemoryPart::dueOf(Id id) const
{
    const EntryPtr entry = EntryBlock::tryAcquire(id);
    if (!entry || !table.contains(id, hashOfKey(entry->keyText())))
        return ExpiryWheel::notAnymore;
    return tickOf(isStale(id) ? entry->staleUntil() : entry->freshUntil());
}

bool MemoryPart::fire(Id id, SteadyTime now)
{
    const Entry &entry = EntryBlock::at(id);
    if (!entry.isUsable(now)) {
        erase(id, MissReason::Expired);
        return true;
    }
    if (!isStale(id)) {
        m_policy->remove(id);
        m_stale.pushFront(id);
        m_wheel.add(id, tickOf(entry.staleUntil()));
    }
    return false;
}

std::size_t MemoryPart::expire(SteadyTime now)
{
    std::size_t dropped = 0;
    m_wheel.advance(
        tickOf(now), [this](Id id) { return dueOf(id); }, [&](Id id) { dropped += fire(id, now) ? 1 : 0; });
    return dropped;
}

void MemoryPart::renewWheel()
{
    ExpiryWheel renewed(m_wheel.now());
    table.forEach([&](Id id) { renewed.add(id, dueOf(id)); });
    m_wheel = std::move(renewed);
}

} // namespace insitecache
