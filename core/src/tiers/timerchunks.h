// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace insitecache {

/// The memory of one ExpiryWheel: chunks of one cache line, each with room for sixteen ids. A chunk keeps its place, so
/// nothing is ever copied to make room; what was given back is given out again and not returned to the system.
/// Not thread-safe. Standard C++ only.
class TimerChunks {
public:
    using Id = std::uint32_t;
    static constexpr unsigned idsInChunk = 16;
    struct alignas(64) Chunk {
        std::array<Id, idsInChunk> ids{}; ///< 0: free
    };

    /// The number of a chunk without ids.
    std::uint32_t take()
    {
        if (m_free == 0) {
            if (m_given == m_pages.size() * chunksInPage)
                m_pages.push_back(std::make_unique<Page>());
            return m_given++;
        }
        const std::uint32_t number = m_free - 1;
        m_free = at(number).ids[0];
        at(number).ids[0] = 0;
        return number;
    }
    /// It has no ids.
    void giveBack(std::uint32_t number)
    {
        at(number).ids[0] = m_free;
        m_free = number + 1;
    }
    Chunk &at(std::uint32_t number) { return (*m_pages[number / chunksInPage])[number % chunksInPage]; }
    const Chunk &at(std::uint32_t number) const { return (*m_pages[number / chunksInPage])[number % chunksInPage]; }

    std::size_t bytes() const { return m_pages.size() * sizeof(Page) + m_pages.capacity() * sizeof(m_pages[0]); }

private:
    static constexpr std::size_t chunksInPage = 32;
    using Page = std::array<Chunk, chunksInPage>;

    std::vector<std::unique_ptr<Page>> m_pages;
    std::uint32_t m_given = 0; ///< chunks that were given out once
    std::uint32_t m_free = 0;  ///< one more than the number of the first that was given back; its first id is the next
};

} // namespace insitecache
