// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace insitecache {

/// Remembers the keys that were evicted last, as 32 bits of their hash, oldest forgotten first.
///
/// Two keys with the same 32 bits are one to it: rare, and it only costs a place in the cache.
/// A ring in the order of leaving and an open table into it; 12 bytes for each key it may hold.
/// Not thread-safe. Standard C++ only.
class GhostList {
public:
    /// How many it may hold from now on. The newest are kept.
    void resize(std::size_t limit);
    std::size_t limit() const { return m_ring.size(); }
    std::size_t bytes() const { return m_ring.size() * sizeof(Mark) + m_table.size() * sizeof(Place); }

    void put(std::uint64_t hash);
    /// Was it there? It is not any longer.
    bool take(std::uint64_t hash);

private:
    using Mark = std::uint32_t;             // 0: none
    using Place = std::uint32_t;            // in the ring, counted from 1; 0: free
    static Mark markOf(std::uint64_t hash); // other bits than those that choose a shard or a line of the sketch
    std::size_t find(Mark mark) const;      // slot of the table; the free one where it would go
    void insert(Mark mark);
    void eraseSlot(std::size_t slot);
    std::size_t home(Mark mark) const
    {
        return (mark * std::size_t(0x9e3779b97f4a7c15ULL) >> 32) & (m_table.size() - 1);
    }

    std::vector<Mark> m_ring;
    std::vector<Place> m_table; // a power of two, at most half full
    std::size_t m_next = 0;
};

} // namespace insitecache
