// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <variant>

#include <QSqlQuery>

#include "coherence/journal.h"
#include "sql/filelock.h"
#include "sql/sqlitefile.h"

namespace insitecache {

/// One process's file in the directory of a journal, locked while this object lives. What commit() has acknowledged
/// survives a crash of the machine. Blocks; made, used and destroyed on one thread.
class JournalFile {
public:
    using Change = std::variant<OwedInvalidation, PendingWrite, std::uint64_t>; ///< keep, keep, drop
    static constexpr const char *suffix = ".journal";

    /// A new one; makes the directory too. Errors: Io.
    static Result<std::unique_ptr<JournalFile>> create(const QString &directory, const Clock &clock);
    /// The file of a process that is gone; null: its process lives, or somebody else has taken it.
    /// Errors: Io, Corrupt (it cannot be read; it has been moved aside, and the message says whereto).
    static Result<std::unique_ptr<JournalFile>> adopt(const QString &path, const Clock &clock);
    ~JournalFile();

    const QString &path() const { return m_path; }
    /// All of it or nothing.
    Status commit(const std::vector<Change> &changes);
    struct Content {
        Journal::Rows rows;
        bool complete = true; ///< false: something in it could not be read
    };
    Content read();
    bool isLost() const { return m_file->isLost(); }
    /// Moves it aside, as nobody can read all of it. Nothing else may be asked of it after that. Returns what to tell.
    std::string keepAside();
    /// Nothing else may be asked of it after that.
    void remove();

private:
    JournalFile(QString path, const Clock &clock, std::unique_ptr<FileLock> lock);
    Status open();
    void close();
    Status keep(const OwedInvalidation &row);
    Status keep(const PendingWrite &row);
    Status keep(std::uint64_t dropped);
    Status run(QSqlQuery &query);
    Status execute(const char *sql);
    void readOwed(Content &content);
    void readWrites(Content &content);
    std::optional<PendingWrite> writeOf(const QSqlQuery &row, bool &complete) const;

    QString m_path;
    const Clock &m_clock;
    std::unique_ptr<FileLock> m_lock; ///< goes last: SQLite forgets its own locks when this file is closed anywhere
    std::unique_ptr<SqliteFile> m_file;
    std::optional<QSqlQuery> m_keepOwed, m_keepWrite, m_dropOwed, m_dropWrite;
};

} // namespace insitecache
