// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/partitionledger.h"

#include <algorithm>
#include <utility>

namespace insitecache {

void PartitionLedger::setGuarantees(const PartitionMap &map)
{
    std::array<std::uint64_t, partitionCount> wanted{};
    std::uint64_t promised = 0;
    for (const PartitionMap::Own &own : map.own())
        promised += wanted[own.id] = own.bytes;
    for (PartitionId id = 0; id < partitionCount; ++id)
        m_guarantees[id].store(wanted[id], std::memory_order_relaxed);
    m_promised.store(promised, std::memory_order_relaxed);
}

void PartitionLedger::Draft::note(PartitionId id, std::uint64_t bytes, std::uint64_t entries)
{
    if (id != m_of)
        settle();
    m_of = id;
    m_bytes += bytes;
    m_entries += entries;
}

void PartitionLedger::Draft::settle()
{
    m_ledger.change(m_of, std::exchange(m_bytes, 0), std::exchange(m_entries, 0));
}

void PartitionLedger::change(PartitionId id, std::uint64_t bytes, std::uint64_t entries)
{
    for (Totals *totals : {&m_all, &m_own[id]}) {
        if (bytes != 0)
            totals->bytes.fetch_add(bytes, std::memory_order_relaxed);
        if (entries != 0)
            totals->entries.fetch_add(entries, std::memory_order_relaxed);
    }
}

void PartitionLedger::move(PartitionId from, PartitionId to, std::uint64_t bytes)
{
    m_own[from].bytes.fetch_sub(bytes, std::memory_order_relaxed);
    m_own[from].entries.fetch_sub(1, std::memory_order_relaxed);
    m_own[to].bytes.fetch_add(bytes, std::memory_order_relaxed);
    m_own[to].entries.fetch_add(1, std::memory_order_relaxed);
}

std::uint64_t PartitionLedger::guaranteed(PartitionId id, std::uint64_t available) const
{
    const std::uint64_t promised = m_promised.load(std::memory_order_relaxed);
    if (id == commonPartition)
        return available - std::min(available, promised);
    const std::uint64_t wanted = m_guarantees[id].load(std::memory_order_relaxed);
    if (promised <= available)
        return wanted;
    return std::uint64_t(double(wanted) / double(promised) * double(available));
}

// Where only the number of entries is too much nobody may be above the guarantee: then who inserts gives.
std::optional<PartitionId> PartitionLedger::debtor(
    PartitionId inserting, std::uint64_t available, unsigned spared) const
{
    const auto mayGive = [&](PartitionId id) { return (spared >> id & 1) == 0 && entries(id) > 0; };
    if (!isDivided() && mayGive(commonPartition))
        return commonPartition;
    std::optional<PartitionId> most;
    double highest = 0;
    for (PartitionId id = 0; id < partitionCount; ++id) {
        if (!mayGive(id))
            continue;
        const double share = double(bytes(id)) / std::max(1.0, double(guaranteed(id, available)));
        if (!most || share > highest) {
            most = id;
            highest = share;
        }
    }
    return highest <= 1.0 && mayGive(inserting) ? inserting : most;
}

std::uint64_t PartitionLedger::roomFor(PartitionId id, std::uint64_t available) const
{
    if (!isDivided())
        return available;
    std::uint64_t kept = 0;
    for (PartitionId other = 0; other < partitionCount; ++other) {
        if (other != id)
            kept += std::min(bytes(other), guaranteed(other, available));
    }
    return available - std::min(available, kept);
}

} // namespace insitecache
