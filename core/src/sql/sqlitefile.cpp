// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/sqlitefile.h"

#include <atomic>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QDateTime>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include "base/resources.h"
#include "sql/salvage.h"

namespace insitecache {

namespace {

// Result codes of sqlite3.h that ask for different next steps.
enum SqliteCode { Busy = 5, Locked = 6, ReadOnly = 8, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26 };

constexpr int walTryMs = 2;

QString uniqueConnectionName()
{
    static std::atomic<int> next{1};
    return QStringLiteral("insitecache-%1").arg(next++);
}

std::string nextStepFor(int code, std::string_view elsewhere)
{
    const std::string other(elsewhere);
    switch (code & 0xFF) {
    case Busy:
    case Locked: return "another program holds it; close that program or " + other;
    case ReadOnly:
    case CannotOpen: return "check that the folder exists and that you may write there, or " + other;
    case Full: return "free some disk space";
    case Corrupt:
    case NotADatabase: return "move the file away; a new one is made at the next start";
    default: return "check the disk and the file's permissions";
    }
}

} // namespace

const SqliteSchema cacheSchema{0x49434831, // "ICH1"
    {"sql/001_entries.sql", "sql/002_coherence.sql", "sql/003_schedule.sql", "sql/004_toldl2.sql",
        "sql/005_followed.sql"},
    {"PRAGMA synchronous=NORMAL"}, true, "name another file with --database"};

Result<QString> sqlitePath(const std::string &url)
{
    const QString text = QString::fromStdString(url);
    const QString scheme = QStringLiteral("sqlite:");
    if (!text.startsWith(scheme) || text.size() == scheme.size())
        return fail(ErrorCode::InvalidArgument, "the database URL '" + url + "' is not understood", "use sqlite:/path");
    return text.mid(scheme.size());
}

SqliteFile::SqliteFile(QString path, const SqliteSchema &schema, Millis busyTimeout) :
    m_path(std::move(path)), m_schema(schema), m_connection(uniqueConnectionName()), m_busyTimeout(busyTimeout)
{}

SqliteFile::~SqliteFile()
{
    m_database = {};
    QSqlDatabase::removeDatabase(m_connection);
}

Result<std::unique_ptr<SqliteFile>> SqliteFile::open(
    const QString &path, const SqliteSchema &schema, Millis busyTimeout)
{
    std::unique_ptr<SqliteFile> file(new SqliteFile(path, schema, busyTimeout));
    Status ready = file->connect();
    if (ready)
        ready = file->prepare();
    if (!ready && ready.error().code == ErrorCode::Corrupt && schema.isCache)
        ready = file->startAnew();
    if (!ready)
        return tl::unexpected(ready.error());
    return file;
}

Status SqliteFile::startAnew()
{
    const auto aside = moveAside();
    if (!aside)
        return tl::unexpected(aside.error());
    if (Status ok = reopen(); !ok)
        return ok;
    const std::uint64_t rows = salvageRows(m_database, *aside);
    m_notices.push_back(m_path.toStdString() + " was damaged; it is kept as " + aside->toStdString() + ", and "
        + std::to_string(rows) + " entries were saved");
    return {};
}

Status SqliteFile::reopen()
{
    m_database.close();
    if (Status ok = connect(); !ok)
        return ok;
    return prepare();
}

bool SqliteFile::isLost() const
{
    struct stat now = {};
    if (::stat(QFile::encodeName(m_path).constData(), &now) != 0)
        return errno == ENOENT;
    return now.st_dev != m_device || now.st_ino != m_inode;
}

// SQLite would let everybody on the machine read a new file. Its companions -wal and -shm take over the mode.
Status SqliteFile::create()
{
    const int descriptor = ::open(QFile::encodeName(m_path).constData(), O_CREAT | O_EXCL | O_CLOEXEC | O_RDWR, 0600);
    if (descriptor >= 0)
        ::close(descriptor);
    else if (errno != EEXIST)
        return fail(ErrorCode::Io,
            "the database " + m_path.toStdString() + " cannot be made: " + std::generic_category().message(errno),
            nextStepFor(errno == ENOSPC ? Full : CannotOpen, m_schema.elsewhere));
    return {};
}

Status SqliteFile::connect()
{
    if (Status ok = create(); !ok)
        return ok;
    if (!QSqlDatabase::contains(m_connection))
        m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
    if (!m_database.isValid())
        return fail(ErrorCode::Io, "Qt's SQLite driver is not installed", "install the package libqt6sql6-sqlite");
    m_database.setDatabaseName(m_path);
    m_database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(m_busyTimeout.count()));
    if (!m_database.open())
        return tl::unexpected(errorOf(m_database.lastError()));
    struct stat opened = {};
    if (::stat(QFile::encodeName(m_path).constData(), &opened) == 0) {
        m_device = opened.st_dev;
        m_inode = opened.st_ino;
    }
    return {};
}

