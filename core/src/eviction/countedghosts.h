// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <unordered_map>

namespace insitecache {

/// Remembers evicted keys by their hash, and how many they are, exactly. For a policy that reckons with the number of
/// its ghosts; one takes about a hundred bytes, so GhostList is the better memory where that does not matter.
/// Not thread-safe. Standard C++ only.
class CountedGhosts {
public:
    std::size_t count() const { return m_order.size(); }
    std::size_t bytes() const { return 100 * count(); } ///< about
    void put(std::uint64_t hash);
    /// Was it there? It is not any longer.
    bool take(std::uint64_t hash);
    /// Forgets the oldest until there are no more than so many.
    void trim(std::size_t limit);

private:
    using Order = std::list<std::uint64_t>; // newest first
    Order m_order;
    std::unordered_map<std::uint64_t, Order::iterator> m_places;
};

} // namespace insitecache
