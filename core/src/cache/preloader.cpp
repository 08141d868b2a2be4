// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/preloader.h"

#include <algorithm>
#include <numeric>

#include <QLoggingCategory>

#include "cache/hotkeysfile.h"
#include "cache/preloadbudget.h"
#include "tiers/memorytier.h"

namespace insitecache {

namespace {

Q_LOGGING_CATEGORY(preloadLog, "insitecache.preload")
constexpr std::size_t preloadBatch = 50;
constexpr std::size_t askedPerSecond = 8;
constexpr std::size_t lookedAtPerSecond = 500;
constexpr std::size_t mostWaiting = 100'000;
/// A call for many keys fetches together what belongs together, and tells nothing of what follows what.
constexpr std::size_t mostOfOneCall = 4;
constexpr Duration saveEvery = std::chrono::minutes(5);
/// Of what a key was worth when the list was written last, half at least stays, since an entry that has just been
/// refreshed counts anew; and all of it while nobody reads.
constexpr double leastHeatKept = 0.5;

double heatIn(const std::vector<HotKey> &keys)
{
    return std::accumulate(keys.begin(), keys.end(), 0.0, [](double sum, const HotKey &hot) { return sum + hot.heat; });
}

} // namespace

Preloader::Preloader(TieredCache &cache, PreloadOptions options) :
    m_cache(cache), m_options(std::move(options)), m_saveAt(cache.clock().now() + saveEvery)
{
    if (m_options.next)
        m_cache.onLoading([this](const std::vector<CacheKey> &keys) { beingLoaded(keys); });
    if (m_options.hottest)
        remember();
}

Preloader::~Preloader()
{
    m_cache.onLoading({});
}

// At once, since the end may come before the start does, and then writes the list.
void Preloader::remember()
{
    const auto keys = readHotKeys(m_options.file, m_options.keys);
    if (!keys) {
        qCWarning(preloadLog, "%s", keys.error().toString().c_str());
        return;
    }
    for (const HotKey &hot : *keys) {
        m_heat[hot.key] = hot.heat;
        m_wishes.push_back({hot.key});
    }
}

void Preloader::start()
{
    m_hasStarted = true;
    loadNextFromTiers();
}

void Preloader::tick()
{
    m_ledger.look(*m_cache.tier(Stage::L1), m_cache.clock().now(), lookedAtPerSecond,
        [this](const PreloadLedger::Preloaded &what, bool used) { judge(what, used); });
    loadNextFromSource();
    if (m_options.hottest && m_cache.clock().now() >= m_saveAt)
        save();
}

void Preloader::finish()
{
    m_isFinished = true;
    m_wishes.clear();
    m_missing.clear();
    if (m_options.hottest)
        save();
}

void Preloader::loadNextFromTiers()
{
    if (m_isLoading || m_wishes.empty() || m_isFinished || !m_hasStarted)
        return;
    std::vector<Wish> wishes;
    for (; wishes.size() < preloadBatch && !m_wishes.empty(); m_wishes.pop_front())
        wishes.push_back(std::move(m_wishes.front()));
    load(std::move(wishes), false);
}

void Preloader::loadNextFromSource()
{
    if (m_isLoading || m_missing.empty() || m_isFinished)
        return;
    const std::size_t allowed = allowance();
    std::vector<Wish> wishes;
    for (; wishes.size() < allowed && !m_missing.empty(); m_missing.pop_front())
        wishes.push_back(std::move(m_missing.front()));
    if (!wishes.empty())
        load(std::move(wishes), true);
}

std::size_t Preloader::allowance() const
{
    std::vector<SourceStatus> providers;
    for (const auto &source : m_cache.sources()) {
        const auto some = source->status();
        providers.insert(providers.end(), some.begin(), some.end());
    }
    return preloadAllowance(providers, m_options.quotaShare, askedPerSecond);
}

void Preloader::load(std::vector<Wish> wishes, bool mayAskSource)
{
    std::vector<CacheKey> keys;
    for (const Wish &wish : wishes)
        keys.push_back(wish.key);
    m_isLoading = true;
    m_cache.warm(std::move(keys), mayAskSource,
        [this, alive = std::weak_ptr(m_alive), wishes = std::move(wishes), mayAskSource](
            const std::vector<WarmOutcome> &outcomes) {
            if (!alive.expired())
                loaded(wishes, outcomes, mayAskSource);
        });
}

void Preloader::loaded(const std::vector<Wish> &wishes, const std::vector<WarmOutcome> &outcomes, bool mayAskSource)
{
    m_isLoading = false;
    Metrics &metrics = m_cache.metrics();
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        const Wish &wish = wishes[i];
        if (outcomes[i] == WarmOutcome::Missing && !mayAskSource && m_missing.size() < mostWaiting)
            m_missing.push_back(wish);
        if (outcomes[i] == WarmOutcome::Present && wish.because)
            m_followers.notNeeded(*wish.because, wish.key);
        if (outcomes[i] != WarmOutcome::Loaded && outcomes[i] != WarmOutcome::FromSource)
            continue;
        (wish.because ? metrics.preloadNext : metrics.preloadHottest).add();
        metrics.preloadFromSource.add(outcomes[i] == WarmOutcome::FromSource ? 1 : 0);
        m_ledger.add({wish.key, wish.because, m_cache.clock().now()},
            [this](const PreloadLedger::Preloaded &what, bool used) { judge(what, used); });
    }
    loadNextFromTiers();
}

