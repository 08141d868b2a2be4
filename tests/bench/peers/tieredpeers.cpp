// SPDX-License-Identifier: GPL-3.0-or-later
#include "tieredpeers.h"

#include <algorithm>
#include <future>
#include <vector>

#include <insitecache/cache/engine.h>

#include "hiredispeer.h"
#include "instantsource.h"
#include "stopwatch.h"
#include "tiers/memorytier.h"

namespace insitecache::bench {

namespace {

constexpr std::size_t atATime = 64;
constexpr int hitRounds = 100;

Result<std::unique_ptr<Engine>> startOver(const std::string &url)
{
    EngineOptions options;
    options.seed = 1;
    options.redis.emplace().url = url;
    options.sources.push_back(
        []() -> Result<std::unique_ptr<Source>> { return std::make_unique<InstantSource>(tieredValueBytes); });
    auto engine = Engine::start(std::move(options));
    if (engine)
        (*engine)->waitForTiers(Millis(5000));
    return engine;
}

Status allFromL2(std::size_t fromL2)
{
    if (fromL2 == tieredKeyCount)
        return {};
    return fail(ErrorCode::NotFound, "only " + std::to_string(fromL2) + " answers came from Redis", "run it again");
}

/// Asks with `ask(engine, some keys)`, so many at a time, which gives the answers.
template <class Ask>
Status timeTiers(const std::string &url, const char *figure, std::size_t keysAtATime, Figures &out, Ask ask)
{
    const auto engine = startOver(url);
    if (!engine)
        return tl::unexpected(engine.error());
    const std::vector<CacheKey> keys = makeKeys(tieredKeyCount);
    std::size_t fromL2 = 0;
    const Stopwatch stopwatch;
    for (std::size_t from = 0; from < keys.size(); from += keysAtATime) {
        const auto first = keys.begin() + std::ptrdiff_t(from);
        const auto last = keys.begin() + std::ptrdiff_t(std::min(from + keysAtATime, keys.size()));
        for (const Lookup &answer : ask(**engine, std::vector<CacheKey>(first, last)))
            fromL2 += answer.answeredBy == Stage::L2;
    }
    stopwatch.record(out, figure, double(keys.size()));
    return allFromL2(fromL2);
}

std::vector<Lookup> askTogether(Engine &engine, const std::vector<CacheKey> &keys)
{
    if (keys.size() == 1) {
        std::vector<Lookup> out;
        out.push_back(engine.lookupBlocking(keys.front()));
        return out;
    }
    return engine.lookupBlocking(keys);
}

std::vector<Lookup> askForFuture(Engine &engine, std::vector<CacheKey> keys)
{
    return engine.lookup(std::move(keys)).takeResult();
}

std::vector<Lookup> askEach(Engine &engine, const std::vector<CacheKey> &keys)
{
    std::vector<QFuture<std::vector<Lookup>>> underWay;
    underWay.reserve(keys.size());
    for (const CacheKey &key : keys)
        underWay.push_back(engine.lookup({key}));
    std::vector<Lookup> out;
    out.reserve(keys.size());
    for (auto &each : underWay)
        out.push_back(std::move(each.takeResult().front()));
    return out;
}

/// Asks one key after the other on the cache thread, where a program may live whose event loop that is.
class LoopCaller {
public:
    LoopCaller(Engine &engine, const std::vector<CacheKey> &keys) : m_engine(engine), m_keys(keys) {}

    /// How many answers came from Redis.
    std::size_t run()
    {
        m_engine.post([this](TieredCache &cache) { askNext(cache); });
        return m_done.get_future().get();
    }

private:
    void askNext(TieredCache &cache)
    {
        if (m_asked == m_keys.size())
            return m_done.set_value(m_fromL2);
        cache.lookup({m_keys[m_asked++]}, {}, [this, &cache](const std::vector<Lookup> &answers) {
            m_fromL2 += answers.front().answeredBy == Stage::L2;
            askNext(cache);
        });
    }

