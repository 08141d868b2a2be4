// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QSqlQuery>
#include <QStringList>

#include <insitecache/tiers/tier.h>
#include <insitecache/tiers/tieroptions.h>

#include "sql/edgestore.h"
#include "sql/followtable.h"
#include "sql/invalidationlog.h"
#include "sql/scheduletable.h"
#include "sql/sqlitefile.h"

namespace insitecache {

/// The entries table: what a tier does, said in SQL. Blocks; database thread only.
///
/// A row keeps the wall time of its write and the life that remained then. A wall clock that went back by more than
/// a second ends the row's life: nobody can tell any more how old it is.
class EntryStore {
public:
    EntryStore(std::unique_ptr<SqliteFile> file, DatabaseTierOptions options, const Clock &clock);
    struct Opened {
        std::string identity;          ///< the name of the database itself
        Followed followed;             ///< how far it and our L2 had told each other
        InvalidationLog::Heard untold; ///< what our L2 was not told of by then
    };
    Result<Opened> open();

    std::vector<TierRead> get(const std::vector<CacheKey> &keys);
    Result<std::vector<EntryPtr>> peek(const std::vector<CacheKey> &keys);
    std::vector<FillTicket> claim(std::size_t count);
    std::vector<FillOutcome> fill(const std::vector<Fill> &fills);
    Status put(const std::vector<Fill> &fills);
    Result<std::uint64_t> remove(const Selector &which);
    Result<std::uint64_t> expire(const Selector &which);
    Result<TierCount> count(const Selector &which);
    Result<TierListing> list(const Selector &which, std::size_t limit);
    TierUsage usage();
    /// Removes up to `limit` rows past their life, and what belonged to them. Returns how many rows.
    Result<std::uint64_t> purge(int limit);

    /// SQLite found the file damaged: nothing in it can be relied on.
    bool isDamaged() const { return m_damaged; }
    /// Starts a new file and takes over every row of the old one that can still be read and passes its checksum.
    /// When another process has done so already, its new file is opened.
    Status rebuild();
    /// Opens the file at the path when it is no longer the one that was opened.
    void followFile();

    EdgeStore &edges() { return m_edges; }
    ScheduleTable &schedule() { return m_schedule; }
    /// In a transaction of its own, which is begun only when there is something.
    Result<std::optional<ScheduledInvalidation>> takeDue();
    /// One person's edge. Its transaction is its own.
    Status declare(const Edge &edge);
    /// What other processes invalidated since the last call, or since it was opened.
    Result<InvalidationLog::Heard> listen();
    FollowTable &followed() { return m_followed; }

private:
    struct Row {
        QString space, key;
        QByteArray envelope;
        long long writtenMs = 0, lifeMs = 0, staleMs = 0;
        bool negative = false;
    };

    QString spaceOf(const CacheKey &key) const;
    bool belongs(const Row &row) const;
    static bool hasDamagedTimes(const Row &row);
    long long remainingMs(const Row &row) const;
    /// Visits each matching row that still lives; `columns` as in readRow. Stops at the first error.
    template <class Visit>
    Status forEachRow(const Selector &which, bool withEnvelope, Visit visit);
    template <class Visit>
    Status visitQuery(QSqlQuery &query, const Selector &which, Visit visit);
    Status getChunk(const QString &space, const std::vector<std::size_t> &places, const std::vector<CacheKey> &keys,
        std::vector<TierRead> &reads);
    TierRead readRow(const Row &row, const CacheKey &key);
    /// Is what lies there to stay?
    Result<bool> isNewer(const Fill &fill);
    /// What is told of a damaged row, which is dropped.
    TierRead corruptRead(const Row &row, Error error);
    Status dropIfUnchanged(const Row &row);
    Status write(const Entry &entry, const std::vector<CacheKey> &parents);
    Status deleteRows(const QString &space, const QStringList &keys);
    Status expireRow(const Row &row, long long wall);
    /// Runs `work` in one write transaction that has caught up with the log.
    template <class Work>
    Status transaction(Work work);
    tl::unexpected<Error> failed(const QSqlError &error);
    Status run(QSqlQuery &query);
    Status execute(const QString &sql);

    std::unique_ptr<SqliteFile> m_file;
    DatabaseTierOptions m_options;
    const Clock &m_clock;
    QString m_ownSpace;
    InvalidationLog m_log;
    EdgeStore m_edges;
    ScheduleTable m_schedule;
    FollowTable m_followed;
    TierUsage m_usage;
    SteadyTime m_usageTaken{};
    bool m_damaged = false;
    std::string m_notice; ///< what happened to the file since it was opened
};

} // namespace insitecache
