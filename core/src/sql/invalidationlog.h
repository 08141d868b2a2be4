// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <insitecache/tiers/tier.h>

#include "tiers/recentscopes.h"
#include "sql/sqlitefile.h"

namespace insitecache {

/// What the process `origin` appended. `inOurL2`: it tells the L2 that is ours as well. Another L2, or none, leaves
/// ours as it was.
struct LoggedInvalidation {
    std::string origin;
    Selector which;
    bool inOurL2 = false;
};

/// The invalidations table: what every process that shares this database has invalidated, in one order. A fill is
/// checked against it in the transaction that stores it, so no process can put back what another one removed.
/// Blocks; database thread only.
class InvalidationLog {
public:
    /// `origin` names this process in the rows it writes, `l2` its L2.
    InvalidationLog(SqliteFile &file, std::string origin, std::string l2) :
        m_file(file), m_origin(std::move(origin)), m_l2(std::move(l2))
    {}

    /// Of what was logged before, only what our L2 was never told of is of interest: `told` is the last row that it
    /// was.
    Status open(std::uint64_t told);
    /// Reads what others appended since; free when nobody did (PRAGMA data_version). Call it before the rows are read
    /// for which tickets are handed out, and inside the transaction that stores a fill.
    Status catchUp();
    std::uint64_t position() const { return m_scopes.position(); }
    bool isOvertaken(const Fill &fill) const;
    /// Call inside a write transaction that has caught up.
    Status append(const Selector &which);
    /// After a transaction with append() was rolled back: its number may be used by somebody else.
    void forgetAppended();
    /// It is another file now, and what the old one would have said is lost.
    void forgetFile();
    /// Keeps the newest rows only.
    Status trim();

    /// What other processes appended since the last call.
    struct Heard {
        std::optional<std::vector<LoggedInvalidation>> rows; ///< unset: some are missing, so anything may be
        std::uint64_t upTo = 0;                              ///< the last row of this log by now
    };
    Heard takeHeard();

private:
    Result<long long> number(const QString &sql);
    struct LoggedRow;
    /// Calls `visit` with the rows from that number on, until it answers false.
    template <class Visit>
    Status eachRowFrom(std::uint64_t first, Visit visit);
    Status startOver();
    Status readFrom(std::uint64_t first);
    Status restart();
    Status readUntold(std::uint64_t told);

    SqliteFile &m_file;
    std::string m_origin, m_l2;
    RecentScopes m_scopes;
    std::uint64_t m_readUpTo = 1; ///< every row before it has been read, or is a committed one of ours
    long long m_dataVersion = -1;
    bool m_gap = false;
    std::vector<LoggedInvalidation> m_heard;
};

} // namespace insitecache
