// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <QSqlDatabase>
#include <QString>

#include <insitecache/base/error.h>
#include <insitecache/base/clock.h>

class QSqlError;

namespace insitecache {

/// "sqlite:/path" → "/path". Errors: InvalidArgument.
Result<QString> sqlitePath(const std::string &url);

/// What a kind of file has in it, and how carefully it is written.
struct SqliteSchema {
    int applicationId;
    std::vector<const char *> migrations; ///< resources; the number of a migration is the version it leads to
    std::vector<const char *> pragmas;    ///< of each connection
    bool isCache;                         ///< entries can be loaded again, so a damaged file is replaced at once
    std::string_view elsewhere;           ///< what to do where this file cannot be: "name another file with …"
};
extern const SqliteSchema cacheSchema;

/// The connection to one SQLite file of ours: opened, in WAL mode, with the newest schema.
/// Made, used and destroyed on one thread (QSqlDatabase is bound to it).
class SqliteFile {
public:
    /// A cache that is not a database is moved aside and a new one started; see notices(). The schema must outlive it.
    /// Errors: Io, Refused (the database of another program, or of a newer version), Corrupt (where it is no cache).
    static Result<std::unique_ptr<SqliteFile>> open(
        const QString &path, const SqliteSchema &schema, Millis busyTimeout);
    ~SqliteFile();

    /// Moves the damaged file aside, starts a new one in its place and takes over every entry that can still be read;
    /// adds to notices(). Precondition: no query on database() is alive.
    Status startAnew();

    /// Somebody moved or removed the file: what is written now would be lost.
    bool isLost() const;
    /// Opens what is at the path now. Precondition: no query on database() is alive.
    Status reopen();

    QSqlDatabase &database() { return m_database; }
    const QString &path() const { return m_path; }
    /// One line each: what had to be done to open the file.
    const std::vector<std::string> &notices() const { return m_notices; }
    /// The typed form of a driver's error, naming the file and the next step.
    Error errorOf(const QSqlError &error) const;

private:
    SqliteFile(QString path, const SqliteSchema &schema, Millis busyTimeout);
    Status create();
    Status connect();
    Status prepare();
    Status useWal();
    Status checkOwner();
    Status migrate();
    Status migrateTo(int version, const QString &resource);
    Status execute(const QString &sql);
    Result<long long> number(const QString &sql);
    Result<QString> moveAside();

    QString m_path;
    const SqliteSchema &m_schema;
    QString m_connection;
    Millis m_busyTimeout;
    std::uint64_t m_device = 0, m_inode = 0; ///< what was opened
    QSqlDatabase m_database;
    std::vector<std::string> m_notices;
};

} // namespace insitecache
