// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/timerset.h"

#include <algorithm>
#include <utility>

#include "tiers/linearbuckets.h"

namespace insitecache {

namespace {

constexpr std::size_t placesInBucket = TimerChunks::idsInChunk;
constexpr double fullestSet = 0.90;  ///< of all places, before a bucket is added
constexpr double emptiestSet = 0.84; ///< of all places but one bucket's, below which that one goes
constexpr unsigned longestPath = 2;  ///< moves that make room for one id

// Ids that lie side by side differ in few bits (finaliser of SplitMix64: Steele et al., OOPSLA 2014).
std::uint64_t spreadId(std::uint64_t id)
{
    id = (id ^ id >> 30) * 0xbf58476d1ce4e5b9ULL;
    id = (id ^ id >> 27) * 0x94d049bb133111ebULL;
    return id ^ id >> 31;
}

} // namespace

TimerSet::~TimerSet()
{
    for (const std::uint32_t chunk : m_buckets) {
        m_chunks.at(chunk).ids.fill(0);
        m_chunks.giveBack(chunk);
    }
}

TimerSet::Pair TimerSet::bucketsOf(Id id) const
{
    const std::uint64_t hash = spreadId(id);
    return {
        linearBucket(std::uint32_t(hash), m_buckets.size()), linearBucket(std::uint32_t(hash >> 32), m_buckets.size())};
}

bool TimerSet::change(std::size_t index, Id from, Id to)
{
    auto &ids = bucket(index).ids;
    std::size_t found = placesInBucket;
    for (std::size_t place = 0; place < placesInBucket; ++place) // all of them: no branch to guess wrong
        found = ids[place] == from ? place : found;
    if (found == placesInBucket)
        return false;
    ids[found] = to;
    return true;
}

std::size_t TimerSet::freePlaces(std::size_t index)
{
    const auto &ids = bucket(index).ids;
    return std::size_t(std::count(ids.begin(), ids.end(), Id(0)));
}

bool TimerSet::moveOneFrom(std::size_t index, unsigned depth)
{
    for (Id &id : bucket(index).ids) {
        const Pair pair = bucketsOf(id);
        const std::size_t other = pair.first == index ? pair.second : pair.first;
        if (other == index)
            continue;
        if (!change(other, 0, id) && (depth == 1 || !moveOneFrom(other, depth - 1) || !change(other, 0, id)))
            continue;
        id = 0;
        return true;
    }
    return false;
}

bool TimerSet::tryPlace(Id id)
{
    const Pair pair = bucketsOf(id);
    const bool secondIsEmptier = freePlaces(pair.second) > freePlaces(pair.first);
    if (change(secondIsEmptier ? pair.second : pair.first, 0, id))
        return true;
    for (unsigned depth = 1; depth <= longestPath; ++depth) {
        for (const std::size_t index : {pair.first, pair.second}) {
            if (moveOneFrom(index, depth))
                return change(index, 0, id);
        }
    }
    return false;
}

void TimerSet::place(Id id)
{
    while (!tryPlace(id))
        grow();
}

void TimerSet::insert(Id id)
{
    ++m_size;
    while (double(m_size) > fullestSet * double(m_buckets.size() * placesInBucket))
        grow();
    place(id);
}

bool TimerSet::remove(Id id)
{
    if (m_size == 0)
        return false;
    const Pair pair = bucketsOf(id);
    if (!change(pair.first, id, 0) && !change(pair.second, id, 0))
        return false;
    --m_size;
    if (double(m_size) < emptiestSet * double((m_buckets.size() - 1) * placesInBucket))
        shrink();
    return true;
}

TimerSet::Id TimerSet::takeAny()
{
    for (;; dropLast()) {
        for (Id &id : bucket(m_buckets.size() - 1).ids) {
            if (id == 0)
                continue;
            --m_size;
            return std::exchange(id, 0);
        }
    }
}

void TimerSet::grow()
{
    if (m_buckets.size() == m_buckets.capacity())
        m_buckets.reserve(m_buckets.size() + m_buckets.size() / 8 + 2);
    const std::size_t added = m_buckets.size();
    m_buckets.push_back(m_chunks.take());
    if (added == 0)
        return;
    const std::size_t from = bucketToSplit(added);
    for (Id &id : bucket(from).ids) {
        if (id == 0)
            continue;
        const Pair pair = bucketsOf(id);
        if (pair.first != from && pair.second != from)
            change(added, 0, std::exchange(id, 0));
    }
}

void TimerSet::shrink()
{
    const auto left = bucket(m_buckets.size() - 1).ids;
    bucket(m_buckets.size() - 1).ids.fill(0);
    dropLast();
    for (const Id id : left) {
        if (id != 0)
            place(id);
    }
}

// What lies in the other buckets is where it should be: only keys of the last one have another place now.
void TimerSet::dropLast()
{
    m_chunks.giveBack(m_buckets.back());
    m_buckets.pop_back();
}

} // namespace insitecache
