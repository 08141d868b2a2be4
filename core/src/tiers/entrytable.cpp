// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/entrytable.h"

#include <bit>
#include <cstdlib>
#include <new>

#include <sys/mman.h>

#include "tiers/entryblock.h"
#include "tiers/entryhash.h"
#include "tiers/linearbuckets.h"

namespace insitecache {

namespace {

constexpr std::uint64_t everyByte = 0x0101010101010101ULL;
constexpr unsigned deepest = 2;        ///< moves that make room for one entry
constexpr double pointlessBelow = 0.1; ///< so empty a table that two full buckets are no accident

std::size_t partOf(std::size_t index, std::size_t first)
{
    return index < first ? 0 : std::size_t(std::bit_width(index / first));
}

std::size_t partBuckets(std::size_t part, std::size_t first)
{
    return part == 0 ? first : first << (part - 1);
}

// One bit for each byte that is the tag: zero bytes of a word are found without a carry from one to the next (Warren,
// Hacker's Delight 6-1), and their highest bits gathered by a multiplication.
unsigned bytesLike(std::uint64_t bytes, std::uint8_t tag)
{
    constexpr std::uint64_t low = everyByte * 0x7f;
    const std::uint64_t other = bytes ^ (everyByte * tag);
    const std::uint64_t zero = ~(((other & low) + low) | other | low);
    return unsigned((zero >> 7) * 0x0102040810204080ULL >> 56);
}

} // namespace

// Untouched pages of a part cost nothing: it fills up from its beginning, bucket by bucket.
EntryTable::EntryTable()
{
    m_parts[0].store(new Bucket[firstBuckets], std::memory_order_relaxed);
}

EntryTable::~EntryTable()
{
    delete[] m_parts[0].load(std::memory_order_relaxed);
    for (std::size_t part = 1; part < parts; ++part) {
        if (Bucket *buckets = m_parts[part].load(std::memory_order_relaxed))
            ::munmap(buckets, partBuckets(part, firstBuckets) * sizeof(Bucket));
    }
}

EntryTable::Pair EntryTable::bucketsOf(std::uint64_t hash, std::size_t buckets)
{
    const std::uint64_t place = hash >> 8;
    return {linearBucket(place, buckets), linearBucket(place ^ stepOf(tagOf(hash)), buckets)};
}

EntryTable::Bucket &EntryTable::bucket(std::size_t index) const
{
    const std::size_t part = partOf(index, firstBuckets);
    Bucket *buckets = m_parts[part].load(std::memory_order_acquire);
    return buckets[part == 0 ? index : index - partBuckets(part, firstBuckets)];
}

// One bit for each slot whose byte may be the tag.
unsigned EntryTable::matches(const Bucket &bucket, std::uint8_t tag)
{
    const std::uint64_t tags = bucket.tags.load(std::memory_order_acquire);
    const std::uint64_t more = bucket.moreTags.load(std::memory_order_acquire);
    return bytesLike(tags, tag) | (bytesLike(more, tag) & 0x0f) << 8;
}

EntryPtr EntryTable::findIn(const Bucket &bucket, std::string_view key, std::uint8_t tag) const
{
    for (unsigned found = matches(bucket, tag); found != 0; found &= found - 1) {
        const auto &slot = bucket.ids[unsigned(std::countr_zero(found))];
        for (Id id = slot.load(std::memory_order_acquire); id != 0;) {
            EntryPtr entry = EntryBlock::tryAcquire(id);
            const Id now = slot.load(std::memory_order_acquire);
            if (now == id) {
                if (entry && entry->keyText() == key)
                    return entry;
                break;
            }
            id = now;
        }
    }
    return nullptr;
}

EntryPtr EntryTable::find(std::string_view key, std::uint64_t hash) const
{
    for (std::size_t buckets = m_buckets.load(std::memory_order_acquire);;) {
        const Pair pair = bucketsOf(hash, buckets);
        const Bucket &first = bucket(pair.first);
        const std::uint32_t arrivals = first.arrivals.load(std::memory_order_acquire);
        EntryPtr entry = findIn(first, key, tagOf(hash));
        if (!entry)
            entry = findIn(bucket(pair.second), key, tagOf(hash));
        if (entry)
            return entry;
        const bool isOvertaken = first.arrivals.load(std::memory_order_acquire) != arrivals;
        const std::size_t now = m_buckets.load(std::memory_order_acquire);
        if (!isOvertaken && now == buckets)
            return nullptr;
        buckets = now;
    }
}

EntryTable::Id EntryTable::idOf(std::string_view key, std::uint64_t hash) const
{
    const Pair pair = bucketsOf(hash, m_buckets.load(std::memory_order_relaxed));
    for (const std::size_t index : {pair.first, pair.second}) {
        const Bucket &at = bucket(index);
        for (unsigned found = matches(at, tagOf(hash)); found != 0; found &= found - 1) {
            const Id id = at.ids[unsigned(std::countr_zero(found))].load(std::memory_order_relaxed);
            if (id != 0 && EntryBlock::at(id).keyText() == key)
                return id;
        }
    }
    return 0;
}

EntryTable::Slot EntryTable::slotOf(Id id, std::uint64_t hash) const
{
    const Pair pair = bucketsOf(hash, m_buckets.load(std::memory_order_relaxed));
    for (const std::size_t index : {pair.first, pair.second}) {
        Bucket &at = bucket(index);
        for (unsigned found = matches(at, tagOf(hash)); found != 0; found &= found - 1) {
            const auto place = unsigned(std::countr_zero(found));
            if (at.ids[place].load(std::memory_order_relaxed) == id)
                return {&at, place};
        }
    }
    return {};
}

// A reader that sees the tag sees the id.
void EntryTable::put(Bucket &bucket, unsigned place, Id id, std::uint8_t tag)
{
    bucket.ids[place].store(id, std::memory_order_release);
    setTag(bucket, place, tag);
}

void EntryTable::clear(Bucket &bucket, unsigned place)
{
    setTag(bucket, place, 0);
    bucket.ids[place].store(0, std::memory_order_release);
}

void EntryTable::setTag(Bucket &bucket, unsigned place, std::uint8_t tag)
{
    const auto set = [tag](auto &tags, unsigned byte) {
        using Word = std::remove_reference_t<decltype(tags)>::value_type;
        const auto others = Word(tags.load(std::memory_order_relaxed) & ~(Word(0xff) << byte * 8));
        tags.store(others | Word(tag) << byte * 8, std::memory_order_release);
    };
    place < 8 ? set(bucket.tags, place) : set(bucket.moreTags, place - 8);
}

std::uint8_t EntryTable::tagAt(const Bucket &bucket, unsigned place)
{
    return place < 8 ? std::uint8_t(bucket.tags.load(std::memory_order_relaxed) >> place * 8)
                     : std::uint8_t(bucket.moreTags.load(std::memory_order_relaxed) >> (place - 8) * 8);
}

// One bit for each free slot.
unsigned EntryTable::freePlaces(const Bucket &bucket)
{
    return matches(bucket, 0);
}

// The first of the two while it has room, so that most searches look at one line; then the emptier one, which evens out
// that buckets not split yet have twice the keys (power of two choices: Azar et al., STOC 1994).
EntryTable::Bucket *EntryTable::bucketFor(std::uint64_t hash)
{
    const Pair pair = bucketsOf(hash, m_buckets.load(std::memory_order_relaxed));
    Bucket &first = bucket(pair.first);
    const int firstFree = std::popcount(freePlaces(first));
    if (firstFree >= int(roomy))
        return &first;
    Bucket &second = bucket(pair.second);
    const int secondFree = std::popcount(freePlaces(second));
    if (firstFree != 0 || secondFree != 0)
        return firstFree >= secondFree ? &first : &second;
    for (unsigned depth = 1; depth <= deepest; ++depth) {
        if (moveOneFrom(pair.first, depth))
            return &first;
        if (moveOneFrom(pair.second, depth))
            return &second;
    }
    return nullptr;
}

// In a bucket that was not split yet the highest bit of the place is not known: it matters where the other one was.
std::size_t EntryTable::otherBucket(std::size_t from, unsigned place, bool onlyWithRoom) const
{
    const std::size_t buckets = m_buckets.load(std::memory_order_relaxed);
    const std::size_t half = std::bit_floor(buckets);
    const bool isSplit = from >= half || from + half < buckets;
    const Bucket &at = bucket(from);
    const std::uint64_t other = from ^ stepOf(tagAt(at, place));
    const std::size_t low = linearBucket(other, buckets);
    const std::size_t high = isSplit ? low : linearBucket(other ^ half, buckets);
    const auto hasRoom = [this](std::size_t index) { return freePlaces(bucket(index)) != 0; };
    if (onlyWithRoom && !hasRoom(low) && (low == high || !hasRoom(high)))
        return from;
    if (low == high)
        return low;
    const Id id = at.ids[place].load(std::memory_order_relaxed);
    const Pair pair = bucketsOf(hashOfKey(EntryBlock::at(id).keyText()), buckets);
    return pair.first == from ? pair.second : pair.second == from ? pair.first : from;
}

// What moves is in its new bucket first, and counted there before it leaves: readers rely on that order.
bool EntryTable::moveOneFrom(std::size_t from, unsigned depth)
{
    Bucket &full = bucket(from);
    for (unsigned place = 0; place < slots; ++place) {
        const std::size_t other = otherBucket(from, place, depth == 1);
        Bucket &to = bucket(other);
        if (&to == &full || (freePlaces(to) == 0 && (depth == 1 || !moveOneFrom(other, depth - 1))))
            continue;
        const Id id = full.ids[place].load(std::memory_order_relaxed);
        put(to, unsigned(std::countr_zero(freePlaces(to))), id, tagAt(full, place));
        to.arrivals.fetch_add(1, std::memory_order_release);
        clear(full, place);
        return true;
    }
    return false;
}

bool EntryTable::insert(Id id, std::uint64_t hash)
{
    const auto room = [this] { return double(m_buckets.load(std::memory_order_relaxed) * slots); };
    while (double(m_size + 1) > fullest * room())
        grow();
    for (;;) {
        if (Bucket *target = bucketFor(hash)) {
            put(*target, unsigned(std::countr_zero(freePlaces(*target))), id, tagOf(hash));
            ++m_size;
            return true;
        }
        if (double(m_size) < pointlessBelow * room())
            return false;
        grow();
    }
}

void EntryTable::replace(Id old, Id id, std::uint64_t hash)
{
    const Slot slot = slotOf(old, hash);
    slot.bucket->ids[slot.place].store(id, std::memory_order_release);
}

void EntryTable::erase(Id id, std::uint64_t hash)
{
    const Slot slot = slotOf(id, hash);
    clear(*slot.bucket, slot.place);
    --m_size;
}

// What moves is in the new bucket before the number of buckets says so, and leaves the old one after.
void EntryTable::grow()
{
    const std::size_t before = m_buckets.load(std::memory_order_relaxed);
    const std::size_t part = partOf(before, firstBuckets);
    if (!m_parts[part].load(std::memory_order_relaxed)) {
        void *pages = ::mmap(nullptr, partBuckets(part, firstBuckets) * sizeof(Bucket), PROT_READ | PROT_WRITE,
            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (pages == MAP_FAILED)
            throw std::bad_alloc();
        m_parts[part].store(static_cast<Bucket *>(pages), std::memory_order_release);
    }
    Bucket &from = bucket(bucketToSplit(before));
    Bucket &to = bucket(before);
    unsigned moved = 0;
    for (unsigned place = 0; place < slots; ++place) {
        const Id id = from.ids[place].load(std::memory_order_relaxed);
        if (id == 0)
            continue;
        const std::uint64_t hash = hashOfKey(EntryBlock::at(id).keyText());
        const Pair old = bucketsOf(hash, before);
        const Pair now = bucketsOf(hash, before + 1);
        const bool byFirst = &bucket(old.first) == &from;
        if ((byFirst ? now.first : now.second) != before)
            continue;
        put(to, place, id, tagOf(hash));
        moved |= 1u << place;
    }
    m_buckets.store(before + 1, std::memory_order_release);
    for (; moved != 0; moved &= moved - 1)
        clear(from, unsigned(std::countr_zero(moved)));
}

} // namespace insitecache
