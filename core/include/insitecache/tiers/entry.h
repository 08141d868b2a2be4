// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include <insitecache/base/cachekey.h>
#include <insitecache/base/clock.h>

namespace insitecache {

class EntryPtr;

/// "Does not expire": far enough for every database, near enough to add to a clock without overflow.
inline constexpr Duration foreverLife = std::chrono::hours(24 * 366 * 100);

/// What an entry is made from, and what a changed copy starts with. A plain value: it is exact, Entry is not.
struct EntryFields {
    CacheKey key;
    std::string payload;       ///< CBOR (RFC 8949); empty for a negative entry; less than 4 GiB
    std::string origin;        ///< who made it: "yahoo", "reddit+x", "user"
    WallTime created{};        ///< when the origin answered
    Duration ttl{};            ///< the full fresh life it was given, jitter included
    Duration staleFor{};       ///< how much longer it may be served when the origin fails
    SteadyTime freshUntil{};   ///< logical expiry; the physical one is staleFor later
    SteadyTime refreshAt{};    ///< from here on a hit starts one background refresh; freshUntil or later: never
    std::uint64_t version = 0; ///< grows with each write of this key in the process that wrote it
    bool negative = false;     ///< "the upstream says there is none"
};

/// One cached value with its times, in one block of memory: 44 bytes, the key, the payload. Immutable once made, so any
/// thread may hold an EntryPtr as long as it likes; nobody ever sees half an entry.
///
/// Deadlines are on this process's steady clock. A tier that keeps entries outside the process stores *remaining*
/// durations and turns them into deadlines again when it reads.
///
/// To be that small it keeps less than EntryFields say, and never errs on the side of serving too long:
/// - freshUntil is cut to milliseconds; beyond 32 years from the clock's start it means "for ever" and reads as 200;
/// - durations have 14 bits of 1 ms, 1 s, 1 min or 1 h, the finest unit that reaches: exact up to 16 s, in seconds up
///   to 4.5 h, in minutes up to 11 days, in hours up to 682 days. ttl is rounded up and is foreverLife beyond that;
///   staleFor is rounded down; the time from refreshAt to freshUntil is rounded up;
/// - versions end at 2^40 - 1;
/// - origins are kept once in the process, the first 254 of at most 64 bytes; any other reads "other".
class Entry {
public:
    static EntryPtr make(const EntryFields &fields);
    Entry(const Entry &) = delete;
    Entry &operator=(const Entry &) = delete;

    EntryFields fields() const;
    CacheKey key() const; ///< a copy; where the text is enough keyText() costs nothing
    std::string_view keyText() const { return {text(), keyBytes()}; }
    std::string_view payload() const { return {text() + keyBytes(), m_payloadBytes}; }
    std::string_view origin() const;
    WallTime created() const;
    Duration ttl() const;
    Duration staleFor() const;
    SteadyTime freshUntil() const
    {
        std::uint64_t packed = 0;
        std::memcpy(&packed, m_freshUntil, sizeof m_freshUntil);
        return SteadyTime(packed == freshUntilForever
                ? 2 * foreverLife
                : Duration(Millis(static_cast<long long>(packed) - freshUntilBias)));
    }
    SteadyTime staleUntil() const { return freshUntil() + staleFor(); }
    SteadyTime refreshAt() const;
    std::uint64_t version() const;
    bool negative() const { return (m_keyBytesAndFlags & negativeFlag) != 0; }

    bool isFresh(SteadyTime now) const { return now < freshUntil(); }
    bool isUsable(SteadyTime now) const { return now < staleUntil(); }

    /// The memory it really takes, rounding included.
    std::size_t blockBytes() const;

private:
    friend class EntryPtr;
    friend class EntryBlock;

    static constexpr std::uint16_t keyBytesMask = 0x7ff;
    static constexpr std::uint16_t negativeFlag = 0x800;
    /// A copy may have expired before the steady clock began, by its stale time at most: 795 days.
    static constexpr long long freshUntilBias = 1LL << 36;
    static constexpr std::uint64_t freshUntilForever = (1ULL << 40) - 1;

    // Only ever laid over a block whose m_refs others may be reading: so nothing is initialised.
    Entry() = default;
    const char *text() const { return reinterpret_cast<const char *>(this + 1); }
    char *text() { return reinterpret_cast<char *>(this + 1); }
    std::size_t keyBytes() const { return m_keyBytesAndFlags & keyBytesMask; }
    void write(const EntryFields &fields, std::size_t payloadBytes);
    void writeTimes(const EntryFields &fields);
    void retain() const { std::atomic_ref(m_refs).fetch_add(1, std::memory_order_relaxed); }
    void release() const
    {
        if (std::atomic_ref(m_refs).fetch_sub(1, std::memory_order_acq_rel) == 1)
            destroy();
    }
    void destroy() const;
    static std::uint64_t packedFreshUntil(SteadyTime time);

    // What changes while others look is touched through std::atomic_ref only.
    mutable std::uint32_t m_refs;
    mutable std::uint32_t m_previous, m_next; // L1's, as are the two below
    std::uint32_t m_payloadBytes;
    std::uint16_t m_keyBytesAndFlags;
    std::uint8_t m_origin;
    mutable std::uint8_t m_l1State;
    mutable std::uint16_t m_l1Hits;
    std::uint16_t m_ttl, m_staleFor, m_refreshLead;
    std::uint8_t m_created[6], m_freshUntil[5], m_version[5];
};
static_assert(sizeof(Entry) == 44 && alignof(Entry) == 4);

/// Shares an entry: the last one frees it. Null when default-made. One object is not for two threads at once, the entry
/// it points to is; any thread may let go last.
class EntryPtr {
public:
    EntryPtr() = default;
    EntryPtr(std::nullptr_t) {}
    EntryPtr(const EntryPtr &other) : m_entry(other.m_entry)
    {
        if (m_entry)
            m_entry->retain();
    }
    EntryPtr(EntryPtr &&other) noexcept : m_entry(other.m_entry) { other.m_entry = nullptr; }
    EntryPtr &operator=(EntryPtr other) noexcept
    {
        std::swap(m_entry, other.m_entry);
        return *this;
    }
    ~EntryPtr()
    {
        if (m_entry)
            m_entry->release();
    }

    const Entry *get() const { return m_entry; }
    const Entry *operator->() const { return m_entry; }
    const Entry &operator*() const { return *m_entry; }
    explicit operator bool() const { return m_entry != nullptr; }
    void reset() { *this = nullptr; }
    /// The same entry, not an equal one.
    friend bool operator==(const EntryPtr &a, const EntryPtr &b) = default;

private:
    friend class Entry;
    friend class EntryBlock;
    /// Takes over a reference that was counted already.
    explicit EntryPtr(const Entry *counted) : m_entry(counted) {}

    const Entry *m_entry = nullptr;
};

} // namespace insitecache
