// SPDX-License-Identifier: GPL-3.0-or-later
#include "eviction/frequencysketch.h"

#include <algorithm>
#include <bit>

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

// The line of a key is chosen by the low bits of its hash: in a sketch of twice the size it is the same line or the one
// as far behind it as the old sketch was long. So the copy estimates as the original did.
void FrequencySketch::reserve(std::size_t entries)
{
    const std::size_t needed = std::bit_ceil(std::max(entries, wordsPerLine));
    if (m_words.empty())
        m_words.assign(needed, 0);
    while (m_words.size() < needed) {
        const std::size_t size = m_words.size();
        m_words.resize(size * 2);
        std::copy_n(m_words.begin(), size, m_words.begin() + std::ptrdiff_t(size));
    }
    m_usesUntilHalved = usesPerEntry * std::max<std::uint64_t>(entries, 1);
}

FrequencySketch::Counter FrequencySketch::counter(std::uint64_t hash, std::uint64_t mixed, unsigned row) const
{
    const std::size_t line = (hash & (m_words.size() / wordsPerLine - 1)) * wordsPerLine;
    const unsigned place = (mixed >> (row * 8)) & 31;
    return {line + row * 2 + (place & 1), (place >> 1) * 4};
}

void FrequencySketch::add(std::uint64_t hash, unsigned times)
{
    const std::uint64_t mixed = mixHash(hash);
    bool grown = false;
    for (unsigned row = 0; row < rows; ++row) {
        const Counter at = counter(hash, mixed, row);
        const unsigned seen = (m_words[at.word] >> at.shift) & maxEstimate;
        const unsigned more = std::min(times, maxEstimate - seen);
        m_words[at.word] += std::uint64_t(more) << at.shift;
        grown |= more > 0;
    }
    if (grown && (m_uses += times) >= m_usesUntilHalved)
        halve();
}

unsigned FrequencySketch::estimate(std::uint64_t hash) const
{
    const std::uint64_t mixed = mixHash(hash);
    unsigned least = maxEstimate;
    for (unsigned row = 0; row < rows; ++row) {
        const Counter at = counter(hash, mixed, row);
        least = std::min(least, unsigned(m_words[at.word] >> at.shift) & maxEstimate);
    }
    return least;
}

void FrequencySketch::halve()
{
    for (std::uint64_t &word : m_words)
        word = (word >> 1) & 0x7777777777777777ULL;
    m_uses /= 2;
}

} // namespace insitecache