Status SqliteFile::prepare()
{
    if (Status ok = checkOwner(); !ok)
        return ok;
    if (Status ok = useWal(); !ok)
        return ok;
    std::vector<const char *> pragmas = m_schema.pragmas;
    for (const char *pragma :
        {"PRAGMA trusted_schema=OFF", "PRAGMA cell_size_check=ON", "PRAGMA auto_vacuum=INCREMENTAL"})
        pragmas.push_back(pragma);
    for (const char *pragma : pragmas) {
        if (Status ok = execute(QString::fromLatin1(pragma)); !ok)
            return ok;
    }
    return migrate();
}

// The change of mode needs the file for itself, and SQLite does not wait for that: processes that start together on a
// new file would turn each other away.
Status SqliteFile::useWal()
{
    const QDeadlineTimer patience(m_busyTimeout);
    for (;;) {
        QSqlQuery query(m_database);
        if (query.exec(QStringLiteral("PRAGMA journal_mode=WAL")))
            return {};
        const QSqlError error = query.lastError();
        if ((error.nativeErrorCode().toInt() & 0xFF) != Busy || patience.hasExpired())
            return tl::unexpected(errorOf(error));
        ::poll(nullptr, 0, walTryMs);
    }
}

Status SqliteFile::checkOwner()
{
    const auto tables = number(QStringLiteral("SELECT count(*) FROM sqlite_master"));
    if (!tables)
        return tl::unexpected(tables.error());
    const auto owner = number(QStringLiteral("PRAGMA application_id"));
    if (!owner)
        return tl::unexpected(owner.error());
    if (*tables > 0 && *owner != m_schema.applicationId)
        return fail(ErrorCode::Refused, m_path.toStdString() + " is the database of another program",
            std::string(m_schema.elsewhere));
    return {};
}

Status SqliteFile::migrate()
{
    const auto version = number(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return tl::unexpected(version.error());
    const int newest = static_cast<int>(m_schema.migrations.size());
    if (*version > newest)
        return fail(ErrorCode::Refused, m_path.toStdString() + " was written by a newer version of this program",
            "update this program or " + std::string(m_schema.elsewhere));
    for (int next = static_cast<int>(*version) + 1; next <= newest; ++next) {
        if (Status ok = migrateTo(next, QString::fromLatin1(m_schema.migrations[static_cast<std::size_t>(next - 1)]));
            !ok)
            return ok;
    }
    return {};
}

// Another process may migrate at the same moment: the version is read again under the write lock.
Status SqliteFile::migrateTo(int version, const QString &resource)
{
    if (Status ok = execute(QStringLiteral("BEGIN IMMEDIATE")); !ok)
        return ok;
    const auto current = number(QStringLiteral("PRAGMA user_version"));
    Status done = current ? Status() : Status(tl::unexpected(current.error()));
    if (done && *current < version) {
        const QString script = QString::fromUtf8(readResource(resource));
        QStringList statements = script.split(QLatin1Char(';'), Qt::SkipEmptyParts);
        statements << QStringLiteral("PRAGMA user_version=%1").arg(version)
                   << QStringLiteral("PRAGMA application_id=%1").arg(m_schema.applicationId);
        for (const QString &statement : statements) {
            if (done && !statement.trimmed().isEmpty())
                done = execute(statement);
        }
    }
    const Status closed = execute(done ? QStringLiteral("COMMIT") : QStringLiteral("ROLLBACK"));
    return done ? closed : done;
}

Status SqliteFile::execute(const QString &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(sql))
        return tl::unexpected(errorOf(query.lastError()));
    return {};
}

Result<long long> SqliteFile::number(const QString &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(sql) || !query.next())
        return tl::unexpected(errorOf(query.lastError()));
    return query.value(0).toLongLong();
}

Result<QString> SqliteFile::moveAside()
{
    m_database.close();
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMddTHHmmss.zzzZ"));
    const QString aside = m_path + QStringLiteral(".corrupt-") + stamp;
    if (!QFile::rename(m_path, aside))
        return fail(ErrorCode::Io, m_path.toStdString() + " is damaged and cannot be moved aside",
            "remove it by hand or " + std::string(m_schema.elsewhere));
    for (const char *suffix : {"-wal", "-shm"})
        QFile::remove(m_path + QString::fromLatin1(suffix));
    return aside;
}

Error SqliteFile::errorOf(const QSqlError &error) const
{
    const int code = error.nativeErrorCode().toInt();
    const bool damaged = (code & 0xFF) == Corrupt || (code & 0xFF) == NotADatabase;
    const QString cause = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    return {damaged ? ErrorCode::Corrupt : ErrorCode::Io,
        "the database " + m_path.toStdString() + " failed: " + cause.simplified().toStdString() + " (SQLite "
            + std::to_string(code) + ")",
        nextStepFor(code, m_schema.elsewhere)};
}

} // namespace insitecache
