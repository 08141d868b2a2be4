// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include <insitecache/tiers/missreason.h>

namespace insitecache {

/// Remembers why keys were dropped: the last ones, in 2 bytes each.
///
/// Sets of four marks, one word a set, the newest first; a fifth drop pushes the oldest out. A mark is 14 bits of the
/// key's hash and the reason, so about one key in four thousand that was never there is taken for one that was.
/// Threads: any; nobody waits. Standard C++ only.
class DropMarks {
public:
    /// Room for about that many.
    explicit DropMarks(std::size_t marks);

    /// `why` is Expired, Evicted or Invalidated.
    void note(std::uint64_t hash, MissReason why);
    /// It is there again.
    void forget(std::uint64_t hash);
    /// Cold when nothing is known.
    MissReason reasonOf(std::uint64_t hash) const;

private:
    using Set = std::atomic<std::uint64_t>;

    Set &setOf(std::uint64_t hash) const { return m_sets[hash & (m_setCount - 1)]; }

    std::size_t m_setCount; ///< a power of two
    std::unique_ptr<Set[]> m_sets;
};

} // namespace insitecache
