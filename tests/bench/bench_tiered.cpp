// SPDX-License-Identifier: GPL-3.0-or-later
// Whole lookups through an engine, as a program that embeds it makes them.
#include <benchmark/benchmark.h>

#include <deque>

#include <QTemporaryDir>

#include <insitecache/cache/engine.h>
#include <insitecache/tiers/privateredis.h>

#include "benchdata.h"
#include "instantsource.h"

namespace insitecache::bench {

namespace {

constexpr std::size_t tieredKeys = 10'000;
constexpr std::size_t invalidationsInFlight = 32;

/// An engine over L1 with room for `l1Entries` and, when asked for, a database and a Redis of its own.
class TieredRig {
public:
    TieredRig(std::uint64_t l1Entries, bool database, bool redis = false)
    {
        EngineOptions options;
        options.seed = 1;
        options.memory.maxEntries = l1Entries;
        if (database) {
            options.database.emplace();
            options.database->url = "sqlite:" + m_dir.filePath(QStringLiteral("cache.db")).toStdString();
        }
        options.journal = m_dir.filePath(QStringLiteral("journal")).toStdString();
        if (redis) {
            if (auto server = PrivateRedis::start(m_dir.path().toStdString(), 0))
                m_redis = std::move(*server);
            if (!m_redis)
                return;
            options.redis.emplace().url = m_redis->url();
        }
        options.sources.push_back(
            []() -> Result<std::unique_ptr<Source>> { return std::make_unique<InstantSource>(512); });
        if (auto engine = Engine::start(std::move(options)))
            m_engine = std::move(*engine);
        if (m_engine)
            m_engine->waitForTiers(Millis(5000));
    }
    Engine *engine() const { return m_engine.get(); }
    const std::vector<CacheKey> &keys() const { return m_keys; }
    /// The database does one thing after the other, so a read behind the fills has waited for them.
    void fill() const
    {
        m_engine->lookup(m_keys).waitForFinished();
        m_engine->lookup({m_keys.front()}).waitForFinished();
    }

private:
    QTemporaryDir m_dir;
    std::vector<CacheKey> m_keys = makeKeys(tieredKeys);
    std::unique_ptr<PrivateRedis> m_redis;
    std::unique_ptr<Engine> m_engine;
};

void addHitRatio(benchmark::State &state, const MetricsTotals &before, const MetricsTotals &after)
{
    const auto lookups = double(after.all.lookups - before.all.lookups);
    for (int tier = 0; tier < tierCount; ++tier) {
        const auto answered = double(after.all.answeredBy[tier] - before.all.answeredBy[tier]);
        if (answered > 0)
            state.counters["L" + std::to_string(tier + 1)] = answered / lookups;
    }
}

void tieredHit(benchmark::State &state)
{
    const TieredRig rig(tieredKeys, false);
    if (!rig.engine())
        return state.SkipWithError("the engine does not start");
    rig.fill();
    const std::vector<std::uint32_t> order = makeZipf(tieredKeys, 1.0, 1 << 16, 11);
    std::size_t at = 0;
    for (auto _ : state) {
        const auto answer = rig.engine()->lookup({rig.keys()[order[at++ % order.size()]]}).takeResult();
        if (answer.front().answeredBy != Stage::L1)
            return state.SkipWithError("not from L1");
    }
    state.SetItemsProcessed(state.iterations());
}

void tieredBatchHit(benchmark::State &state)
{
    const TieredRig rig(tieredKeys, false);
    if (!rig.engine())
        return state.SkipWithError("the engine does not start");
    rig.fill();
    const std::vector<CacheKey> batch(rig.keys().begin(), rig.keys().begin() + state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(rig.engine()->lookup(batch).takeResult());
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

/// L1 holds a tenth of the keys; the rest comes from the database, one at a time.
void tieredZipf(benchmark::State &state)
{
    const TieredRig rig(tieredKeys / 10, true);
    if (!rig.engine())
        return state.SkipWithError("the engine does not start");
    rig.fill();
    const std::vector<std::uint32_t> order = makeZipf(tieredKeys, 1.0, 1 << 16, 11);
    const MetricsTotals before = rig.engine()->metrics().totals();
    std::size_t at = 0;
    for (auto _ : state) {
        const auto answer = rig.engine()->lookup({rig.keys()[order[at++ % order.size()]]}).takeResult();
        if (!answer.front().hasValue())
            return state.SkipWithError("no answer");
    }
    addHitRatio(state, before, rig.engine()->metrics().totals());
    state.SetItemsProcessed(state.iterations());
}

/// Nothing is cached: across to the cache thread, to the source, and the fills on the way back.
void tieredMiss(benchmark::State &state)
{
    const TieredRig rig(tieredKeys, false);
    if (!rig.engine())
        return state.SkipWithError("the engine does not start");
    std::size_t at = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(
            rig.engine()->lookup({rig.keys()[at++ % tieredKeys]}, {.bypassCache = true}).takeResult());
    state.SetItemsProcessed(state.iterations());
}

/// One key after the other through Redis and SQLite, as many at a time as a busy service has under way.
void tieredInvalidate(benchmark::State &state)
{
    const TieredRig rig(tieredKeys, true, true);
    if (!rig.engine())
        return state.SkipWithError("the engine does not start");
    rig.fill();
    std::deque<QFuture<InvalidationResult>> underWay;
    std::size_t at = 0;
    for (auto _ : state) {
        Invalidation what;
        what.which = Selector::keys({rig.keys()[at++ % tieredKeys]});
        what.dependents = state.range(0) != 0;
        underWay.push_back(rig.engine()->invalidate(what));
        if (underWay.size() < invalidationsInFlight)
            continue;
        if (!underWay.front().takeResult().partial.empty())
            return state.SkipWithError("a tier was not reached");
        underWay.pop_front();
    }
    for (auto &last : underWay)
        last.waitForFinished();
    state.SetItemsProcessed(state.iterations());
}

} // namespace

BENCHMARK(tieredHit)->UseRealTime();
BENCHMARK(tieredBatchHit)->Arg(64)->UseRealTime();
BENCHMARK(tieredZipf)->UseRealTime();
BENCHMARK(tieredMiss)->UseRealTime();
BENCHMARK(tieredInvalidate)->ArgName("dependents")->Arg(0)->Arg(1)->UseRealTime();

} // namespace insitecache::bench
