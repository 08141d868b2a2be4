// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tiers/timerchunks.h"

namespace insitecache {

/// A set of ids in about 4.7 bytes each: what a wheel keeps in one slot, so that a timer can be taken back at once
/// although nobody remembers where it lies.
///
/// It is a small sibling of EntryTable: each id has two buckets of one chunk, one of those there moves on when both are
/// full, and the set grows and shrinks by one bucket at a time, so that no call does more than a little work.
/// Not thread-safe. Standard C++ only.
class TimerSet {
public:
    using Id = TimerChunks::Id;

    explicit TimerSet(TimerChunks &chunks) : m_chunks(chunks) {}
    ~TimerSet();
    TimerSet(const TimerSet &) = delete;
    TimerSet &operator=(const TimerSet &) = delete;

    bool isEmpty() const { return m_size == 0; }
    /// It is neither 0 nor there.
    void insert(Id id);
    /// Was it there?
    bool remove(Id id);
    /// Takes out any one; there is one.
    Id takeAny();

    /// Without the chunks.
    std::size_t bytes() const { return sizeof(*this) + m_buckets.capacity() * sizeof(m_buckets[0]); }

private:
    struct Pair {
        std::size_t first, second;
    };

    Pair bucketsOf(Id id) const;
    TimerChunks::Chunk &bucket(std::size_t index) { return m_chunks.at(m_buckets[index]); }
    bool change(std::size_t index, Id from, Id to);
    std::size_t freePlaces(std::size_t index);
    bool moveOneFrom(std::size_t index, unsigned depth);
    bool tryPlace(Id id);
    void place(Id id);
    void grow();
    void shrink();
    void dropLast();

    TimerChunks &m_chunks;
    std::vector<std::uint32_t> m_buckets; ///< the numbers of their chunks
    std::size_t m_size = 0;
};

} // namespace insitecache
