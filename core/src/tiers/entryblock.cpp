// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/entryblock.h"

#include "tiers/blockarena.h"

namespace insitecache {

std::uint32_t EntryBlock::idOf(const Entry &entry)
{
    return BlockArena::instance().idOf(&entry);
}

const Entry &EntryBlock::at(std::uint32_t id)
{
    return *static_cast<const Entry *>(BlockArena::instance().at(id));
}

EntryPtr EntryBlock::tryAcquire(std::uint32_t id)
{
    if (id == 0)
        return nullptr;
    const Entry &entry = at(id);
    const std::atomic_ref refs(entry.m_refs);
    std::uint32_t seen = refs.load(std::memory_order_relaxed);
    while (seen != 0) {
        if (refs.compare_exchange_weak(seen, seen + 1, std::memory_order_acquire, std::memory_order_relaxed))
            return EntryPtr(&entry);
    }
    return nullptr;
}

} // namespace insitecache
