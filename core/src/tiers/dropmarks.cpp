// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/dropmarks.h"

#include <algorithm>
#include <bit>

namespace insitecache {

namespace {

constexpr unsigned markBits = 16;
constexpr unsigned marksPerSet = 4;
constexpr std::uint64_t reasonBits = 0x3; ///< 0: no mark
constexpr unsigned fingerprintShift = 64 - markBits;

std::uint64_t fingerprintOf(std::uint64_t hash)
{
    return (hash >> fingerprintShift) & ~reasonBits;
}

/// The place of the key's mark in the set, from the lowest bits; marksPerSet when it has none.
unsigned placeOfMark(std::uint64_t set, std::uint64_t hash)
{
    for (unsigned place = 0; place < marksPerSet; ++place) {
        const std::uint64_t mark = (set >> (place * markBits)) & 0xffff;
        if ((mark & reasonBits) != 0 && (mark & ~reasonBits) == fingerprintOf(hash))
            return place;
    }
    return marksPerSet;
}

std::uint64_t withoutMark(std::uint64_t set, unsigned place)
{
    if (place == marksPerSet)
        return set;
    const std::uint64_t newer = (std::uint64_t(1) << (place * markBits)) - 1;
    const std::uint64_t older = place + 1 == marksPerSet ? 0 : set >> ((place + 1) * markBits) << (place * markBits);
    return (set & newer) | older;
}

std::uint64_t reasonInMark(MissReason why)
{
    switch (why) {
    case MissReason::Expired: return 1;
    case MissReason::Evicted: return 2;
    default: return 3;
    }
}

} // namespace

DropMarks::DropMarks(std::size_t marks) :
    m_setCount(std::bit_ceil(std::max<std::size_t>(marks / marksPerSet, 1))),
    m_sets(std::make_unique<Set[]>(m_setCount))
{}

void DropMarks::note(std::uint64_t hash, MissReason why)
{
    Set &set = setOf(hash);
    const std::uint64_t mark = fingerprintOf(hash) | reasonInMark(why);
    std::uint64_t seen = set.load(std::memory_order_relaxed);
    while (!set.compare_exchange_weak(seen, withoutMark(seen, placeOfMark(seen, hash)) << markBits | mark,
        std::memory_order_relaxed, std::memory_order_relaxed)) {}
}

void DropMarks::forget(std::uint64_t hash)
{
    Set &set = setOf(hash);
    std::uint64_t seen = set.load(std::memory_order_relaxed);
    for (unsigned place = placeOfMark(seen, hash); place < marksPerSet; place = placeOfMark(seen, hash)) {
        if (set.compare_exchange_weak(
                seen, withoutMark(seen, place), std::memory_order_relaxed, std::memory_order_relaxed))
            return;
    }
}

MissReason DropMarks::reasonOf(std::uint64_t hash) const
{
    const std::uint64_t set = setOf(hash).load(std::memory_order_relaxed);
    const unsigned place = placeOfMark(set, hash);
    if (place == marksPerSet)
        return MissReason::Cold;
    switch ((set >> (place * markBits)) & reasonBits) {
    case 1: return MissReason::Expired;
    case 2: return MissReason::Evicted;
    default: return MissReason::Invalidated;
    }
}

} // namespace insitecache