void Preloader::beingLoaded(const std::vector<CacheKey> &keys)
{
    if (keys.size() > mostOfOneCall || m_isFinished)
        return;
    for (const CacheKey &key : keys) {
        for (CacheKey &next : m_followers.loaded(key, m_cache.clock().now())) {
            if (m_wishes.size() < mostWaiting)
                m_wishes.push_front({std::move(next), key});
        }
    }
    loadNextFromTiers();
}

void Preloader::judge(const PreloadLedger::Preloaded &what, bool used)
{
    (used ? m_cache.metrics().preloadUsed : m_cache.metrics().preloadWasted).add();
    if (used && what.because)
        m_followers.cameTrue(*what.because, what.key);
}

std::vector<HotKey> Preloader::hottestNow()
{
    const std::vector<HotKey> read = static_cast<MemoryTier *>(m_cache.tier(Stage::L1))->hottest(m_options.keys);
    double before = 0;
    for (const auto &[key, worth] : m_heat)
        before += worth;
    const double kept = 1 - (1 - leastHeatKept) * std::min(1.0, heatIn(read) / std::max(1.0, before));
    std::unordered_map<CacheKey, double> heat;
    for (const auto &[key, worth] : m_heat)
        heat[key] = worth * kept;
    for (const HotKey &hot : read)
        heat[hot.key] += hot.heat;
    std::vector<HotKey> hottest;
    for (const auto &[key, now] : heat)
        hottest.push_back({key, now});
    std::sort(hottest.begin(), hottest.end(), [](const HotKey &a, const HotKey &b) {
        return a.heat != b.heat ? a.heat > b.heat : a.key.text() < b.key.text();
    });
    if (hottest.size() > m_options.keys)
        hottest.erase(hottest.begin() + static_cast<std::ptrdiff_t>(m_options.keys), hottest.end());
    return hottest;
}

void Preloader::save()
{
    m_saveAt = m_cache.clock().now() + saveEvery;
    const std::vector<HotKey> hottest = hottestNow();
    if (hottest.empty())
        return; // a process that answered nothing has nothing better to say than the last one
    m_heat.clear();
    for (const HotKey &hot : hottest)
        m_heat[hot.key] = hot.heat;
    const Status written = writeHotKeys(m_options.file, hottest);
    if (!written && !m_hasWarned)
        qCWarning(preloadLog, "%s", written.error().toString().c_str());
    m_hasWarned = !written;
}

} // namespace insitecache
