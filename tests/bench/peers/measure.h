// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <barrier>
#include <cstring>
#include <string_view>
#include <thread>
#include <vector>

#include <malloc.h>

#include <insitecache/monitor/systemmemory.h>

#include "benchdata.h"
#include "stopwatch.h"
#include "workload.h"

namespace insitecache::bench {

/// What a caller does with a value, so that no peer gets away with not fetching it.
inline std::uint64_t firstBytes(const void *value)
{
    std::uint64_t out = 0;
    std::memcpy(&out, value, sizeof out);
    return out;
}

/// The workloads over one kind of cache in this process. `Cache` has
///   explicit Cache(std::size_t capacity)                                entries
///   bool read(const CacheKey &key, std::uint64_t &sum)                  a hit adds firstBytes() of its value
///   void write(const CacheKey &key, std::string_view value)
/// A cache without write() loads what it misses within read(), from Workload::value().
template <class Cache>
class Measure {
public:
    static Figures speed(const Workload &workload)
    {
        Measure measure(workload);
        measure.takeHits();
        if constexpr (canWrite)
            measure.template takeTurns<&Measure::readOrWrite>("mix");
        measure.template takeTurns<&Measure::readThrough>("through");
        return measure.m_figures;
    }

    /// Bytes beyond key and value of each of a million entries. Precondition: nothing else has run in this process.
    static Figures memory()
    {
        const std::vector<CacheKey> keys = makeKeys(Workload::keyCount, Workload::keyDigits);
        malloc_trim(0);
        const std::uint64_t before = processResidentBytes();
        Cache cache(keys.size() + keys.size() / 20); // a cache of many parts does not fill them evenly
        for (const CacheKey &key : keys)
            load(cache, key);
        malloc_trim(0);
        const double grown = double(processResidentBytes()) - double(before);
        std::uint64_t held = 0;
        std::uint64_t sum = 0;
        for (const CacheKey &key : keys)
            held += cache.read(key, sum);
        return {{"bytes", grown / double(held) - Workload::keyBytes - Workload::valueBytes}};
    }

private:
    using Operation = bool (*)(Cache &, const CacheKey &, bool write, std::uint64_t &sum);
    static constexpr bool canWrite = requires(Cache c, const CacheKey &key) { c.write(key, std::string_view()); };

    explicit Measure(const Workload &workload) : m_workload(workload) {}

    static void load(Cache &cache, const CacheKey &key)
    {
        std::uint64_t sum = 0;
        if constexpr (canWrite)
            cache.write(key, Workload::value());
        else
            cache.read(key, sum);
    }
    static bool readOnly(Cache &cache, const CacheKey &key, bool, std::uint64_t &sum) { return cache.read(key, sum); }
    static bool readOrWrite(Cache &cache, const CacheKey &key, bool write, std::uint64_t &sum)
    {
        if (!write)
            return cache.read(key, sum);
        load(cache, key);
        return false;
    }
    static bool readThrough(Cache &cache, const CacheKey &key, bool, std::uint64_t &sum)
    {
        const bool hit = cache.read(key, sum);
        if constexpr (canWrite) {
            if (!hit)
                load(cache, key);
        }
        return hit;
    }

    void takeHits()
    {
        // Room for twice as much: a cache of many parts would miss a few where one of them is full.
        Cache cache(2 * Workload::capacity);
        for (std::uint32_t i = 0; i < Workload::capacity; ++i)
            load(cache, m_keys[i]);
        const auto streamOf = [this](int thread) { return m_workload.hot(thread); };
        for (int threads = 1; threads <= Workload::threads; ++threads)
            m_figures["hit.ratio"] = time<&Measure::readOnly>("hit", threads, cache, streamOf);
    }

    template <Operation operation>
    void takeTurns(const std::string &name)
    {
        for (int threads = 1; threads <= Workload::threads; ++threads) {
            Cache cache(Workload::capacity);
            run<operation>(cache, m_workload.warm());
            const auto streamOf = [this](int thread) { return m_workload.mixed(thread); };
            const double ratio = time<operation>(name, threads, cache, streamOf);
            if (threads == 1)
                m_figures[name + ".ratio"] = ratio;
        }
    }

    struct Counts {
        std::uint64_t hits = 0, reads = 0;
    };

    template <Operation operation>
    Counts run(Cache &cache, Workload::Stream stream)
    {
        Counts counts;
        std::uint64_t sum = 0;
        for (const std::uint32_t draw : stream) {
            const bool write = draw & Workload::writeMark;
            counts.hits += operation(cache, m_keys[draw & ~Workload::writeMark], write, sum);
            counts.reads += !write || operation != &Measure::readOrWrite;
        }
        m_sink.fetch_add(sum, std::memory_order_relaxed);
        return counts;
    }

    /// Records how long it takes; the share of reads that hit.
    template <Operation operation, class StreamOf>
    double time(const std::string &name, int threads, Cache &cache, StreamOf streamOf)
    {
        std::vector<Counts> counts(static_cast<std::size_t>(threads));
        std::barrier ready(threads + 1);
        std::vector<std::jthread> running;
        for (int i = 0; i < threads; ++i) {
            running.emplace_back([&, i] {
                ready.arrive_and_wait();
                counts[std::size_t(i)] = run<operation>(cache, streamOf(i));
            });
        }
        ready.arrive_and_wait();
        const Stopwatch stopwatch;
        running.clear();
        stopwatch.record(m_figures, name + '.' + std::to_string(threads), double(threads) * Workload::streamLength);
        Counts all;
        for (const Counts &part : counts) {
            all.hits += part.hits;
            all.reads += part.reads;
        }
        return double(all.hits) / double(all.reads);
    }

    const Workload &m_workload;
    const std::vector<CacheKey> m_keys = makeKeys(Workload::keyCount, Workload::keyDigits);
    Figures m_figures;
    std::atomic<std::uint64_t> m_sink{0};
};

} // namespace insitecache::bench
