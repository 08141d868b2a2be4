// SPDX-License-Identifier: GPL-3.0-or-later
#include "eviction/windowtournament.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace insitecache {

namespace {

constexpr double scoreFading = 0.97; ///< of the hits of a round, one round later
constexpr double clearlyBetter = 1.02;
constexpr std::size_t shortestRound = 200;
constexpr std::size_t bytesOfShadowedKey = 80; ///< a node, its place in a table that may have grown just now, a ghost

std::uint64_t sampleRateFor(std::size_t entries, std::size_t shadowEntries)
{
    return std::bit_floor(std::max<std::size_t>(entries / shadowEntries, 1));
}

} // namespace

WindowTournament::WindowTournament(std::size_t expectedEntries) :
    m_sampleMask(sampleRateFor(expectedEntries, shadowEntries) - 1)
{
    m_sketch.reserve(2 * shadowEntries);
    m_shadows.reserve(shares.size());
    for (const double share : shares)
        m_shadows.emplace_back(share, m_sketch);
    weigh();
}

std::size_t WindowTournament::bytesFor(std::size_t entries)
{
    return sizeof(WindowTournament) + shares.size() * std::min(entries, 2 * shadowEntries) * bytesOfShadowedKey;
}

void WindowTournament::weigh()
{
    const auto sum = [](std::size_t bytes, const ShadowCache &shadow) { return bytes + shadow.bytes(); };
    m_bytes.store(std::accumulate(m_shadows.begin(), m_shadows.end(), sizeof(*this) + m_sketch.bytes(), sum),
        std::memory_order_relaxed);
}

void WindowTournament::use(std::uint64_t hash, std::size_t entries, bool isFull)
{
    const std::size_t place = m_written.fetch_add(1, std::memory_order_relaxed);
    m_ring[place % ringSize].store(hash, std::memory_order_relaxed);
    if (place % readAfter != readAfter - 1)
        return;
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (lock)
        readRing(entries, isFull);
}

void WindowTournament::readRing(std::size_t entries, bool isFull)
{
    if (m_fitted == 0 && isFull)
        fit(entries, isFull);
    const std::size_t written = m_written.load(std::memory_order_relaxed);
    m_read = std::max(m_read, written > ringSize ? written - ringSize : 0);
    for (; m_read < written; ++m_read) {
        play(m_ring[m_read % ringSize].load(std::memory_order_relaxed));
        if (++m_uses >= m_round)
            endRound(entries, isFull);
    }
}

void WindowTournament::play(std::uint64_t hash)
{
    m_sketch.add(hash);
    for (std::size_t i = 0; i < m_shadows.size(); ++i)
        m_hits[i] += m_shadows[i].use(hash) ? 1 : 0;
}

void WindowTournament::endRound(std::size_t entries, bool isFull)
{
    m_uses = 0;
    for (std::size_t i = 0; i < shares.size(); ++i)
        m_scores[i] = m_scores[i] * scoreFading + double(std::exchange(m_hits[i], 0));
    const auto best = std::size_t(std::max_element(m_scores.begin(), m_scores.end()) - m_scores.begin());
    if (m_scores[best] > m_scores[m_leader] * clearlyBetter)
        m_leader = best;
    m_share.store(shares[m_leader], std::memory_order_relaxed);
    fit(entries, isFull);
    weigh();
}

// Until the cache is full nobody knows how many entries it will hold, and all shares do the same.
void WindowTournament::fit(std::size_t entries, bool isFull)
{
    const std::uint64_t rate = sampleRate();
    const std::uint64_t wanted = sampleRateFor(entries, shadowEntries);
    const bool tooMany = m_shadows.front().count() > 2 * shadowEntries;
    if (tooMany || (isFull && (wanted > 2 * rate || wanted * 2 < rate))) {
        m_sampleMask.store((isFull ? wanted : rate * 2) - 1, std::memory_order_relaxed);
        for (ShadowCache &shadow : m_shadows)
            shadow.clear();
    }
    if (!isFull || entries == m_fitted)
        return;
    m_fitted = entries;
    const std::size_t limit = std::max<std::size_t>(entries / sampleRate(), 1);
    m_round = std::max(shortestRound, limit / 2);
    m_sketch.reserve(limit);
    for (ShadowCache &shadow : m_shadows)
        shadow.setLimit(limit);
}

} // namespace insitecache
