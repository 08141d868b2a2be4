// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/tiers/memoryreplay.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <thread>

#include "tiers/memorystore.h"

namespace insitecache {

namespace {

constexpr std::size_t replayChunk = 256;

EntryPtr replayedEntry(const CacheKey &key, SteadyTime now)
{
    EntryFields fields;
    fields.key = key;
    fields.ttl = foreverLife;
    fields.freshUntil = fields.refreshAt = now + foreverLife;
    return Entry::make(fields);
}

std::uint64_t hitsOfChunk(MemoryStore &store, const std::vector<CacheKey> &keys,
    const std::vector<std::uint32_t> &requests, std::size_t begin, SteadyTime now)
{
    std::uint64_t hits = 0;
    MemoryHit hit;
    for (std::size_t i = begin; i < std::min(begin + replayChunk, requests.size()); ++i) {
        const CacheKey &key = keys[requests[i]];
        if (store.tryGet(key.text(), now, hit))
            ++hits;
        else
            store.insert(replayedEntry(key, now), now);
    }
    return hits;
}

} // namespace

ReplayReport MemoryReplay::run(const MemoryTierOptions &options, int threads) const
{
    MemoryStore store(options);
    std::atomic<std::size_t> next{0};
    std::atomic<std::uint64_t> hits{0};
    std::barrier ready(threads + 1);
    std::vector<std::jthread> running;
    for (int i = 0; i < threads; ++i) {
        running.emplace_back([&] {
            ready.arrive_and_wait();
            std::uint64_t mine = 0;
            for (std::size_t begin = 0; (begin = next.fetch_add(replayChunk)) < m_requests.size();)
                mine += hitsOfChunk(store, m_keys, m_requests, begin, m_clock.now());
            hits += mine;
        });
    }
    const SteadyTime started = m_clock.now();
    ready.arrive_and_wait();
    running.clear();
    return {m_requests.size(), hits, std::chrono::duration<double>(m_clock.now() - started).count()};
}

} // namespace insitecache
