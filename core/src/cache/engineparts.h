// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <QTimer>

#include <insitecache/cache/engine.h>

#include "coherence/changequeue.h"
#include "coherence/echofilter.h"
#include "sql/databasetier.h"

namespace insitecache {

class Preloader;
class RedisTier;
class SqlJournal;

/// Everything an engine runs, composed from its options. Made, used and destroyed on the cache thread.
class EngineParts {
public:
    /// Errors: as Engine::start().
    static Result<std::unique_ptr<EngineParts>> make(const EngineOptions &options,
        std::shared_ptr<PolicyRegistry> policies, std::shared_ptr<Metrics> metrics,
        std::shared_ptr<EventDispatcher> events, std::shared_ptr<ChangeQueue> changes);
    ~EngineParts();

    TieredCache &cache() { return *m_cache; }
    /// Runs `settled` once L2 has connected or failed once, at once where there is no L2.
    void whenTiersSettled(std::function<void()> settled);
    /// Drops what is past its stale time from L1, in bounded steps, and what can no longer be undone.
    void purge();
    /// Goes on with what is to be loaded before anybody asks; begins with it once L2 has connected or failed once.
    void preload();
    /// Asks what other processes on the same database invalidated. With a Redis in between it is the second way to hear
    /// of it, otherwise the only one.
    void listen();
    /// Carries out what waits in the queue of changes, until nothing does. Others are served between two batches.
    void carryOutChanges();
    /// Carries out what still waits there, ends intake and answers whoever waits; when what was answered before has
    /// reached the tiers, or after a second, closes them and runs `closed`.
    void close(std::function<void()> closed);

private:
    EngineParts() = default;
    Status openTiers(const EngineOptions &options);
    Status openDatabase(DatabaseTierOptions options, const std::string &nameOfL2, const Clock &clock);
    Status openRedis(RedisTierOptions options, const Clock &clock);
    void heard(const std::string &origin, const Selector &which, HeardFrom from, std::optional<Stage> untold);
    void heardInDatabase(const std::vector<LoggedInvalidation> &rows);
    void tell(CacheEvent::Kind kind, const Selector &which);
    void missed(std::optional<Stage> untold = {});
    void heardFromDatabase(const DatabaseTier::Heard &heardThere);
    void remember();
    void changesCarriedOut();
    void closeCache();
    void closeTiers();
    Status makeSources(const EngineOptions &options);

    TieredCacheParts m_parts;
    std::shared_ptr<const PolicyRegistry::Follower> m_excessWarner;
    std::unique_ptr<EchoFilter> m_echoes;
    std::string m_origin; ///< names this process in both logs of invalidations
    std::shared_ptr<DatabaseTier> m_database;
    Followed m_followed;          ///< as it was remembered last
    std::uint64_t m_toldToL2 = 0; ///< last row of the database's log that L2 was told of, or owes
    std::shared_ptr<RedisTier> m_redis;
    std::shared_ptr<SqlJournal> m_journal;
    std::shared_ptr<ChangeQueue> m_changes;
    bool m_isCarryingOut = false;
    bool m_isClosing = false; ///< the cache takes nothing any more
    QTimer m_nextChanges;
    QTimer m_closeTimer;
    std::function<void()> m_closed;
    std::unique_ptr<TieredCache> m_cache;
    std::unique_ptr<Preloader> m_preloader; ///< none: nothing is loaded unasked
};

} // namespace insitecache
