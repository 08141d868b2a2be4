// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <insitecache/tiers/tier.h>

#include "tiers/recentscopes.h"
#include "sql/sqlitefile.h"

namespace insitecache {

/// A row of that log: who removed what.
struct LoggedScope {
    std::string origin;
    Selector which;
};

/// The invalidations table: what every process that shares this database has invalidated, in one order. A fill is
/// checked against it in the transaction that stores it, so no process can put back what another one removed.
/// Blocks; database thread only.
class InvalidationLog {
public:
    /// `origin` names this process in the rows it writes.
    InvalidationLog(SqliteFile &file, std::string origin) : m_file(file), m_origin(std::move(origin)) {}

    /// What was logged before is of no interest: nothing was handed out yet.
    Status open() { return restart(); }
    /// Reads what others appended since; free when nobody did (PRAGMA data_version). Call it before the rows are read
    /// for which tickets are handed out, and inside the transaction that stores a fill.
    Status catchUp();
    std::uint64_t position() const { return m_scopes.position(); }
    bool isOvertaken(const Fill &fill) const;
    /// Call inside a write transaction that has caught up.
    Status append(const Selector &which);
    /// After a transaction with append() was rolled back: its number may be used by somebody else.
    void forgetAppended();
    /// Keeps the newest rows only.
    Status trim();

    /// What other processes appended since the last call; unset: rows are missing, so anything may be.
    std::optional<std::vector<LoggedScope>> takeHeard();

private:
    Result<long long> number(const QString &sql);
    Status readFrom(std::uint64_t first);
    Status restart();

    SqliteFile &m_file;
    std::string m_origin;
    RecentScopes m_scopes;
    long long m_dataVersion = -1;
    bool m_gap = false;
    std::vector<LoggedScope> m_heard;
};

} // namespace insitecache
