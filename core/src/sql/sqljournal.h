// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <QTimer>

#include <insitecache/base/clock.h>

#include "coherence/journal.h"
#include "sql/journalfile.h"
#include "sql/sqlthread.h"

namespace insitecache {

/// The journal as a directory, where each process has a file of its own, so that none waits for another. The file is
/// made with the first row and removed with the last at close(); its lock tells whether its process lives. At the
/// start, and every five seconds after it, the rows of files whose process is gone are taken over.
///
/// All rows that are kept while one commit is under way make the next one: under load a row costs a share of a sync.
/// Where the disk refuses, rows are not durable, which `done` tells; the log says so once.
///
/// Threads: as SqlThread.
class SqlJournal final : public Journal {
public:
    /// Blocks until it has looked for what others left.
    SqlJournal(const std::string &directory, const Clock &clock);
    ~SqlJournal() override;

    std::uint64_t newId() override { return ++m_lastId; }
    void keep(const OwedInvalidation &row, Done done) override { add(row, std::move(done)); }
    void keep(const PendingWrite &row, Done done) override { add(row, std::move(done)); }
    void drop(std::uint64_t id) override;
    void follow(std::function<void(Rows)> found) override;
    /// Carries out what it was told so far. Rows that are left wait for another process.
    void close();

private:
    struct Batch {
        std::vector<JournalFile::Change> changes;
        std::vector<Done> done;
    };
    void add(JournalFile::Change change, Done done);
    void commitSoon();
    void commitNext();
    // On the SQL thread:
    Status commit(const std::vector<JournalFile::Change> &changes);
    Status ownFile();
    Rows adoptOrphans();
    void adopt(const QString &path, Rows &rows);
    bool takeOver(Rows &rows);
    void look();

    QString m_directory;
    const Clock &m_clock;
    std::atomic<std::uint64_t> m_lastId{0};
    Batch m_batch; ///< waits for the commit that is under way
    bool m_committing = false;
    QTimer m_soon, m_later; ///< at the end of this turn; when only rows to drop wait
    Rows m_foundAtStart;
    std::function<void(Rows)> m_found;

    std::unique_ptr<JournalFile> m_file; ///< these three: SQL thread only
    std::set<QString> m_leftAlone;       ///< files of others that could not be taken over
    bool m_failing = false;
    SqlThread m_thread{QStringLiteral("journal")};
};

} // namespace insitecache
