// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchdata.h"

#include <algorithm>
#include <numeric>

#include <insitecache/base/clock.h>
#include <insitecache/base/random.h>

#include "monitor/zipfsampler.h"

namespace insitecache::bench {

std::vector<CacheKey> makeKeys(std::size_t count, std::size_t digits)
{
    std::vector<CacheKey> out;
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string number = std::to_string(i);
        out.push_back(CacheKey::make("stock", 'S' + std::string(digits - number.size(), '0') + number).value());
    }
    return out;
}

std::string makePayload(std::size_t bytes, std::uint64_t seed)
{
    const std::unique_ptr<Random> random = Random::seeded(seed);
    std::string out(bytes, 'q');
    for (std::size_t i = 0; i < bytes; i += 2)
        out[i] = static_cast<char>(random->bits());
    return out;
}

EntryPtr makeEntry(const CacheKey &key, std::string payload)
{
    using namespace std::chrono_literals;
    EntryFields entry;
    entry.key = key;
    entry.payload = std::move(payload);
    entry.origin = "bench";
    entry.created = Clock::system().wall();
    entry.ttl = 1h;
    entry.staleFor = 1h;
    entry.freshUntil = Clock::system().now() + entry.ttl;
    entry.refreshAt = entry.freshUntil;
    return Entry::make(entry);
}

EntryPtr makeEntry(const CacheKey &key, std::size_t bytes)
{
    return makeEntry(key, makePayload(bytes, std::hash<CacheKey>{}(key)));
}

std::vector<EntryPtr> makeEntries(const std::vector<CacheKey> &keys, std::size_t bytes)
{
    std::vector<EntryPtr> out;
    out.reserve(keys.size());
    for (const CacheKey &key : keys)
        out.push_back(makeEntry(key, bytes));
    return out;
}

std::vector<std::uint32_t> makeZipf(std::size_t ranks, double skew, std::size_t draws, std::uint64_t seed)
{
    const std::unique_ptr<Random> random = Random::seeded(seed);
    std::vector<std::uint32_t> place(ranks);
    std::iota(place.begin(), place.end(), 0u);
    for (std::size_t i = ranks; i > 1; --i)
        std::swap(place[i - 1], place[random->bits() % i]);
    const ZipfSampler sampler(ranks, skew);
    std::vector<std::uint32_t> out(draws);
    std::generate(out.begin(), out.end(), [&] { return place[sampler.next(*random) - 1]; });
    return out;
}

} // namespace insitecache::bench
