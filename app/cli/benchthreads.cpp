// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/benchrun.h"

#include <barrier>
#include <future>
#include <memory>
#include <thread>

#include <malloc.h>

#include <insitecache/monitor/systemmemory.h>

namespace insitecache {

namespace {

constexpr std::size_t benchWarmBatch = 1000;
constexpr std::uint32_t benchTimedEvery = 8;

/// Looks up the keys at the places from … to − 1, so that L1 has them.
Status warmUp(Engine &engine, const BenchKeys &keys, std::size_t from, std::size_t to)
{
    const auto all = keys.all().begin();
    for (std::size_t start = from; start < to; start += benchWarmBatch) {
        const auto end = std::min(to, start + benchWarmBatch);
        const std::vector<CacheKey> batch(
            all + static_cast<std::ptrdiff_t>(start), all + static_cast<std::ptrdiff_t>(end));
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

/// Without what was freed: later entries would take it and the process not grow, or the lookups have left it.
std::uint64_t settledBytes()
{
    ::malloc_trim(0);
    return processResidentBytes();
}

/// Gives the bytes by which the process grows for each entry. The first quarter is not counted: with it grows what the
/// engine needs once.
Result<std::optional<double>> warmUpMeasured(Engine &engine, const BenchKeys &keys)
{
    const std::size_t uncounted = keys.all().size() / 4;
    if (Status ok = warmUp(engine, keys, 0, uncounted); !ok)
        return tl::unexpected(ok.error());
    const std::uint64_t entriesBefore = memoryUsage(engine).entries;
    const std::uint64_t bytesBefore = settledBytes();
    if (Status ok = warmUp(engine, keys, uncounted, keys.all().size()); !ok)
        return tl::unexpected(ok.error());
    const std::uint64_t bytes = settledBytes();
    const std::uint64_t entries = memoryUsage(engine).entries;
    if (bytesBefore == 0 || bytes <= bytesBefore || entries <= entriesBefore)
        return std::nullopt;
    return static_cast<double>(bytes - bytesBefore) / static_cast<double>(entries - entriesBefore);
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
        const Lookup lookup = engine.lookupBlocking(keys.all()[sequence[next % sequence.size()]]);
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
    const auto perEntry = warmUpMeasured(engine, keys);
    if (!perEntry)
        return tl::unexpected(perEntry.error());
    TieredCache &cache = cacheOf(engine);
    BenchReport report = onThreads(
        keys, options, [&](const std::vector<std::uint32_t> &sequence, BenchReport &part, SteadyTime deadline) {
            takeHits(cache, keys, sequence, part, deadline);
        });
    report.bytesPerEntry = *perEntry;
    return report;
}

Result<BenchReport> benchLookups(Engine &engine, const BenchKeys &keys, const BenchOptions &options)
{
    if (Status ok = warmUp(engine, keys, 0, keys.all().size()); !ok)
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