    Engine &m_engine;
    const std::vector<CacheKey> &m_keys;
    std::size_t m_asked = 0, m_fromL2 = 0;
    std::promise<std::size_t> m_done;
};

Status timeLoop(const std::string &url, Figures &out)
{
    const auto engine = startOver(url);
    if (!engine)
        return tl::unexpected(engine.error());
    const std::vector<CacheKey> keys = makeKeys(tieredKeyCount);
    LoopCaller caller(**engine, keys);
    const Stopwatch stopwatch;
    const std::size_t fromL2 = caller.run();
    stopwatch.record(out, "loop", double(keys.size()));
    return allFromL2(fromL2);
}

/// The seconds that `read(key)` takes for all keys.
template <class Read>
double timeReads(const std::vector<CacheKey> &keys, Read read)
{
    const auto started = std::chrono::steady_clock::now();
    for (const CacheKey &key : keys)
        read(key);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

/// Reads that hit L1, bare and through the coordinator, in turns, so that a busy machine falls on both.
Status timeHits(const std::string &url, Figures &out)
{
    const auto engine = startOver(url);
    if (!engine)
        return tl::unexpected(engine.error());
    const std::vector<CacheKey> keys = makeKeys(tieredKeyCount);
    (*engine)->lookup(keys).waitForFinished();
    // Where a busy machine made L2 late, an answer may come before its copy is in L1.
    std::promise<TieredCache *> there;
    (*engine)->post([&](TieredCache &cache) { cache.whenFilled([&] { there.set_value(&cache); }); });
    TieredCache &cache = *there.get_future().get();
    auto &l1 = dynamic_cast<MemoryTier &>(*cache.tier(Stage::L1));
    std::size_t hits = 0;
    double bare = 0, tiered = 0;
    for (int round = 0; round < hitRounds; ++round) {
        bare += timeReads(keys, [&](const CacheKey &key) {
            MemoryTier::Hit hit;
            hits += l1.tryGet(key, Clock::system().now(), hit);
        });
        tiered += timeReads(keys, [&](const CacheKey &key) {
            Lookup answer;
            hits += cache.tryHit(key, answer);
        });
    }
    const std::size_t reads = keys.size() * hitRounds;
    out["l1.bare"] = double(reads) / bare;
    out["l1.tiered"] = double(reads) / tiered;
    if (hits == 2 * reads)
        return {};
    return fail(ErrorCode::NotFound, "not every read hit L1", "run it again");
}

Status timeGets(HiredisPeer &peer, const char *figure, std::size_t keysAtATime, Figures &out)
{
    const Stopwatch stopwatch;
    for (std::size_t from = 0; from < tieredKeyCount; from += keysAtATime) {
        if (!peer.get(from, std::min(keysAtATime, tieredKeyCount - from)))
            return fail(ErrorCode::NotFound, "a value is not in Redis", "run it again");
    }
    stopwatch.record(out, figure, double(tieredKeyCount));
    return {};
}

} // namespace

Result<Figures> measureOurTiers(const std::string &url)
{
    Figures out;
    {
        const auto filler = startOver(url);
        if (!filler)
            return tl::unexpected(filler.error());
        askTogether(**filler, makeKeys(tieredKeyCount));
    }
    for (const Status &done : {timeHits(url, out), timeTiers(url, "one", 1, out, askTogether),
             timeTiers(url, "future", 1, out, askForFuture), timeLoop(url, out),
             timeTiers(url, "flight64", atATime, out, askEach), timeTiers(url, "batch64", atATime, out, askTogether),
             timeTiers(url, "future64", atATime, out, askForFuture)}) {
        if (!done)
            return tl::unexpected(done.error());
    }
    return out;
}

Result<Figures> measureHiredis(const std::string &url)
{
    const auto peer = HiredisPeer::connect(url.substr(url.find(':') + 1), tieredKeyCount, tieredValueBytes);
    if (!peer)
        return fail(ErrorCode::Unavailable, "hiredis does not reach " + url, "see whether the server runs");
    Figures out;
    for (const Status &done : {timeGets(*peer, "one", 1, out), timeGets(*peer, "batch64", atATime, out)}) {
        if (!done)
            return tl::unexpected(done.error());
    }
    return out;
}

} // namespace insitecache::bench
