// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace insitecache {

/// Remembers the keys that were evicted lately, as 16 bits of their hash, nearly in the order of leaving: GhostList in
/// a sixth of the room.
///
/// A hash falls to one cache line of 31 marks, where a new mark takes the place of the oldest; so a key is forgotten
/// after about as many others as the list may hold, give or take a fifth. One key in two thousand seems to be there
/// and is not, which only costs a place in the cache. Takes about 2 bytes for each key it may hold.
/// Not thread-safe. Standard C++ only.
class GhostSet {
public:
    /// About how many it may hold from now on; never shrinks. What it remembers it remembers still.
    void reserve(std::size_t marks);

    void put(std::uint64_t hash);
    /// Was it there? It is not any longer.
    bool take(std::uint64_t hash);
    std::size_t bytes() const { return m_lines.size() * sizeof(Line); }

private:
    using Mark = std::uint16_t; // 0: none
    static constexpr std::size_t marksPerLine = 31;

    struct alignas(64) Line {
        Mark next = 0; ///< the place of the oldest mark
        std::array<Mark, marksPerLine> marks{};
    };
    static Mark markOf(std::uint64_t hash); // other bits than those that choose a part or a line
    Line &lineOf(std::uint64_t hash);

    std::vector<Line> m_lines;
};

} // namespace insitecache
