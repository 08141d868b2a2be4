// SPDX-License-Identifier: GPL-3.0-or-later
#include "tieredpeers.h"

#include <algorithm>
#include <vector>

#include <insitecache/cache/engine.h>

#include "hiredispeer.h"
#include "instantsource.h"
#include "stopwatch.h"

namespace insitecache::bench {

namespace {

constexpr std::size_t atATime = 64;

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
    if (fromL2 != keys.size())
        return fail(ErrorCode::NotFound, "only " + std::to_string(fromL2) + " answers came from Redis", "run it again");
    return {};
}

std::vector<Lookup> askTogether(Engine &engine, std::vector<CacheKey> keys)
{
    return engine.lookup(std::move(keys)).takeResult();
}

std::vector<Lookup> askEach(Engine &engine, const std::vector<CacheKey> &keys)
{
    std::vector<QFuture<std::vector<Lookup>>> underWay;
    for (const CacheKey &key : keys)
        underWay.push_back(engine.lookup({key}));
    std::vector<Lookup> out;
    for (auto &each : underWay)
        out.push_back(std::move(each.takeResult().front()));
    return out;
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
    for (const Status &done : {timeTiers(url, "one", 1, out, askTogether),
             timeTiers(url, "flight64", atATime, out, askEach), timeTiers(url, "batch64", atATime, out, askTogether)}) {
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
