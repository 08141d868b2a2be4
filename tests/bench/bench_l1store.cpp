// SPDX-License-Identifier: GPL-3.0-or-later
// L1 while a million entries end in the same millisecond: how long a hit and an insertion take at worst. And what its
// tables and timers take for an entry that lives an hour and up to a tenth more.
// insitecache_bench --benchmark_filter='l1Expiry|l1Index'
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <thread>

#include <insitecache/base/random.h>

#include "benchdata.h"
#include "tiers/memorystore.h"

namespace insitecache::bench {

namespace {

constexpr std::size_t expiringEntries = 1'000'000;
constexpr std::size_t livingEntries = 50'000;
constexpr std::size_t expiryValueBytes = 64;

EntryPtr lastingFor(const CacheKey &key, SteadyTime now, Duration life)
{
    EntryFields fields;
    fields.key = key;
    fields.payload.assign(expiryValueBytes, 'x');
    fields.ttl = life;
    fields.freshUntil = fields.refreshAt = now + life;
    return Entry::make(fields);
}

/// How long each call took, in microseconds.
class Latencies {
public:
    template <class Call>
    void time(Call call)
    {
        const SteadyTime started = Clock::system().now();
        call();
        m_taken.push_back(std::chrono::duration<double, std::micro>(Clock::system().now() - started).count());
    }
    void report(benchmark::State &state, const std::string &name)
    {
        std::sort(m_taken.begin(), m_taken.end());
        for (const auto &[label, share] : {std::pair{"p50", 0.5}, {"p99", 0.99}, {"p99.9", 0.999}, {"max", 1.0}}) {
            const double rank = std::ceil(share * double(m_taken.size())) - 1;
            state.counters[name + "_us_" + label] = m_taken.at(std::size_t(std::max(rank, 0.0)));
        }
    }

private:
    std::vector<double> m_taken;
};

/// A full store in which all but the living entries end at once.
class ExpiryRig {
public:
    ExpiryRig()
    {
        for (const CacheKey &key : makeKeys(expiringEntries, 14))
            m_store.insert(lastingFor(key, m_filled, std::chrono::seconds(1)), m_filled);
        for (const CacheKey &key : m_living)
            m_store.insert(lastingFor(key, m_filled, std::chrono::hours(1)), m_filled);
    }
    void begin() { m_began = Clock::system().now(); }
    bool isOver() const { return m_store.expirations() >= expiringEntries; }
    void insert()
    {
        const EntryPtr entry = lastingFor(m_new[m_inserted++ % m_new.size()], now(), std::chrono::hours(1));
        inserts.time([&] { m_store.insert(entry, now()); });
    }
    void hit()
    {
        const CacheKey &key = m_living[m_read++ * 7'919 % m_living.size()];
        MemoryHit found;
        hits.time([&] { benchmark::DoNotOptimize(m_store.tryGet(key.text(), now(), found)); });
    }
    std::uint64_t evictions() const { return m_store.evictions(); }

    Latencies hits, inserts;

private:
    SteadyTime now() const
    {
        return m_filled + std::chrono::seconds(1) + std::chrono::milliseconds(1) + (Clock::system().now() - m_began);
    }

    const SteadyTime m_filled = Clock::system().now();
    SteadyTime m_began = m_filled;
    MemoryStore m_store{{.maxBytes = 1 << 30, .maxEntries = expiringEntries + livingEntries}};
    const std::vector<CacheKey> m_living = makeKeys(livingEntries, 13);
    const std::vector<CacheKey> m_new = makeKeys(2 * expiringEntries, 15);
    std::size_t m_inserted = 0;
    std::size_t m_read = 0;
};

void l1Expiry(benchmark::State &state)
{
    const bool apart = state.range(0) == 2;
    for (auto _ : state) {
        state.PauseTiming();
        ExpiryRig rig;
        rig.begin();
        state.ResumeTiming();
        std::jthread reader;
        if (apart) {
            reader = std::jthread([&rig](const std::stop_token &stop) {
                while (!stop.stop_requested())
                    rig.hit();
            });
        }
        while (!rig.isOver()) {
            rig.insert();
            if (!apart)
                rig.hit();
        }
        reader = {};
        rig.hits.report(state, "hit");
        rig.inserts.report(state, "insert");
        if (rig.evictions() > 0)
            state.SkipWithError("a living entry went");
    }
}

void l1Index(benchmark::State &state)
{
    const auto count = std::uint64_t(state.range(0));
    const std::uint64_t inserted = state.range(1) == 0 ? count : 2 * count;
    const std::vector<CacheKey> keys = makeKeys(inserted, 14);
    const auto random = Random::seeded(1);
    for (auto _ : state) {
        MemoryStore store({.maxBytes = 1 << 30, .maxEntries = count});
        SteadyTime now = Clock::system().now();
        for (const CacheKey &key : keys) {
            now += Duration(std::chrono::hours(1)) / count / 2;
            const Duration jitter = Millis(random->bits() % 360'000);
            store.insert(lastingFor(key, now, std::chrono::hours(1) + jitter), now);
        }
        state.counters["bytes_each"] = double(store.indexBytes()) / double(store.entries());
        state.counters["evictions"] = double(store.evictions());
    }
    state.SetItemsProcessed(std::int64_t(inserted));
}

} // namespace

BENCHMARK(l1Index)
    ->ArgNames({"entries", "full"})
    ->ArgsProduct({{100'000, 700'000, 1'000'000, 1'300'000}, {0, 1}})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(l1Expiry)->ArgName("threads")->Arg(1)->Arg(2)->Iterations(1)->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace insitecache::bench
