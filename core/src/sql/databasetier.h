// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>
#include <utility>

#include <QDeadlineTimer>

#include <insitecache/tiers/tier.h>
#include <insitecache/tiers/tieroptions.h>

#include "coherence/dependencystore.h"
#include "coherence/schedulestore.h"
#include "sql/followtable.h"
#include "sql/invalidationlog.h"
#include "sql/sqlthread.h"

namespace insitecache {

class EdgeWalk;
class EntryStore;

/// L3 on SQLite: survives the process, may be shared by several.
///
/// Threads: lives on the thread that called open() and answers there. All SQL runs on its own database thread, one
/// job after the other, so what is asked first is done first.
class DatabaseTier final : public Tier, public DependencyStore, public ScheduleStore {
public:
    /// Errors: InvalidArgument (URL), Io, Refused.
    static Result<std::shared_ptr<DatabaseTier>> open(const DatabaseTierOptions &options, const Clock &clock);
    ~DatabaseTier() override;

    /// One line each: what had to be done to open the file.
    const std::vector<std::string> &notices() const { return m_notices; }
    /// Names the database itself, whatever process opens it by whatever path.
    const std::string &identity() const { return m_identity; }

    Stage stage() const override { return Stage::L3; }
    void get(const std::vector<CacheKey> &keys, Callback<std::vector<TierRead>> done) override;
    void peek(const std::vector<CacheKey> &keys, Callback<Result<std::vector<EntryPtr>>> done) override;
    void claim(const std::vector<CacheKey> &keys, Callback<std::vector<FillTicket>> done) override;
    void fill(const std::vector<Fill> &fills, Callback<std::vector<FillOutcome>> done) override;
    void put(const std::vector<Fill> &fills, Callback<Status> done) override;
    void remove(const Selector &which, Callback<Result<std::uint64_t>> done) override;
    void expire(const Selector &which, Callback<Result<std::uint64_t>> done) override;
    void count(const Selector &which, Callback<Result<TierCount>> done) override;
    void list(const Selector &which, std::size_t limit, Callback<Result<TierListing>> done) override;
    void usage(Callback<TierUsage> done) override;
    void close() override;

    void declare(const Edge &edge, Callback<Status> done) override;
    void undeclare(const Edge &edge, Callback<Result<bool>> done) override;
    void closure(const Selector &roots, Callback<Result<Closure>> done) override;
    void neighbourhood(const CacheKey &key, int maxDepth, Callback<Result<Neighbourhood>> done) override;
    void edges(std::size_t limit, Callback<Result<EdgeList>> done) override;

    void addScheduled(const ScheduledInvalidation &what, Callback<Result<ScheduledInvalidation>> done) override;
    void scheduled(Callback<Result<std::vector<ScheduledInvalidation>>> done) override;
    void cancelScheduled(std::uint64_t id, Callback<Result<bool>> done) override;
    void takeDue(Callback<Result<std::optional<ScheduledInvalidation>>> done) override;
    void renewDue(std::uint64_t id, Callback<Status> done) override;
    void settleDue(std::uint64_t id, const bool (&left)[tierCount], Callback<Status> done) override;

    /// How far this database and our L2 had told each other when it was opened.
    const Followed &followed() const { return m_followed; }
    /// What our L2 was not told of by then. Once: it may be long.
    InvalidationLog::Heard takeUntold() { return std::exchange(m_untold, {}); }
    /// Comes after every removal that was asked for before.
    void remember(const Followed &followed);
    /// What other processes on this database invalidated since the last call, or since it was opened.
    using Heard = InvalidationLog::Heard;
    void listen(Callback<Result<Heard>> done);

private:
    DatabaseTier() = default;
    Status start(const DatabaseTierOptions &options, const Clock &clock);
    /// On the database thread.
    Status openStore(const QString &path, DatabaseTierOptions options, const Clock &clock);
    enum class Kind { Read, Write };
    /// Runs `job(store)` on the database thread and `done(its result)` here; `cancelled()` after close().
    template <class Job, class Cancelled, class Done>
    void run(Kind kind, Job job, Cancelled cancelled, Done done);
    void follow(const std::shared_ptr<EdgeWalk> &walk, Callback<Result<Closure>> done);
    struct EdgeListing;
    void readEdges(const std::shared_ptr<EdgeListing> &listing, Callback<Result<EdgeList>> done);
    bool isCancelled(Kind kind) const;

    std::unique_ptr<EntryStore> m_store; ///< database thread only
    std::vector<std::string> m_notices;
    std::string m_identity;
    Followed m_followed;
    InvalidationLog::Heard m_untold;
    std::atomic<bool> m_closing{false};
    QDeadlineTimer m_lastWrites; ///< set before m_closing
    SqlThread m_thread{QStringLiteral("database")};
};

} // namespace insitecache
