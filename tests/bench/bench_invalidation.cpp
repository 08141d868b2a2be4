// SPDX-License-Identifier: GPL-3.0-or-later
// One root that many keys depend on, cached in all three tiers, and somebody who looks things up meanwhile.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>

#include <sys/resource.h>

#include <QTemporaryDir>

#include <insitecache/cache/engine.h>

#include "benchdata.h"
#include "benchparts.h"
#include "instantsource.h"

namespace insitecache::bench {

namespace {

constexpr std::size_t keysPerCall = 1'000;

CacheKey rootKey()
{
    return CacheKey::make("stock", "ROOT").value();
}

double peakMegabytes()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return double(used.ru_maxrss) / 1024.0;
}

template <class Visit>
void forEachCall(const std::vector<CacheKey> &keys, Visit visit)
{
    for (std::size_t from = 0; from < keys.size(); from += keysPerCall)
        visit(std::vector<CacheKey>(keys.begin() + static_cast<std::ptrdiff_t>(from),
            keys.begin() + static_cast<std::ptrdiff_t>(std::min(from + keysPerCall, keys.size()))));
}

/// An engine over a Redis and a database of its own.
class FanOutRig {
public:
    explicit FanOutRig(std::size_t dependents) : m_keys(makeKeys(dependents))
    {
        m_database.url = "sqlite:" + m_dir.filePath(QStringLiteral("cache.db")).toStdString();
        auto redis = PrivateRedis::start(m_dir.path().toStdString(), 0);
        if (!redis)
            return;
        m_redis = std::move(*redis);
        EngineOptions options;
        options.seed = 1;
        options.database = m_database;
        options.redis.emplace().url = m_redis->url();
        // What is looked up meanwhile are new keys, so that each lookup goes through every tier.
        options.sources.push_back(
            []() -> Result<std::unique_ptr<Source>> { return std::make_unique<InstantSource>(1); });
        if (auto engine = Engine::start(std::move(options)))
            m_engine = std::move(*engine);
    }

    Engine *engine() const { return m_engine.get(); }
    /// The dependents, each made from the root, in L3; a lookup then carries them to L2 and L1.
    bool fill() const
    {
        const auto tier = DatabaseTier::open(m_database, Clock::system());
        if (!tier)
            return false;
        forEachCall(m_keys, [&](const std::vector<CacheKey> &keys) {
            const auto tickets = await<std::vector<FillTicket>>([&](auto done) { (*tier)->claim(keys, done); });
            std::vector<Fill> fills;
            for (std::size_t i = 0; i < keys.size(); ++i)
                fills.push_back({makeEntry(keys[i], 256), tickets[i], {rootKey()}});
            await<std::vector<FillOutcome>>([&](auto done) { (*tier)->fill(fills, done); });
            m_engine->lookup(keys).waitForFinished();
        });
        return true;
    }

private:
    QTemporaryDir m_dir;
    DatabaseTierOptions m_database;
    std::vector<CacheKey> m_keys;
    std::unique_ptr<PrivateRedis> m_redis;
    std::unique_ptr<Engine> m_engine;
};

struct Meanwhile {
    std::uint64_t lookups = 0;
    double slowestMs = 0;
};

void lookUpUntil(const QFuture<InvalidationResult> &running, Engine &engine, Meanwhile &out)
{
    static std::uint64_t next = 0;
    while (!running.isFinished()) {
        const auto started = std::chrono::steady_clock::now();
        engine.lookup({CacheKey::make("trending", "N" + std::to_string(next++)).value()}).waitForFinished();
        ++out.lookups;
        out.slowestMs = std::max(out.slowestMs, toMillisF(std::chrono::steady_clock::now() - started));
    }
}

void invalidateRoot(benchmark::State &state)
{
    const auto dependents = static_cast<std::size_t>(state.range(0));
    const FanOutRig rig(dependents);
    if (!rig.engine())
        return state.SkipWithError("the engine does not start");
    rig.engine()->waitForTiers(std::chrono::seconds(5));
    Invalidation what;
    what.which = Selector::keys({rootKey()});
    what.dependents = true;
    Meanwhile meanwhile;
    double peakBefore = 0;
    for (auto _ : state) {
        state.PauseTiming();
        if (!rig.fill())
            return state.SkipWithError("the database does not open");
        peakBefore = peakMegabytes();
        state.ResumeTiming();
        const QFuture<InvalidationResult> running = rig.engine()->invalidate(what);
        lookUpUntil(running, *rig.engine(), meanwhile);
        if (running.result().verified != dependents)
            return state.SkipWithError("not all dependents are gone");
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
    state.counters["lookupsMeanwhile"] = double(meanwhile.lookups) / double(state.iterations());
    state.counters["slowestLookupMs"] = meanwhile.slowestMs;
    state.counters["peakMiBBefore"] = peakBefore;
    state.counters["peakMiB"] = peakMegabytes();
}

} // namespace

BENCHMARK(invalidateRoot)->Arg(1'000)->Arg(100'000)->Iterations(1)->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace insitecache::bench
