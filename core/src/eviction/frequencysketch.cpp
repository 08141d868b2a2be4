// SPDX-License-Identifier: GPL-3.0-or-later
#include "eviction/frequencysketch.h"

#include <algorithm>

#include "eviction/hashrange.h"

namespace insitecache {

namespace {

/// A second hash of a hash: the finalizer of MurmurHash3 (Appleby, public domain).
std::uint64_t mixHash(std::uint64_t x)
{
    x = (x ^ (x >> 33)) * 0xff51afd7ed558ccdULL;
    x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return x ^ (x >> 33);
}

} // namespace

void FrequencySketch::reserve(std::size_t entries)
{
    stretch(m_lines, (entries + entriesPerLine - 1) / entriesPerLine);
    m_usesUntilHalved = usesPerEntry * std::max<std::uint64_t>(entries, 1);
}

FrequencySketch::Counter FrequencySketch::counter(std::uint64_t mixed, unsigned row)
{
    const unsigned place = (mixed >> (row * 8)) & 31;
    return {row * 2 + (place & 1), (place >> 1) * 4};
}

void FrequencySketch::add(std::uint64_t hash, unsigned times)
{
    const std::uint64_t mixed = mixHash(hash);
    Line &line = m_lines[placeInRange(mixed, m_lines.size())];
    bool grown = false;
    for (unsigned row = 0; row < rows; ++row) {
        const Counter at = counter(mixed, row);
        const unsigned seen = (line.words[at.word] >> at.shift) & maxEstimate;
        const unsigned more = std::min(times, maxEstimate - seen);
        line.words[at.word] += std::uint64_t(more) << at.shift;
        grown |= more > 0;
    }
    if (grown && (m_uses += times) >= m_usesUntilHalved)
        halve();
}

unsigned FrequencySketch::estimate(std::uint64_t hash) const
{
    const std::uint64_t mixed = mixHash(hash);
    const Line &line = m_lines[placeInRange(mixed, m_lines.size())];
    unsigned least = maxEstimate;
    for (unsigned row = 0; row < rows; ++row) {
        const Counter at = counter(mixed, row);
        least = std::min(least, unsigned(line.words[at.word] >> at.shift) & maxEstimate);
    }
    return least;
}

void FrequencySketch::halve()
{
    for (Line &line : m_lines) {
        for (std::uint64_t &word : line.words)
            word = (word >> 1) & 0x7777777777777777ULL;
    }
    m_uses /= 2;
}

} // namespace insitecache
