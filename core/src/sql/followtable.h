// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include <insitecache/base/clock.h>

#include "sql/sqlitefile.h"

namespace insitecache {

/// How far a database and an L2 have been told what was invalidated at the other one.
struct Followed {
    std::string run;        ///< of the L2's server, empty: it was never followed
    std::string heard;      ///< place in the log there; sorts as it grows
    bool others = false;    ///< in that run processes without this database were met
    std::uint64_t told = 0; ///< last row of the log here that the L2 was told of
    friend bool operator==(const Followed &, const Followed &) = default;
};

/// The followed table: what a process goes on from, and all who share this database and that L2 together have done. Of
/// two places the later one stays, since whoever got there acted upon it here. Blocks; database thread only.
class FollowTable {
public:
    FollowTable(SqliteFile &file, const Clock &clock, const std::string &l2);

    Result<Followed> read() const;
    Status write(const Followed &followed);

private:
    SqliteFile &m_file;
    const Clock &m_clock;
    QString m_l2;
};

} // namespace insitecache
