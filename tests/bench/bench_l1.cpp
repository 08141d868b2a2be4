// SPDX-License-Identifier: GPL-3.0-or-later
// L1 against what one would write in its place: a hash map or QCache, each under a mutex.
#include <benchmark/benchmark.h>

#include <mutex>
#include <unordered_map>

#include <QCache>
#include <QString>

#include "benchdata.h"
#include "tiers/memorytier.h"

namespace insitecache::bench {

namespace {

constexpr std::size_t l1Keys = 50'000;
constexpr std::size_t l1Draws = 1 << 18;

/// One cache for all threads of a benchmark, and the order in which they ask.
template <class Cache>
struct L1Rig {
    std::vector<CacheKey> keys = makeKeys(l1Keys);
    std::vector<std::uint32_t> order = makeZipf(l1Keys, 1.0, l1Draws, 7);
    Cache cache{keys};
    static std::unique_ptr<L1Rig> shared;
};
template <class Cache>
std::unique_ptr<L1Rig<Cache>> L1Rig<Cache>::shared;

class OurL1 {
public:
    explicit OurL1(const std::vector<CacheKey> &keys) : m_tier({}, Clock::system())
    {
        m_tier.put(writesOf(makeEntries(keys, 256)), [](const Status &) {});
    }
    bool read(const CacheKey &key)
    {
        MemoryTier::Hit hit;
        return m_tier.tryGet(key, Clock::system().now(), hit);
    }

private:
    MemoryTier m_tier;
};

/// No order of use, no expiry, no bounds: the least that a shared map costs.
class MapUnderMutex {
public:
    explicit MapUnderMutex(const std::vector<CacheKey> &keys)
    {
        for (const EntryPtr &entry : makeEntries(keys, 256))
            m_entries.emplace(entry->key(), entry);
    }
    bool read(const CacheKey &key)
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_entries.find(key);
        const EntryPtr entry = found == m_entries.end() ? nullptr : found->second;
        return entry && entry->isFresh(Clock::system().now());
    }

private:
    std::mutex m_mutex;
    std::unordered_map<CacheKey, EntryPtr> m_entries;
};

/// Qt's own least-recently-used cache.
class QCacheUnderMutex {
public:
    explicit QCacheUnderMutex(const std::vector<CacheKey> &keys) : m_entries(qsizetype(keys.size()))
    {
        for (const EntryPtr &entry : makeEntries(keys, 256))
            m_entries.insert(QByteArray::fromStdString(std::string(entry->keyText())), new EntryPtr(entry));
    }
    bool read(const CacheKey &key)
    {
        const auto name = QByteArray::fromRawData(key.text().data(), qsizetype(key.text().size()));
        const std::lock_guard lock(m_mutex);
        const EntryPtr *found = m_entries.object(name);
        const EntryPtr entry = found ? *found : nullptr;
        return entry && entry->isFresh(Clock::system().now());
    }

private:
    std::mutex m_mutex;
    QCache<QByteArray, EntryPtr> m_entries;
};

template <class Cache>
void setUpL1(const benchmark::State &)
{
    L1Rig<Cache>::shared = std::make_unique<L1Rig<Cache>>();
}

template <class Cache>
void tearDownL1(const benchmark::State &)
{
    L1Rig<Cache>::shared.reset();
}

template <class Cache>
void l1Hit(benchmark::State &state)
{
    L1Rig<Cache> &rig = *L1Rig<Cache>::shared;
    std::size_t at = std::size_t(state.thread_index()) * 4'099;
    std::size_t hits = 0;
    for (auto _ : state)
        hits += rig.cache.read(rig.keys[rig.order[at++ % l1Draws]]);
    if (hits != std::size_t(state.iterations()))
        state.SkipWithError("a key was not there");
    state.SetItemsProcessed(state.iterations());
}

void l1Replace(benchmark::State &state)
{
    MemoryTierOptions options;
    options.maxEntries = l1Keys / 10;
    MemoryTier tier(options, Clock::system());
    const std::vector<CacheKey> keys = makeKeys(l1Keys);
    const std::vector<EntryPtr> entries = makeEntries(keys, 256);
    std::size_t at = 0;
    for (auto _ : state)
        tier.put({{entries[at++ % l1Keys]}}, [](const Status &) {});
    state.SetItemsProcessed(state.iterations());
}

} // namespace

BENCHMARK(l1Hit<OurL1>)->Setup(setUpL1<OurL1>)->Teardown(tearDownL1<OurL1>)->ThreadRange(1, 4)->UseRealTime();
BENCHMARK(l1Hit<MapUnderMutex>)
    ->Setup(setUpL1<MapUnderMutex>)
    ->Teardown(tearDownL1<MapUnderMutex>)
    ->ThreadRange(1, 4)
    ->UseRealTime();
BENCHMARK(l1Hit<QCacheUnderMutex>)
    ->Setup(setUpL1<QCacheUnderMutex>)
    ->Teardown(tearDownL1<QCacheUnderMutex>)
    ->ThreadRange(1, 4)
    ->UseRealTime();
BENCHMARK(l1Replace);

} // namespace insitecache::bench
