// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/journalfile.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <sys/stat.h>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QSqlError>
#include <QVariant>

#include "base/uniquename.h"
#include "tiers/envelope.h"

namespace insitecache {

namespace {

constexpr Millis journalBusyTimeout{2000};

// Nobody else opens it, so the index of the log needs no shared memory.
const SqliteSchema journalSchema{0x49434a31, // "ICJ1"
    {"sql/journal_001.sql"}, {"PRAGMA locking_mode=EXCLUSIVE", "PRAGMA synchronous=FULL"}, false,
    "give the journal another directory"};

int bitsOf(const bool (&tiers)[tierCount])
{
    int bits = 0;
    for (int i = 0; i < tierCount; ++i)
        bits |= tiers[i] ? 1 << i : 0;
    return bits;
}

/// What cannot be read may have named any key.
Selector selectorOf(const QVariant &wire, bool &complete)
{
    auto which = Selector::fromWire(wire.toString().toStdString());
    complete = complete && which;
    return which ? std::move(*which) : Selector::all();
}

Error cannotMake(const QString &path)
{
    return {ErrorCode::Io,
        "the journal " + path.toStdString() + " cannot be made: " + std::generic_category().message(errno),
        "make the directory writable; until then nothing survives the end of this process"};
}

} // namespace

JournalFile::JournalFile(QString path, const Clock &clock, std::unique_ptr<FileLock> lock) :
    m_path(std::move(path)), m_clock(clock), m_lock(std::move(lock))
{}

JournalFile::~JournalFile()
{
    close();
}

void JournalFile::close()
{
    for (auto *query : {&m_keepOwed, &m_keepWrite, &m_dropOwed, &m_dropWrite})
        query->reset();
    m_file.reset();
}

Result<std::unique_ptr<JournalFile>> JournalFile::create(const QString &directory, const Clock &clock)
{
    const QString path = directory + QLatin1Char('/') + QString::fromStdString(uniqueName()) + QLatin1String(suffix);
    QDir().mkpath(QDir::cleanPath(directory + QStringLiteral("/..")));
    if (::mkdir(QFile::encodeName(directory).constData(), 0700) != 0 && errno != EEXIST)
        return tl::unexpected(cannotMake(path));
    auto lock = FileLock::take(path, true);
    if (!lock)
        return tl::unexpected(cannotMake(path));
    std::unique_ptr<JournalFile> file(new JournalFile(path, clock, std::move(lock)));
    if (Status ok = file->open(); !ok) {
        file->remove();
        return tl::unexpected(ok.error());
    }
    return file;
}

Result<std::unique_ptr<JournalFile>> JournalFile::adopt(const QString &path, const Clock &clock)
{
    auto lock = FileLock::take(path);
    if (!lock)
        return nullptr;
    std::unique_ptr<JournalFile> file(new JournalFile(path, clock, std::move(lock)));
    const Status ok = file->open();
    if (ok)
        return file;
    if (ok.error().code == ErrorCode::Io)
        return tl::unexpected(ok.error());
    return fail(ErrorCode::Corrupt, file->keepAside(), ok.error().message);
}

Status JournalFile::open()
{
    auto file = SqliteFile::open(m_path, journalSchema, journalBusyTimeout);
    if (!file)
        return tl::unexpected(file.error());
    m_file = std::move(*file);
    const auto prepared = [this](const char *sql) {
        QSqlQuery query(m_file->database());
        query.prepare(QString::fromLatin1(sql));
        return query;
    };
    m_keepOwed = prepared("INSERT OR REPLACE INTO owed (id, roots, dependents, follow, tiers, since_ms)"
                          " VALUES (?, ?, ?, ?, ?, ?)");
    m_keepWrite = prepared("INSERT OR REPLACE INTO writes (id, key, envelope, written_ms, life_ms)"
                           " VALUES (?, ?, ?, ?, ?)");
    m_dropOwed = prepared("DELETE FROM owed WHERE id = ?");
    m_dropWrite = prepared("DELETE FROM writes WHERE id = ?");
    return {};
}

Status JournalFile::run(QSqlQuery &query)
{
    if (!query.exec())
        return tl::unexpected(m_file->errorOf(query.lastError()));
    return {};
}

Status JournalFile::execute(const char *sql)
{
    QSqlQuery query(m_file->database());
    if (!query.exec(QString::fromLatin1(sql)))
        return tl::unexpected(m_file->errorOf(query.lastError()));
    return {};
}

Status JournalFile::commit(const std::vector<Change> &changes)
{
    if (Status ok = execute("BEGIN IMMEDIATE"); !ok)
        return ok;
    Status done;
    for (const Change &change : changes) {
        if (done)
            done = std::visit([this](const auto &row) { return keep(row); }, change);
    }
    if (done)
        done = execute("COMMIT");
    if (!done)
        execute("ROLLBACK");
    return done;
}

Status JournalFile::keep(const OwedInvalidation &row)
{
    QSqlQuery &query = *m_keepOwed;
    query.bindValue(0, static_cast<qulonglong>(row.id));
    query.bindValue(1, QString::fromStdString(row.roots.toWire()));
    query.bindValue(2, QString::fromStdString(row.dependents.toWire()));
    query.bindValue(3, row.follow ? 1 : 0);
    query.bindValue(4, bitsOf(row.tiers));
    query.bindValue(5, static_cast<qlonglong>(row.since.time_since_epoch().count()));
    return run(query);
}

Status JournalFile::keep(const PendingWrite &row)
{
    QSqlQuery &query = *m_keepWrite;
    query.bindValue(0, static_cast<qulonglong>(row.id));
    query.bindValue(1, QString::fromStdString(row.entry->key().text()));
    query.bindValue(2, QByteArray::fromStdString(sealEnvelope(*row.entry)));
    query.bindValue(3, static_cast<qlonglong>(m_clock.wall().time_since_epoch().count()));
    query.bindValue(4, toMillis(row.entry->staleUntil() - m_clock.now()));
    return run(query);
}

Status JournalFile::keep(std::uint64_t dropped)
{
    for (QSqlQuery *query : {&*m_dropOwed, &*m_dropWrite}) {
        query->bindValue(0, static_cast<qulonglong>(dropped));
        if (Status ok = run(*query); !ok)
            return ok;
    }
    return {};
}

JournalFile::Content JournalFile::read()
{
    Content content;
    readOwed(content);
    readWrites(content);
    return content;
}

void JournalFile::readOwed(Content &content)
{
    QSqlQuery query(m_file->database());
    query.setForwardOnly(true);
    query.exec(QStringLiteral("SELECT id, roots, dependents, follow, tiers, since_ms FROM owed ORDER BY id"));
    while (query.next()) {
        OwedInvalidation row;
        row.id = query.value(0).toULongLong();
        row.roots = selectorOf(query.value(1), content.complete);
        row.dependents = selectorOf(query.value(2), content.complete);
        row.follow = query.value(3).toBool();
        for (int i = 0; i < tierCount; ++i)
            row.tiers[i] = (query.value(4).toInt() & (1 << i)) != 0;
        row.since = WallTime(Millis(query.value(5).toLongLong()));
        content.rows.owed.push_back(std::move(row));
    }
    content.complete = content.complete && !query.lastError().isValid();
}

void JournalFile::readWrites(Content &content)
{
    QSqlQuery query(m_file->database());
    query.setForwardOnly(true);
    query.exec(QStringLiteral("SELECT id, key, envelope, written_ms, life_ms FROM writes ORDER BY id"));
    while (query.next()) {
        if (auto write = writeOf(query, content.complete))
            content.rows.writes.push_back(std::move(*write));
    }
    content.complete = content.complete && !query.lastError().isValid();
}

// A clock that was set back since makes the value younger than it is, never lost.
std::optional<PendingWrite> JournalFile::writeOf(const QSqlQuery &row, bool &complete) const
{
    const long long life = row.value(4).toLongLong();
    const long long age = m_clock.wall().time_since_epoch().count() - row.value(3).toLongLong();
    const long long remaining = std::clamp(life - age, 0LL, std::max(0LL, life));
    const QByteArray bytes = row.value(2).toByteArray();
    const auto key = CacheKey::parse(row.value(1).toString().toStdString());
    auto entry = key ? openEnvelope({bytes.constData(), static_cast<std::size_t>(bytes.size())}, *key,
                     lifeFromStore(remaining), m_clock.now())
                     : Result<EntryPtr>(tl::unexpected(key.error()));
    complete = complete && entry;
    if (!entry || remaining == 0)
        return std::nullopt;
    return PendingWrite{row.value(0).toULongLong(), std::move(*entry), WallTime(Millis(row.value(3).toLongLong()))};
}

std::string JournalFile::keepAside()
{
    close();
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMddTHHmmss.zzzZ"));
    const QString aside = m_path + QStringLiteral(".corrupt-") + stamp;
    const bool moved = QFile::rename(m_path, aside);
    QFile::rename(m_path + QStringLiteral("-wal"), aside + QStringLiteral("-wal"));
    return "the journal " + m_path.toStdString() + " cannot be read; it is kept as "
        + (moved ? aside : m_path).toStdString()
        + "; invalidations and writes that were not finished may be lost with it";
}

void JournalFile::remove()
{
    close();
    for (const char *companion : {"-wal", "-shm", ""})
        QFile::remove(m_path + QString::fromLatin1(companion));
}

} // namespace insitecache
