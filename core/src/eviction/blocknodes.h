// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "eviction/evictionpolicy.h"
#include "tiers/entryblock.h"
#include "tiers/entryhash.h"

namespace insitecache {

/// Where the lists of the real L1 keep their links: in the entries themselves. The lowest three bits of an entry's
/// state are its segment.
/// Threads: whoever holds the lock of the part of L1 that has the entry; only its hits change under other hands.
class BlockNodes {
public:
    static constexpr std::uint8_t segmentMask = 0x07;
    static constexpr std::uint16_t maxHits = 0xffff; ///< beyond it the count turns within its last sixteen
    static constexpr std::uint64_t fixedBytes = 16; ///< what L1 keeps elsewhere for an entry: its slot, its timer

    NodeId next(NodeId id) const { return EntryBlock::next(entry(id)).load(std::memory_order_relaxed); }
    NodeId previous(NodeId id) const { return EntryBlock::previous(entry(id)).load(std::memory_order_relaxed); }
    void setNext(NodeId id, NodeId to) { EntryBlock::next(entry(id)).store(to, std::memory_order_relaxed); }
    void setPrevious(NodeId id, NodeId to) { EntryBlock::previous(entry(id)).store(to, std::memory_order_relaxed); }
    unsigned segment(NodeId id) const
    {
        return EntryBlock::state(entry(id)).load(std::memory_order_relaxed) & segmentMask;
    }
    void setSegment(NodeId id, unsigned segment) { change(id, segmentMask, segment); }
    bool wasHit(NodeId id) const { return hitsSinceLook(id) != 0; }
    unsigned takeHits(NodeId id)
    {
        const unsigned taken = hitsSinceLook(id);
        change(id, lookMask, (EntryBlock::hits(entry(id)).load(std::memory_order_relaxed) & 15) << lookShift);
        return taken;
    }
    std::uint64_t weight(NodeId id) const { return fixedBytes + entry(id).blockBytes(); }
    std::uint64_t hash(NodeId id) const { return hashOfKey(entry(id).keyText()); }


    /// What a hit does, from any thread that holds the entry: counts, and nothing more. Two at once may count as one.
    static void countHit(const Entry &entry)
    {
        const auto hits = EntryBlock::hits(entry);
        const std::uint16_t seen = hits.load(std::memory_order_relaxed);
        hits.store(seen == maxHits ? std::uint16_t(maxHits - 15) : std::uint16_t(seen + 1), std::memory_order_relaxed);
    }

private:
    static constexpr std::uint8_t lookMask = 0x78; ///< the last four bits of the hits when the policy last looked
    static constexpr unsigned lookShift = 3;

    unsigned hitsSinceLook(NodeId id) const
    {
        const unsigned looked = (EntryBlock::state(entry(id)).load(std::memory_order_relaxed) & lookMask) >> lookShift;
        return (EntryBlock::hits(entry(id)).load(std::memory_order_relaxed) - looked) & 15;
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
