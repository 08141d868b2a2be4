// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string_view>

#include <insitecache/base/clock.h>
#include <insitecache/base/selector.h>
#include <insitecache/tiers/missreason.h>

namespace insitecache {

/// What this process saw of the keys in a tier outside it, to tell why one of them is not there any more: when its copy
/// was to expire, and whether it was invalidated since. Costs the tier no question.
///
/// Bounded: the last keys, four to a set, 16 bytes each, and the last invalidations by pattern; a key that is forgotten
/// is cold. No memory before the first key.
/// Any thread. Standard C++ only.
class Sightings {
public:
    /// A copy was read or stored there that can be used until `until`.
    void seen(std::string_view key, SteadyTime until);
    /// Removed there, or its fresh life ended. A key that was never seen stays cold.
    void invalidated(const Selector &which);
    /// Why there is no copy.
    MissReason reasonOf(std::string_view key, SteadyTime now) const;

private:
    struct Mark {
        std::uint32_t fingerprint = 0;
        std::uint32_t until = 0; ///< seconds of the clock, rounded up; 0: it was invalidated
        std::uint64_t seen = 0;  ///< how many invalidations by pattern had been before; 0: no mark
    };
    using Set = std::array<Mark, 4>; ///< the newest first
    struct Scope {
        std::uint64_t position;
        Selector which;
    };

    // These need m_mutex.
    Mark *find(std::uint64_t hash) const;
    bool isCovered(const Mark &mark, std::string_view key) const;

    mutable std::mutex m_mutex; ///< guards all below
    std::unique_ptr<Set[]> m_sets;
    std::deque<Scope> m_scopes;
    std::uint64_t m_position = 1;
};

} // namespace insitecache
