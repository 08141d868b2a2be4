// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/engineparts.h"

#include <QLoggingCategory>

#include "base/probe.h"
#include "base/uniquename.h"
#include "cache/preloader.h"
#include "coherence/eventdispatcher.h"
#include "redis/redistier.h"
#include "sources/closedmarket.h"
#include "sources/valueparents.h"
#include "sql/databasetier.h"
#include "sql/sqljournal.h"
#include "tiers/memorytier.h"

namespace insitecache {

namespace {
Q_LOGGING_CATEGORY(databaseLog, "insitecache.database")
Q_LOGGING_CATEGORY(memoryLog, "insitecache.memory")
constexpr std::size_t entriesPerPurge = 20'000;
Q_LOGGING_CATEGORY(changesLog, "insitecache.changes")
constexpr Millis fillLimit{1000};
constexpr Millis changesLimit{1000};

/// One server under two names only means that it is told twice.
std::string nameOf(const RedisTierOptions &redis)
{
    return redis.url + ' ' + redis.prefix + ' ' + redis.space;
}

/// Says it again only when it is another excess.
PolicyRegistry::Follower warnerOfExcess(std::uint64_t available)
{
    return [available, last = std::make_shared<std::string>()](const std::vector<Policy> &policies) {
        const std::string excess = excessOfGuarantees(policies, available);
        if (!excess.empty() && excess != *last)
            qCWarning(memoryLog, "%s", excess.c_str());
        *last = excess;
    };
}
} // namespace

EngineParts::~EngineParts() = default;

Result<std::unique_ptr<EngineParts>> EngineParts::make(const EngineOptions &options,
    std::shared_ptr<PolicyRegistry> policies, std::shared_ptr<Metrics> metrics, std::shared_ptr<EventDispatcher> events,
    std::shared_ptr<ChangeQueue> changes)
{
    std::unique_ptr<EngineParts> made(new EngineParts);
    TieredCacheParts &parts = made->m_parts;
    parts.clock = options.clock;
    parts.parentsOf = [](const Entry &entry) {
        return entry.negative() ? std::vector<CacheKey>() : parentsOfValue(entry.key(), entry.payload());
    };
    parts.closedUntil = [clock = options.clock](const CacheKey &key, std::string_view payload) {
        return closedUntil(key, payload, clock->wall());
    };
    parts.policies = std::move(policies);
    parts.metrics = std::move(metrics);
    parts.events = std::move(events);
    made->m_changes = std::move(changes);
    made->m_nextChanges.setSingleShot(true);
    QObject::connect(&made->m_nextChanges, &QTimer::timeout, &made->m_nextChanges,
        [parts = made.get()] { parts->carryOutChanges(); });
    made->m_echoes = std::make_unique<EchoFilter>(*options.clock);
    parts.random = options.seed ? Random::seeded(*options.seed) : Random::fromSystem();
    if (Status ok = made->openTiers(options); !ok)
        return tl::unexpected(ok.error());
    if (Status ok = made->makeSources(options); !ok)
        return tl::unexpected(ok.error());
    if (!options.journal.empty() && !options.readOnly)
        parts.journal = made->m_journal = std::make_shared<SqlJournal>(options.journal, *options.clock);
    made->m_cache = std::make_unique<TieredCache>(parts);
    made->m_excessWarner = parts.policies->follow(warnerOfExcess(options.memory.maxBytes));
    if (options.preload.isOn())
        made->m_preloader = std::make_unique<Preloader>(*made->m_cache, options.preload);
    if (made->m_database)
        made->heardFromDatabase(made->m_database->takeUntold());
    made->whenTiersSettled([raw = made.get()] {
        if (raw->m_preloader)
            raw->m_preloader->start();
    });
    return made;
}

Status EngineParts::openTiers(const EngineOptions &options)
{
    m_origin = uniqueName();
    m_parts.l1 = std::make_shared<MemoryTier>(options.memory, *options.clock);
    if (options.database) {
        const std::string l2 = options.redis ? nameOf(*options.redis) : std::string();
        if (Status ok = openDatabase(*options.database, l2, *options.clock); !ok)
            return ok;
    }
    return options.redis ? openRedis(*options.redis, *options.clock) : Status();
}

Status EngineParts::openDatabase(DatabaseTierOptions options, const std::string &nameOfL2, const Clock &clock)
{
    options.origin = m_origin;
    options.l2 = nameOfL2;
    auto database = DatabaseTier::open(options, clock);
    if (!database)
        return tl::unexpected(database.error());
    for (const std::string &notice : (*database)->notices())
        qCWarning(databaseLog, "%s", notice.c_str());
    m_database = std::move(*database);
    m_parts.l3 = m_database;
    m_parts.dependencies = m_database;
    m_parts.schedule = m_database;
    return {};
}

Status EngineParts::openRedis(RedisTierOptions options, const Clock &clock)
{
    options.origin = m_origin;
    options.database = m_database ? m_database->identity() : std::string();
    auto redis = makeRedisTier(options, clock, *m_parts.random);
    if (!redis)
        return tl::unexpected(redis.error());
    m_redis = std::move(*redis);
    m_redis->onHeard = [this](const std::string &origin, const Selector &which, bool inOurDatabase) {
        heard(origin, which, HeardFrom::Stream, inOurDatabase ? std::nullopt : std::optional(Stage::L3));
    };
    if (m_database) {
        m_followed = m_database->followed();
        m_redis->goOnFrom({m_followed.run, StreamPosition::parse(m_followed.heard), m_followed.others});
    }
    m_redis->onGap = [this](bool inOurDatabase) { missed(inOurDatabase ? std::nullopt : std::optional(Stage::L3)); };
    m_redis->onFollowing = [this] { remember(); };
    m_redis->onNotDropped = [this](const CacheKey &key) { m_cache->owe(Stage::L2, key); };
    m_redis->onReady = [this] { m_cache->tierIsBack(Stage::L2); };
    m_parts.l2 = m_redis;
    m_parts.l2Direct = m_redis->direct();
    return {};
}

void EngineParts::heard(const std::string &origin, const Selector &which, HeardFrom from, std::optional<Stage> untold)
{
    m_cache->heard(which, untold);
    const bool toldTwice = m_redis && m_database && !untold;
    if (const auto fresh = toldTwice ? m_echoes->newOf(origin, which, from) : std::optional(which))
        tell(CacheEvent::Kind::Invalidated, *fresh);
}

void EngineParts::tell(CacheEvent::Kind kind, const Selector &which)
{
    m_parts.events->publish({kind, which, {}, true, {}, m_parts.clock->wall()});
}

// A log has lost entries: any key may have been invalidated.
void EngineParts::missed(std::optional<Stage> untold)
{
    if (isOn(Protection::GapFlush))
        m_cache->heard(Selector::all(), untold);
    tell(CacheEvent::Kind::Missed, Selector::all());
}

void EngineParts::listen()
{
    if (!m_database)
        return;
    remember();
    m_database->listen([this](const Result<DatabaseTier::Heard> &heardThere) {
        if (heardThere)
            heardFromDatabase(*heardThere);
    });
}

void EngineParts::heardFromDatabase(const DatabaseTier::Heard &heardThere)
{
    if (heardThere.rows)
        heardInDatabase(*heardThere.rows);
    else
        missed(Stage::L2);
    m_toldToL2 = heardThere.upTo;
}

// What was heard has been acted upon, or L3 was asked to before this. Whoever goes on from too early a place only hears
// some of it again.
void EngineParts::remember()
{
    if (!m_database || !m_redis)
        return;
    Followed now = m_followed;
    if (const auto stream = m_redis->followed())
        now = {stream->run, stream->position.sortable(), stream->others, now.told};
    if (m_cache->outbox().waiting == 0)
        now.told = m_toldToL2;
    if (now == m_followed)
        return;
    m_followed = now;
    m_database->remember(now);
}

// Keys that L2 has to be told are told it together: a busy process appends a row for each write.
void EngineParts::heardInDatabase(const std::vector<LoggedInvalidation> &rows)
{
    const auto isTogether = [](const LoggedInvalidation &row) { return !row.inOurL2 && row.which.namedKeys(); };
    std::vector<CacheKey> together;
    for (const LoggedInvalidation &row : rows) {
        if (isTogether(row))
            together.insert(together.end(), row.which.namedKeys()->begin(), row.which.namedKeys()->end());
    }
    if (!together.empty())
        m_cache->heard(Selector::keys(std::move(together)), Stage::L2);
    for (const LoggedInvalidation &row : rows) {
        if (isTogether(row))
            tell(CacheEvent::Kind::Invalidated, row.which);
        else
            heard(row.origin, row.which, HeardFrom::Database, row.inOurL2 ? std::nullopt : std::optional(Stage::L2));
    }
}

Status EngineParts::makeSources(const EngineOptions &options)
{
    for (const EngineOptions::SourceMaker &maker : options.sources) {
        auto source = maker();
        if (!source)
            return tl::unexpected(source.error());
        m_parts.sources.push_back(std::move(*source));
    }
    return {};
}

void EngineParts::whenTiersSettled(std::function<void()> settled)
{
    if (!m_redis)
        return settled();
    m_redis->whenSettled(std::move(settled));
}

void EngineParts::purge()
{
    m_parts.l1->purgeExpired(entriesPerPurge);
    m_cache->purge();
}

void EngineParts::preload()
{
    if (m_preloader)
        m_preloader->tick();
}

void EngineParts::carryOutChanges()
{
    if (m_isCarryingOut)
        return;
    const auto what = m_changes->take();
    if (!what)
        return changesCarriedOut();
    if (what->which.isAll())
        qCWarning(changesLog, "%s", what->reason.c_str());
    m_isCarryingOut = true;
    m_cache->invalidate(*what, [this](const InvalidationResult &result) {
        m_isCarryingOut = false;
        if (const auto *failure = result.firstFailure())
            qCWarning(changesLog, "changed keys may still be in %s: %s", stageName(failure->stage).data(),
                failure->error.toString().c_str());
        if (!m_isClosing)
            m_nextChanges.start(0);
    });
}

void EngineParts::changesCarriedOut()
{
    if (m_closed && !m_isClosing)
        closeCache();
}

void EngineParts::close(std::function<void()> closed)
{
    m_closed = std::move(closed);
    m_closeTimer.setSingleShot(true);
    QObject::connect(&m_closeTimer, &QTimer::timeout, &m_closeTimer, [this] {
        if (m_isClosing)
            closeTiers();
        else
            closeCache();
    });
    m_closeTimer.start(changesLimit);
    carryOutChanges();
}

void EngineParts::closeCache()
{
    m_isClosing = true;
    m_nextChanges.stop();
    if (m_preloader)
        m_preloader->finish();
    m_cache->close();
    for (const auto &source : m_parts.sources)
        source->close();
    m_closeTimer.start(fillLimit);
    m_cache->whenFilled([this] { m_cache->whenWritten([this] { m_closeTimer.start(0); }); });
}

void EngineParts::closeTiers()
{
    remember();
    for (Tier *tier : {m_parts.l2.get(), m_parts.l3.get(), static_cast<Tier *>(m_parts.l1.get())}) {
        if (tier)
            tier->close();
    }
    if (m_journal)
        m_journal->close();
    m_closed();
}

} // namespace insitecache
