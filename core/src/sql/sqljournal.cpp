// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/sqljournal.h"

#include <iterator>

#include <QDir>
#include <QLoggingCategory>

namespace insitecache {

namespace {

Q_LOGGING_CATEGORY(journalLog, "insitecache.journal")

constexpr Millis lookInterval{5'000};
constexpr Millis dropDelay{100};

std::vector<JournalFile::Change> changesOf(const Journal::Rows &rows)
{
    std::vector<JournalFile::Change> changes(rows.owed.begin(), rows.owed.end());
    changes.insert(changes.end(), rows.writes.begin(), rows.writes.end());
    return changes;
}

} // namespace

SqlJournal::SqlJournal(const std::string &directory, const Clock &clock) :
    m_directory(QString::fromStdString(directory)), m_clock(clock)
{
    for (QTimer *timer : {&m_soon, &m_later}) {
        timer->setSingleShot(true);
        QObject::connect(timer, &QTimer::timeout, timer, [this] { commitNext(); });
    }
    m_thread.run([this] {
        m_foundAtStart = adoptOrphans();
        m_thread.every(lookInterval, [this] { look(); });
    });
}

SqlJournal::~SqlJournal()
{
    close();
}

void SqlJournal::follow(std::function<void(Rows)> found)
{
    m_found = std::move(found);
    m_found(std::exchange(m_foundAtStart, {}));
}

void SqlJournal::add(JournalFile::Change change, Done done)
{
    if (m_thread.isClosed())
        return done(fail(ErrorCode::Cancelled, "the cache is shutting down"));
    m_batch.changes.push_back(std::move(change));
    m_batch.done.push_back(std::move(done));
    commitSoon();
}

void SqlJournal::drop(std::uint64_t id)
{
    m_batch.changes.emplace_back(id);
    if (!m_committing && !m_later.isActive() && !m_thread.isClosed())
        m_later.start(dropDelay);
}

void SqlJournal::commitSoon()
{
    if (!m_committing && !m_soon.isActive())
        m_soon.start(0);
}

void SqlJournal::commitNext()
{
    if (m_committing || m_batch.changes.empty() || m_thread.isClosed())
        return;
    m_committing = true;
    m_later.stop();
    m_thread.post([this, batch = std::exchange(m_batch, {})] {
        const Status status = commit(batch.changes);
        m_thread.deliver([this, status, done = batch.done] {
            m_committing = false;
            for (const Done &each : done)
                each(status);
            if (!m_batch.done.empty())
                commitSoon();
            else if (!m_batch.changes.empty())
                m_later.start(dropDelay);
        });
    });
}

void SqlJournal::close()
{
    if (m_thread.isClosed())
        return;
    m_soon.stop();
    m_later.stop();
    m_thread.close([this, batch = std::exchange(m_batch, {})] {
        const Status status = batch.changes.empty() ? Status() : commit(batch.changes);
        m_thread.deliver([status, done = batch.done] {
            for (const Done &each : done)
                each(status);
        });
        if (!m_file)
            return;
        const JournalFile::Content left = m_file->read();
        if (left.complete && left.rows.owed.empty() && left.rows.writes.empty())
            m_file->remove();
        m_file.reset();
    });
}

Status SqlJournal::ownFile()
{
    if (m_file)
        return {};
    auto file = JournalFile::create(m_directory, m_clock);
    if (!file)
        return tl::unexpected(file.error());
    m_file = std::move(*file);
    return {};
}

Status SqlJournal::commit(const std::vector<JournalFile::Change> &changes)
{
    Status done = ownFile();
    if (done)
        done = m_file->commit(changes);
    if (!done && !m_failing)
        qCWarning(journalLog, "nothing more is written down: %s", done.error().toString().c_str());
    m_failing = !done;
    if (!done && done.error().code == ErrorCode::Corrupt) {
        qCWarning(journalLog, "%s", m_file->keepAside().c_str());
        m_file.reset();
    }
    return done;
}

Journal::Rows SqlJournal::adoptOrphans()
{
    Rows rows;
    const QStringList names = QDir(m_directory).entryList({QLatin1Char('*') + QLatin1String(JournalFile::suffix)});
    for (const QString &name : names) {
        const QString path = m_directory + QLatin1Char('/') + name;
        if ((!m_file || path != m_file->path()) && !m_leftAlone.contains(path))
            adopt(path, rows);
    }
    return rows;
}

// Where the rows cannot be copied they are known to this process at least; the file stays for a later one.
void SqlJournal::adopt(const QString &path, Rows &rows)
{
    auto orphan = JournalFile::adopt(path, m_clock);
    if (!orphan) {
        m_leftAlone.insert(path);
        qCWarning(journalLog, "%s", orphan.error().toString().c_str());
        return;
    }
    if (!*orphan)
        return;
    JournalFile::Content content = (*orphan)->read();
    const bool taken = takeOver(content.rows);
    std::move(content.rows.owed.begin(), content.rows.owed.end(), std::back_inserter(rows.owed));
    std::move(content.rows.writes.begin(), content.rows.writes.end(), std::back_inserter(rows.writes));
    if (!content.complete)
        qCWarning(journalLog, "%s", (*orphan)->keepAside().c_str());
    else if (taken)
        (*orphan)->remove();
    else
        m_leftAlone.insert(path);
}

bool SqlJournal::takeOver(Rows &rows)
{
    for (OwedInvalidation &row : rows.owed)
        row.id = newId();
    for (PendingWrite &row : rows.writes)
        row.id = newId();
    const auto changes = changesOf(rows);
    return changes.empty() || commit(changes);
}

// What was removed from under us is written down anew.
void SqlJournal::look()
{
    if (m_file && m_file->isLost()) {
        const auto changes = changesOf(m_file->read().rows);
        m_file.reset();
        if (!changes.empty())
            commit(changes);
    }
    Rows rows = adoptOrphans();
    if (rows.owed.empty() && rows.writes.empty())
        return;
    m_thread.deliver([this, rows = std::move(rows)] { m_found(rows); });
}

} // namespace insitecache
