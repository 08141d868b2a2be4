// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/monitor/workload.h>

#include <memory>

#include <QCborArray>
#include <QCborMap>
#include <QPromise>

#include <insitecache/cache/engine.h>
#include <insitecache/sources/demoupstream.h>

#include "monitor/workloadkeys.h"

namespace insitecache {

namespace {

std::string demoPreferences(Random &random)
{
    const std::vector<ListedSymbol> &symbols = listedSymbols();
    QCborArray watchlist;
    for (int i = 0; i < 5; ++i)
        watchlist.append(symbols[random.bits() % symbols.size()].symbol);
    const QCborMap preferences{
        {QStringLiteral("watchlist"), watchlist},
        {QStringLiteral("language"), random.unit() < 0.6 ? QStringLiteral("ko") : QStringLiteral("en")},
        {QStringLiteral("theme"), random.unit() < 0.5 ? QStringLiteral("dark") : QStringLiteral("light")},
    };
    return preferences.toCborValue().toCbor().toStdString();
}

/// Looks which users have nothing, then writes theirs one after the other. Keeps itself alive until it is done.
/// Cache thread only.
class PreferenceSeeding : public std::enable_shared_from_this<PreferenceSeeding> {
public:
    PreferenceSeeding(std::uint64_t seed, QPromise<Result<int>> promise) : m_seed(seed), m_promise(std::move(promise))
    {}

    void start(TieredCache &cache)
    {
        m_cache = &cache;
        Tier *database = cache.tier(Stage::L3);
        if (!database)
            return finish(fail(ErrorCode::Unavailable, "the database that would hold the demo's users is off",
                "start with --database"));
        std::vector<CacheKey> keys;
        for (int user = 1; user <= demoUserCount; ++user)
            keys.push_back(WorkloadKeys::user(static_cast<std::uint64_t>(user)));
        // Asked of the database itself: as lookups these would count as 500 misses of the cache.
        database->get(
            keys, [self = shared_from_this(), keys](const std::vector<TierRead> &reads) { self->looked(keys, reads); });
    }

private:
    void looked(const std::vector<CacheKey> &keys, const std::vector<TierRead> &reads)
    {
        const std::unique_ptr<Random> random = Random::seeded(m_seed);
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const std::string preferences = demoPreferences(*random);
            if (reads[i].error)
                return finish(tl::unexpected(*reads[i].error));
            if (!reads[i].entry)
                m_missing.emplace_back(keys[i], preferences);
        }
        writeNext();
    }

    void writeNext()
    {
        if (m_written == m_missing.size())
            return finish(static_cast<int>(m_written));
        auto &[key, preferences] = m_missing[m_written];
        m_cache->write(key, std::move(preferences), "demo", [self = shared_from_this()](const Status &status) {
            if (!status)
                return self->finish(tl::unexpected(status.error()));
            ++self->m_written;
            self->writeNext();
        });
    }

    void finish(Result<int> result)
    {
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }

    std::uint64_t m_seed;
    QPromise<Result<int>> m_promise;
    TieredCache *m_cache = nullptr;
    std::vector<std::pair<CacheKey, std::string>> m_missing;
    std::size_t m_written = 0;
};

} // namespace

QFuture<Result<int>> seedDemoPreferences(Engine &engine, std::uint64_t seed)
{
    QPromise<Result<int>> promise;
    QFuture<Result<int>> future = promise.future();
    promise.start();
    if (engine.isReadOnly()) {
        promise.addResult(fail(
            ErrorCode::Refused, "the profile is read-only, so no demo users are stored", "start without --read-only"));
        promise.finish();
        return future;
    }
    const auto seeding = std::make_shared<PreferenceSeeding>(seed, std::move(promise));
    engine.post([seeding](TieredCache &cache) { seeding->start(cache); });
    return future;
}

} // namespace insitecache
