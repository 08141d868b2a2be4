// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <QString>

#include <insitecache/base/clock.h>

#include "coherence/schedulestore.h"
#include "sql/sqlitefile.h"

class QSqlQuery;

namespace insitecache {

/// The schedule table: invalidations to come, shared by every process on this database. A row lies in the space of the
/// process that made it. Blocks; database thread only. Transactions are the caller's.
class ScheduleTable {
public:
    /// `owner` names this process.
    ScheduleTable(SqliteFile &file, const Clock &clock, const QString &space, const std::string &owner);

    Result<ScheduledInvalidation> add(ScheduledInvalidation scheduled);
    Result<std::vector<ScheduledInvalidation>> all() const;
    Result<bool> cancel(std::uint64_t id);
    /// Cheap, and wrong only until the next call: whether takeDue() is worth a write transaction.
    Result<bool> isAnyDue() const;
    /// Call it in a write transaction.
    Result<std::optional<ScheduledInvalidation>> takeDue();
    Status renew(std::uint64_t id);
    Status settle(std::uint64_t id, const std::array<bool, tierCount> &left);

private:
    Status run(QSqlQuery &query) const;
    Result<std::vector<ScheduledInvalidation>> select(bool onlyDue) const;
    void bindFree(QSqlQuery &query) const;
    void bindDue(QSqlQuery &query) const;

    SqliteFile &m_file;
    const Clock &m_clock;
    QString m_space, m_owner;
};

} // namespace insitecache
