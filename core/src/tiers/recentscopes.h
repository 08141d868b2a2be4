// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include <insitecache/base/selector.h>

namespace insitecache {

/// The last invalidations that a tier has seen, by their position: what decides whether a ticket is void.
///
/// A counter per shard would refuse every fill of the shard for each invalidation in it; keeping the scopes refuses
/// only the fills they cover. What is older than the ring is refused to be safe. Positions start at 1 and are either
/// counted here or given by the log of the tier.
/// Not thread-safe. Standard C++ only.
class RecentScopes {
public:
    static constexpr std::size_t maxNames = 250'000; ///< keys that the kept scopes may name together

    explicit RecentScopes(std::size_t capacity = 4096) : m_capacity(capacity) {}

    /// The position that a ticket handed out now carries.
    std::uint64_t position() const { return m_next; }
    void raise(Selector which);
    /// For a log that numbers its own rows: `position` is that of the row, greater than all before.
    void raiseAt(std::uint64_t position, Selector which);
    /// Starts over: everything handed out before `position` is void.
    void reset(std::uint64_t position);

    /// Was the key, or one of the keys it was made from, invalidated at `since` or later?
    bool covers(std::uint64_t since, const CacheKey &key, const std::vector<CacheKey> &parents) const;

private:
    struct Raised {
        std::uint64_t position;
        Selector which;
        std::size_t names() const { return which.namedKeys() ? which.namedKeys()->size() : 0; }
    };
    std::size_t m_capacity;
    std::uint64_t m_next = 1;
    std::uint64_t m_oldestKnown = 1; ///< tickets before this cannot be checked
    std::deque<Raised> m_raised;
    std::size_t m_names = 0; ///< in all of them
};

} // namespace insitecache
