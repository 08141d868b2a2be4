// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/benchrun.h"

#include <barrier>
#include <future>
#include <memory>
#include <thread>

#include <malloc.h>

namespace insitecache {

namespace {

constexpr std::size_t benchWarmBatch = 1000;
constexpr std::uint32_t benchTimedEvery = 8;

/// Bytes of heap in use by this process over all arenas; 0 where the allocator does not tell (sanitizers).
std::uint64_t liveHeapBytes()
{
    const struct mallinfo2 info = ::mallinfo2();
    return info.uordblks + info.hblkhd;
}

std::optional<double> bytesPerKey(std::uint64_t before, std::uint64_t after, std::size_t keys)
{
    if (before == 0 || after <= before || keys == 0)
        return std::nullopt;
    return static_cast<double>(after - before) / static_cast<double>(keys);
}

Status warmUp(Engine &engine, const BenchKeys &keys)
{
    const std::vector<CacheKey> &all = keys.all();
    for (std::size_t start = 0; start < all.size(); start += benchWarmBatch) {
        const auto end = std::min(all.size(), start + benchWarmBatch);
        const std::vector<CacheKey> batch(
            all.begin() + static_cast<std::ptrdiff_t>(start), all.begin() + static_cast<std::ptrdiff_t>(end));
        for (const Lookup &lookup : engine.lookup(batch).result()) {
            if (!lookup.hasValue())
                return tl::unexpected(lookup.error.value_or(Error{}));
        }
    }
    return {};
}

TieredCache &cacheOf(Engine &engine)
{
    std::promise<TieredCache *> promise;
    auto future = promise.get_future();
    engine.post([&promise](TieredCache &cache) { promise.set_value(&cache); });
    return *future.get();
}

TierUsage memoryUsage(Engine &engine)
{
    std::promise<TierUsage> promise;
    auto future = promise.get_future();
    engine.post([&promise](TieredCache &cache) {
        cache.tier(Stage::L1)->usage([&promise](TierUsage usage) { promise.set_value(std::move(usage)); });
    });
    return future.get();
}

/// Runs `work(sequence, report, deadline)` on so many threads that start together, and adds up what they report.
template <class Work>
BenchReport onThreads(const BenchKeys &keys, const BenchOptions &options, Work work)
{
    std::vector<BenchReport> parts(static_cast<std::size_t>(options.threads));
    std::barrier ready(options.threads + 1);
    std::vector<std::jthread> running;
    for (int i = 0; i < options.threads; ++i) {
        running.emplace_back([&, i] {
            const std::vector<std::uint32_t> sequence = keys.sequence(static_cast<std::uint64_t>(i));
            ready.arrive_and_wait();
            const SteadyTime deadline = Clock::system().now()
                + std::chrono::duration_cast<Duration>(std::chrono::duration<double>(options.seconds));
            work(sequence, parts[static_cast<std::size_t>(i)], deadline);
        });
    }
    ready.arrive_and_wait();
    const SteadyTime started = Clock::system().now();
    running.clear();
    BenchReport sum;
    sum.seconds = std::chrono::duration<double>(Clock::system().now() - started).count();
    for (const BenchReport &part : parts) {
        sum.operations += part.operations;
        sum.hits += part.hits;
        sum.latency += part.latency;
        for (int stage = 0; stage < 5; ++stage)
            sum.answeredBy[stage] += part.answeredBy[stage];
    }
    return sum;
}

void takeHits(TieredCache &cache, const BenchKeys &keys, const std::vector<std::uint32_t> &sequence,
    BenchReport &report, SteadyTime deadline)
{
    const Clock &clock = Clock::system();
    auto histogram = std::make_unique<Histogram>();
    Lookup lookup;
    for (std::size_t next = 0; clock.now() < deadline;) {
        for (std::uint32_t i = 0; i < 256; ++i, ++next) {
            const CacheKey &key = keys.all()[sequence[next % sequence.size()]];
            if (i % benchTimedEvery != 0) {
                report.hits += cache.tryHit(key, lookup);
                continue;
            }
            const SteadyTime before = clock.now();
            report.hits += cache.tryHit(key, lookup);
            histogram->record(clock.now() - before);
        }
        report.operations += 256;
    }
    report.latency = histogram->counts();
    report.answeredBy[0] = report.hits;
}

void takeLookups(Engine &engine, const BenchKeys &keys, const std::vector<std::uint32_t> &sequence, BenchReport &report,
    SteadyTime deadline)
{
    const Clock &clock = Clock::system();
    auto histogram = std::make_unique<Histogram>();
    for (std::size_t next = 0;; ++next) {
        const SteadyTime before = clock.now();
        if (before >= deadline)
            break;
        const Lookup lookup = engine.lookup({keys.all()[sequence[next % sequence.size()]]}).result().front();
        histogram->record(clock.now() - before);
        ++report.operations;
        report.hits += lookup.hasValue() && lookup.answeredBy < Stage::Source;
        ++report.answeredBy[static_cast<std::size_t>(lookup.answeredBy)];
    }
    report.latency = histogram->counts();
}

} // namespace

Result<BenchReport> benchMemory(Engine &engine, const BenchKeys &keys, const BenchOptions &options)
{
    const std::uint64_t before = liveHeapBytes();
    if (Status ok = warmUp(engine, keys); !ok)
        return tl::unexpected(ok.error());
    const auto perEntry = bytesPerKey(before, liveHeapBytes(), memoryUsage(engine).entries);
    TieredCache &cache = cacheOf(engine);
    BenchReport report = onThreads(
        keys, options, [&](const std::vector<std::uint32_t> &sequence, BenchReport &part, SteadyTime deadline) {
            takeHits(cache, keys, sequence, part, deadline);
        });
    report.bytesPerEntry = perEntry;
    return report;
}

Result<BenchReport> benchLookups(Engine &engine, const BenchKeys &keys, const BenchOptions &options)
{
    if (Status ok = warmUp(engine, keys); !ok)
        return tl::unexpected(ok.error());
    const TierUsage memory = memoryUsage(engine);
    BenchReport report = onThreads(
        keys, options, [&](const std::vector<std::uint32_t> &sequence, BenchReport &part, SteadyTime deadline) {
            takeLookups(engine, keys, sequence, part, deadline);
        });
    if (memory.entries > 0)
        report.bytesPerEntry = static_cast<double>(memory.bytes) / static_cast<double>(memory.entries);
    return report;
}

} // namespace insitecache
