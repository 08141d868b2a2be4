// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/tiers/entry.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "tiers/blockarena.h"
#include "tiers/coarseduration.h"
#include "tiers/origintable.h"

namespace insitecache {

namespace {

static_assert(std::endian::native == std::endian::little, "numbers of five and six bytes are the low ones of eight");

constexpr std::uint64_t newestVersion = (1ULL << 40) - 1;
constexpr long long latestCreation = (1LL << 47) - 1;

template <std::size_t bytes>
void packNumber(std::uint8_t (&to)[bytes], std::uint64_t number)
{
    std::memcpy(to, &number, bytes);
}

template <std::size_t bytes>
std::uint64_t unpackNumber(const std::uint8_t (&from)[bytes])
{
    std::uint64_t number = 0;
    std::memcpy(&number, from, bytes);
    return number;
}

/// Times far from each other are Duration::max() apart.
Duration leadBefore(SteadyTime end, SteadyTime begin)
{
    if (begin >= end)
        return Duration::zero();
    const auto gap = static_cast<std::uint64_t>(end.time_since_epoch().count())
        - static_cast<std::uint64_t>(begin.time_since_epoch().count());
    return Duration(static_cast<Duration::rep>(
        std::min(gap, static_cast<std::uint64_t>(std::numeric_limits<Duration::rep>::max()))));
}

} // namespace

EntryPtr Entry::make(const EntryFields &fields)
{
    const std::size_t payloadBytes
        = std::min<std::size_t>(fields.payload.size(), std::numeric_limits<std::uint32_t>::max());
    const std::size_t bytes = sizeof(Entry) + fields.key.text().size() + payloadBytes;
    auto *entry = static_cast<Entry *>(BlockArena::instance().allocate(bytes));
    entry->write(fields, payloadBytes);
    // Last: from here on whoever knows the block from before may take it for an entry.
    std::atomic_ref(entry->m_refs).store(1, std::memory_order_release);
    return EntryPtr(entry);
}

void Entry::write(const EntryFields &fields, std::size_t payloadBytes)
{
    const std::string &key = fields.key.text();
    std::atomic_ref(m_previous).store(0, std::memory_order_relaxed);
    std::atomic_ref(m_next).store(0, std::memory_order_relaxed);
    std::atomic_ref(m_l1State).store(0, std::memory_order_relaxed);
    std::atomic_ref(m_l1Hits).store(0, std::memory_order_relaxed);
    m_payloadBytes = static_cast<std::uint32_t>(payloadBytes);
    m_keyBytesAndFlags = static_cast<std::uint16_t>(key.size() | (fields.negative ? negativeFlag : 0u));
    m_origin = OriginTable::instance().idOf(fields.origin);
    packNumber(m_version, std::min(fields.version, newestVersion));
    writeTimes(fields);
    key.copy(text(), key.size());
    fields.payload.copy(text() + key.size(), payloadBytes);
}

std::uint64_t Entry::packedFreshUntil(SteadyTime time)
{
    const long long ms = std::chrono::floor<Millis>(time.time_since_epoch()).count();
    return std::min(static_cast<std::uint64_t>(std::max(ms + freshUntilBias, 0LL)), freshUntilForever);
}

void Entry::writeTimes(const EntryFields &fields)
{
    m_ttl = CoarseDuration::roundedUp(fields.ttl);
    m_staleFor = CoarseDuration::roundedDown(fields.staleFor);
    m_refreshLead = CoarseDuration::roundedUp(leadBefore(fields.freshUntil, fields.refreshAt));
    packNumber(m_freshUntil, packedFreshUntil(fields.freshUntil));
    const long long created
        = std::clamp<long long>(fields.created.time_since_epoch().count(), -latestCreation, latestCreation);
    packNumber(m_created, static_cast<std::uint64_t>(created + latestCreation));
}

void Entry::destroy() const
{
    BlockArena::instance().release(const_cast<Entry *>(this));
}

EntryFields Entry::fields() const
{
    return {key(), std::string(payload()), std::string(origin()), created(), ttl(), staleFor(), freshUntil(),
        refreshAt(), version(), negative()};
}

CacheKey Entry::key() const
{
    return CacheKey(std::string(keyText()), std::min(keyText().find(':'), keyText().size()));
}

std::string_view Entry::origin() const
{
    return OriginTable::instance().textOf(m_origin);
}

WallTime Entry::created() const
{
    return WallTime(Millis(static_cast<long long>(unpackNumber(m_created)) - latestCreation));
}

Duration Entry::ttl() const
{
    return CoarseDuration::read(m_ttl);
}

Duration Entry::staleFor() const
{
    return CoarseDuration::read(m_staleFor);
}

SteadyTime Entry::refreshAt() const
{
    return freshUntil() - CoarseDuration::read(m_refreshLead);
}

std::uint64_t Entry::version() const
{
    return unpackNumber(m_version);
}

std::size_t Entry::blockBytes() const
{
    return BlockArena::blockBytes(sizeof(Entry) + keyBytes() + m_payloadBytes);
}

} // namespace insitecache
