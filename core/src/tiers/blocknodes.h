// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "eviction/evictionpolicy.h"
#include "tiers/entryblock.h"
#include "tiers/entryhash.h"
#include "tiers/partitionmap.h"

namespace insitecache {

/// Where the lists of the real L1 keep their links: in the entries themselves. The lowest three bits of an entry's
/// state are its segment, the next four its partition.
/// Threads: whoever holds the lock of the part of L1 that has the entry; only its hits change under other hands.
class BlockNodes {
public:
    static constexpr std::uint8_t segmentMask = 0x07;
    static constexpr std::uint8_t partitionMask = 0x78;
    static constexpr unsigned mostHits = 0xfff;     ///< it counts no further
    static constexpr std::uint64_t fixedBytes = 12; ///< what L1 keeps elsewhere for an entry: its slot, its timer

    NodeId next(NodeId id) const { return EntryBlock::next(entry(id)).load(std::memory_order_relaxed); }
    NodeId previous(NodeId id) const { return EntryBlock::previous(entry(id)).load(std::memory_order_relaxed); }
    void setNext(NodeId id, NodeId to) { EntryBlock::next(entry(id)).store(to, std::memory_order_relaxed); }
    void setPrevious(NodeId id, NodeId to) { EntryBlock::previous(entry(id)).store(to, std::memory_order_relaxed); }
    unsigned segment(NodeId id) const
    {
        return EntryBlock::state(entry(id)).load(std::memory_order_relaxed) & segmentMask;
    }
    void setSegment(NodeId id, unsigned segment) { change(id, segmentMask, segment); }
    PartitionId partition(NodeId id) const { return partitionOf(entry(id)); }
    void setPartition(NodeId id, PartitionId partition) { change(id, partitionMask, partition << partitionShift); }
    bool wasHit(NodeId id) const { return recentOf(entry(id)) != 0; }
    unsigned takeHits(NodeId id)
    {
        const auto hits = EntryBlock::hits(entry(id));
        const std::uint16_t seen = hits.load(std::memory_order_relaxed);
        hits.store(std::uint16_t(seen & ~recentMask), std::memory_order_relaxed);
        return seen & recentMask;
    }
    std::uint64_t weight(NodeId id) const { return fixedBytes + entry(id).blockBytes(); }
    std::uint64_t hash(NodeId id) const { return hashOfKey(entry(id).keyText()); }

    /// From any thread that holds the entry.
    static PartitionId partitionOf(const Entry &entry)
    {
        return (EntryBlock::state(entry).load(std::memory_order_relaxed) & partitionMask) >> partitionShift;
    }
    /// What a hit does, from any thread that holds the entry: counts, and nothing more. What two count at once may be
    /// counted once.
    static void countHit(const Entry &entry)
    {
        const auto hits = EntryBlock::hits(entry);
        const std::uint16_t seen = hits.load(std::memory_order_relaxed);
        const auto recent = std::uint16_t((seen & recentMask) == recentMask ? 0 : 1);
        const auto all = std::uint16_t(totalOf(entry) == mostHits ? 0 : recentMask + 1);
        hits.store(std::uint16_t(seen + recent + all), std::memory_order_relaxed);
    }
    /// All hits of the entry, up to mostHits.
    static unsigned totalOf(const Entry &entry)
    {
        return EntryBlock::hits(entry).load(std::memory_order_relaxed) >> recentBits;
    }

private:
    static constexpr unsigned partitionShift = 3;
    static_assert(partitionCount - 1 <= partitionMask >> partitionShift);

    // The entry's hits: the lowest four bits those since the policy last looked, up to 15; the others all of them.
    static constexpr unsigned recentBits = 4;
    static constexpr std::uint16_t recentMask = (1u << recentBits) - 1;

    static unsigned recentOf(const Entry &entry)
    {
        return EntryBlock::hits(entry).load(std::memory_order_relaxed) & recentMask;
    }
    // The highest bit of the state is set by readers meanwhile.
    static void change(NodeId id, std::uint8_t mask, unsigned bits)
    {
        const auto state = EntryBlock::state(entry(id));
        std::uint8_t seen = state.load(std::memory_order_relaxed);
        while (!state.compare_exchange_weak(
            seen, std::uint8_t((seen & ~mask) | bits), std::memory_order_relaxed, std::memory_order_relaxed)) {}
    }
    static const Entry &entry(NodeId id) { return EntryBlock::at(id); }
};

} // namespace insitecache
