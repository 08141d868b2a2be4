// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>

#include <insitecache/tiers/entry.h>

namespace insitecache {

/// From keys to the ids of entries: what readers of L1 search without a lock.
///
/// Buckets of one cache line hold twelve ids and a byte of each hash; a key lies in one of two buckets, so a search
/// looks at two lines at most. The table grows by one bucket at a time (linear hashing: Litwin, VLDB 1980) and buckets
/// never move, so that neither a reader nor a writer ever waits for the whole to be built anew.
///
/// Where both buckets of a new key are full, an entry of theirs moves to its other bucket (cuckoo hashing: Pagh &
/// Rodler, ESA 2001), so that nine slots of ten are used before a bucket is added. Which that is follows from where the
/// entry lies and its byte (Fan et al., "Cuckoo Filter", CoNEXT 2014), nearly always without a look at its key.
///
/// A reader that is overtaken: it takes hold of an entry only while the id still lies where it was read (EntryBlock),
/// and looks into the first bucket of a key before the second. Whatever moves is in the new place before it leaves the
/// old one, and whoever sees that it left sees all that was written before:
/// - from the first bucket to the second: the second look finds it;
/// - from the second to the first: the first bucket counts the arrival before the other is cleared, and a search that
///   found nothing is done again when that count is not what it was before the first look;
/// - to a bucket that was added: likewise by the number of buckets.
/// Both numbers lie in lines that the search has read anyway.
///
/// Threads: find() from any thread at any time; everything else by whoever holds the lock of the owner.
/// Standard C++ only.
class EntryTable {
public:
    using Id = std::uint32_t;

    EntryTable();
    ~EntryTable();

    /// The entry of that key, held.
    EntryPtr find(std::string_view key, std::uint64_t hash) const;
    /// Its id without holding it; 0: not there.
    Id idOf(std::string_view key, std::uint64_t hash) const;
    bool contains(Id id, std::uint64_t hash) const { return slotOf(id, hash).bucket != nullptr; }

    /// The key is not there. False: its two buckets are full and growing does not help, which takes keys made for it.
    bool insert(Id id, std::uint64_t hash);
    void replace(Id old, Id id, std::uint64_t hash);
    void erase(Id id, std::uint64_t hash);

    std::size_t size() const { return m_size; }
    std::size_t bytes() const { return m_buckets.load(std::memory_order_relaxed) * sizeof(Bucket); }
    /// Visits every id; `visit` may erase the one it is given.
    template <class Visit>
    void forEach(Visit visit) const
    {
        const std::size_t buckets = m_buckets.load(std::memory_order_relaxed);
        for (std::size_t i = 0; i < buckets; ++i) {
            for (const auto &slot : bucket(i).ids) {
                if (const Id id = slot.load(std::memory_order_relaxed))
                    visit(id);
            }
        }
    }

private:
    static constexpr unsigned slots = 12;
    static constexpr std::size_t firstBuckets = 64;
    static constexpr double fullest = 0.90; ///< of all slots, before a bucket is added
    static constexpr unsigned roomy = 3;    ///< free slots with which the first bucket is taken whatever the second has

    struct alignas(64) Bucket {
        std::atomic<std::uint64_t> tags{};     ///< of the first eight slots, a byte each, 0: free
        std::atomic<std::uint32_t> moreTags{}; ///< of the other four
        std::atomic<std::uint32_t> arrivals{}; ///< that were moved here from their other bucket
        std::array<std::atomic<Id>, slots> ids{};
    };
    static_assert(sizeof(Bucket) == 64);
    struct Slot {
        Bucket *bucket = nullptr;
        unsigned place = 0;
    };
    struct Pair {
        std::size_t first, second;
    };

    static std::uint8_t tagOf(std::uint64_t hash) { return std::uint8_t(hash >> 56 | 1); }
    static std::uint64_t stepOf(std::uint8_t tag) { return tag * 0x9e3779b97f4a7c15ULL >> 24; }
    static Pair bucketsOf(std::uint64_t hash, std::size_t buckets);
    static unsigned matches(const Bucket &bucket, std::uint8_t tag);
    static void put(Bucket &bucket, unsigned place, Id id, std::uint8_t tag);
    static void clear(Bucket &bucket, unsigned place);
    static void setTag(Bucket &bucket, unsigned place, std::uint8_t tag);
    static std::uint8_t tagAt(const Bucket &bucket, unsigned place);
    static unsigned freePlaces(const Bucket &bucket);
    Bucket *bucketFor(std::uint64_t hash);
    std::size_t otherBucket(std::size_t from, unsigned place, bool onlyWithRoom) const;
    bool moveOneFrom(std::size_t from, unsigned depth);

    Bucket &bucket(std::size_t index) const;
    EntryPtr findIn(const Bucket &bucket, std::string_view key, std::uint8_t tag) const;
    Slot slotOf(Id id, std::uint64_t hash) const;
    void grow();

    // Part 0 has the first buckets; each further one as many as all before it.
    static constexpr std::size_t parts = 28;
    std::array<std::atomic<Bucket *>, parts> m_parts{};
    std::atomic<std::size_t> m_buckets{firstBuckets};
    std::size_t m_size = 0;
};

} // namespace insitecache
