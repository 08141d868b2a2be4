// SPDX-License-Identifier: GPL-3.0-or-later
// L2 against hiredis' own blocking pipeline on the same server. The connection sends the very commands that hiredis
// sends; the tier also asks for the remaining life, and checks and decompresses what it reads.
#include <benchmark/benchmark.h>

#include "benchdata.h"
#include "benchparts.h"
#include "hiredispeer.h"
#include "redis/redisconnection.h"

namespace insitecache::bench {

namespace {

std::vector<CacheKey> batchOf(const std::vector<CacheKey> &keys, std::size_t first, std::size_t count)
{
    std::vector<CacheKey> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(keys[(first + i) % keys.size()]);
    return out;
}

void l2Get(benchmark::State &state)
{
    BenchParts &parts = BenchParts::instance();
    RedisTier *tier = parts.redisTier();
    if (!tier)
        return state.SkipWithError(parts.error().c_str());
    const auto batch = std::size_t(state.range(0));
    std::size_t at = 0;
    for (auto _ : state) {
        const auto reads = await<std::vector<TierRead>>(
            [&](auto done) { tier->get(batchOf(parts.keys(), at, batch), std::move(done)); });
        if (reads.front().outcome != Outcome::Hit)
            return state.SkipWithError("a key was not there");
        at += batch;
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

std::unique_ptr<HiredisPeer> connectPeer(BenchParts &parts)
{
    return HiredisPeer::connect(parts.redisSocket(), BenchParts::keyCount, BenchParts::valueBytes);
}

void l2PeerHiredis(benchmark::State &state)
{
    BenchParts &parts = BenchParts::instance();
    const auto peer = connectPeer(parts);
    if (!peer)
        return state.SkipWithError("hiredis does not connect");
    std::size_t at = 0;
    for (auto _ : state) {
        if (!peer->get(at, std::size_t(state.range(0))))
            return state.SkipWithError("a key was not there");
        at += std::size_t(state.range(0));
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

/// The same commands through our connection and the event loop.
bool getThrough(RedisConnection &connection, const RedisBatch &batch)
{
    bool ready = false;
    bool ok = true;
    connection.send(batch, [&](const std::vector<RedisResult> &results) {
        for (const RedisResult &result : results)
            ok = ok && result && result->isText();
        ready = true;
    });
    while (!ready)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return ok;
}

void l2Connection(benchmark::State &state)
{
    BenchParts &parts = BenchParts::instance();
    const auto url = RedisUrl::parse("unix:" + parts.redisSocket());
    const auto peer = connectPeer(parts);
    if (!peer || !url)
        return state.SkipWithError("there is no Redis");
    RedisConnectionOptions options;
    options.url = *url;
    const std::unique_ptr<Random> random = Random::seeded(1);
    RedisConnection connection(options, Clock::system(), *random);
    connection.open();
    std::size_t at = 0;
    for (auto _ : state) {
        RedisBatch batch;
        for (std::int64_t i = 0; i < state.range(0); ++i)
            batch.add({"GET", peer->keyOf(at++)});
        if (!getThrough(connection, batch))
            return state.SkipWithError("a key was not there");
    }
    connection.close();
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

} // namespace

BENCHMARK(l2Get)->Arg(1)->Arg(64)->Arg(256)->UseRealTime();
BENCHMARK(l2Connection)->Arg(1)->Arg(64)->Arg(256)->UseRealTime();
BENCHMARK(l2PeerHiredis)->Arg(1)->Arg(64)->Arg(256)->UseRealTime();

} // namespace insitecache::bench
