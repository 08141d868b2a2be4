// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>

#include <insitecache/tiers/entry.h>

#include "tiers/blockarena.h"

namespace insitecache {

/// What L1 alone may see of an entry: the 32-bit id of its block, and the words in it that are L1's own. They are zero
/// when the entry is made, and there is only one of each: of two L1 that are given the same entry one takes a copy.
///
/// The memory is type-stable (BlockArena): an id that was an entry's once is for ever the id of a block that is free or
/// an entry, so a reader without a lock may try whatever id it read.
///
/// Any thread.
class EntryBlock {
public:
    /// 0: it lies outside the arena and L1 cannot keep it.
    static std::uint32_t idOf(const Entry &entry) { return BlockArena::instance().idOf(&entry); }
    /// Of an id that an entry had once. Nothing of it may be touched without holding the entry.
    static const Entry &at(std::uint32_t id) { return *static_cast<const Entry *>(BlockArena::instance().at(id)); }
    /// The entry that lies there now, which need not be the one that was looked for; null when the block is free, being
    /// filled, or `id` is 0.
    static EntryPtr tryAcquire(std::uint32_t id);
    /// The reference that L1 has for as long as it keeps the entry.
    static void keep(EntryPtr &&entry) { entry.m_entry = nullptr; }
    static void letGo(std::uint32_t id) { EntryPtr(&at(id)).reset(); }

    static std::atomic_ref<std::uint32_t> previous(const Entry &entry) { return std::atomic_ref(entry.m_previous); }
    static std::atomic_ref<std::uint32_t> next(const Entry &entry) { return std::atomic_ref(entry.m_next); }
    static std::atomic_ref<std::uint8_t> state(const Entry &entry) { return std::atomic_ref(entry.m_l1State); }
    static std::atomic_ref<std::uint16_t> hits(const Entry &entry) { return std::atomic_ref(entry.m_l1Hits); }
};

inline EntryPtr EntryBlock::tryAcquire(std::uint32_t id)
{
    if (id == 0)
        return nullptr;
    const Entry &entry = at(id);
    // What the caller looks at next would otherwise be fetched only after the count has come and was changed.
    __builtin_prefetch(reinterpret_cast<const char *>(&entry) + 64);
    const std::atomic_ref refs(entry.m_refs);
    std::uint32_t seen = refs.load(std::memory_order_relaxed);
    while (seen != 0) {
        if (refs.compare_exchange_weak(seen, seen + 1, std::memory_order_acquire, std::memory_order_relaxed))
            return EntryPtr(&entry);
    }
    return nullptr;
}

} // namespace insitecache
