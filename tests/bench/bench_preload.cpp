// SPDX-License-Identifier: GPL-3.0-or-later
// What preloading changes: the figures are counted, not timed, and the same at every run.
#include <benchmark/benchmark.h>

#include <QTemporaryDir>

#include "benchdata.h"
#include "cache/preloader.h"
#include "instantsource.h"
#include "support/gatedtier.h"
#include "support/manualclock.h"

namespace insitecache::bench {

namespace {

constexpr std::size_t preloadKeys = 10'000;
constexpr std::size_t preloadRoom = 1000; ///< of L1
constexpr std::size_t readsBefore = 50'000;
constexpr std::size_t readsAfter = 1000;
constexpr std::size_t things = 1500;
constexpr std::size_t thingsRoom = 300; ///< of L1, in keys
constexpr std::size_t visits = 20'000;

/// A cache over an L3 that outlives it.
class PreloadRig {
public:
    PreloadRig(const test::ManualClock &clock, std::shared_ptr<Tier> l3, std::size_t room = preloadRoom)
    {
        MemoryTierOptions memory;
        memory.maxEntries = room;
        TieredCacheParts parts;
        parts.l1 = std::make_shared<MemoryTier>(memory, clock);
        parts.l3 = std::move(l3);
        parts.sources = {std::make_shared<InstantSource>(64)};
        parts.policies = std::make_shared<PolicyRegistry>();
        parts.metrics = m_metrics;
        parts.clock = &clock;
        parts.random = Random::seeded(1);
        m_cache = std::make_unique<TieredCache>(std::move(parts));
    }
    TieredCache &cache() { return *m_cache; }
    void read(const CacheKey &key)
    {
        m_cache->lookup({key}, {}, [](const auto &) {});
    }
    MetricsTotals totals() const { return m_metrics->totals(); }

private:
    std::shared_ptr<Metrics> m_metrics = std::make_shared<Metrics>();
    std::unique_ptr<TieredCache> m_cache;
};

double percentOf(std::uint64_t part, std::uint64_t whole)
{
    return whole ? 100.0 * double(part) / double(whole) : 0.0;
}

/// The first thousand reads after a restart over a full database, of Zipf's law: how many does L1 answer?
void preloadHottest(benchmark::State &state)
{
    const std::vector<CacheKey> keys = makeKeys(preloadKeys);
    const std::vector<std::uint32_t> order = makeZipf(preloadKeys, 1.0, readsBefore + readsAfter, 5);
    for (auto _ : state) {
        const QTemporaryDir dir;
        PreloadOptions options;
        options.hottest = true;
        options.keys = preloadRoom;
        options.file = dir.filePath(QStringLiteral("hot")).toStdString();
        test::ManualClock clock;
        const auto l3 = std::make_shared<test::GatedTier>(Stage::L3, clock);
        {
            PreloadRig first(clock, l3);
            Preloader preloader(first.cache(), options);
            for (std::size_t i = 0; i < readsBefore; ++i)
                first.read(keys[order[i]]);
            preloader.finish();
        }
        PreloadRig second(clock, l3);
        options.hottest = state.range(0) != 0;
        Preloader preloader(second.cache(), options);
        preloader.start();
        for (std::size_t i = readsBefore; i < order.size(); ++i)
            second.read(keys[order[i]]);
        const MetricsTotals totals = second.totals();
        state.counters["l1_hit_percent"] = percentOf(totals.all.answeredBy[0], totals.all.lookups);
        state.counters["preloaded"] = double(totals.preload.hottest);
        state.counters["from_source"] = double(totals.preload.fromSource);
    }
}

/// Visits to one of 1,500 things, each read as two keys; with a chance of a fifth the second one is any other.
void preloadNext(benchmark::State &state)
{
    const std::vector<CacheKey> keys = makeKeys(things * 2);
    const std::vector<std::uint32_t> order = makeZipf(things, 0.7, visits, 6);
    for (auto _ : state) {
        PreloadOptions options;
        options.next = state.range(0) != 0;
        test::ManualClock clock;
        PreloadRig rig(clock, std::make_shared<test::GatedTier>(Stage::L3, clock), thingsRoom);
        Preloader preloader(rig.cache(), options);
        preloader.start();
        const auto strays = Random::seeded(7);
        for (const std::uint32_t thing : order) {
            rig.read(keys[thing * 2]);
            const bool stray = strays->unit() < 0.2;
            const auto any = static_cast<std::size_t>(strays->unit() * double(keys.size()));
            clock.advance(std::chrono::milliseconds(5));
            rig.read(keys[stray ? any : thing * 2 + 1]);
            clock.advance(std::chrono::milliseconds(5));
            preloader.tick();
        }
        const MetricsTotals totals = rig.totals();
        state.counters["l1_hit_percent"] = percentOf(totals.all.answeredBy[0], totals.all.lookups);
        state.counters["preloaded"] = double(totals.preload.next);
        state.counters["precision_percent"]
            = percentOf(totals.preload.used, totals.preload.used + totals.preload.wasted);
    }
}

} // namespace

BENCHMARK(preloadHottest)->ArgName("preload")->Arg(0)->Arg(1)->Iterations(1);
BENCHMARK(preloadNext)->ArgName("preload")->Arg(0)->Arg(1)->Iterations(1);

} // namespace insitecache::bench
