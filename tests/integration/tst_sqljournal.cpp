// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>

#include "sql/sqljournal.h"
#include "support/manualclock.h"
#include "support/tiercalls.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

OwedInvalidation owedBy(Journal &journal, const char *key)
{
    OwedInvalidation row;
    row.id = journal.newId();
    row.roots = Selector::keys({keyOf(key)});
    row.dependents = Selector::pattern(Glob::compile("search:*").value());
    row.follow = true;
    row.tiers[1] = true;
    row.since = WallTime(Millis(1234));
    return row;
}

template <class Row>
Status keep(Journal &journal, const Row &row)
{
    return await<Status>([&](auto done) { journal.keep(row, done); });
}

Journal::Rows foundBy(SqlJournal &journal)
{
    Journal::Rows rows;
    journal.follow([&](Journal::Rows found) { rows = std::move(found); });
    return rows;
}

} // namespace

class TestSqlJournal : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    ManualClock m_clock;

    QString path() const { return m_dir->filePath(QStringLiteral("deep/journal")); }
    std::unique_ptr<SqlJournal> open() const { return std::make_unique<SqlJournal>(path().toStdString(), m_clock); }
    QStringList files() const { return QDir(path()).entryList(QDir::Files); }
    PendingWrite writeOf(Journal &journal, const char *key, const char *payload, Duration ttl = 1h)
    {
        return {journal.newId(), share(entryOf(key, payload, m_clock, ttl, 0s)), m_clock.wall()};
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void rowsAreFoundAfterwards()
    {
        auto journal = open();
        QVERIFY(!QDir(path()).exists()); // nothing to write, nothing made
        QVERIFY(keep(*journal, owedBy(*journal, "stock:A")));
        QVERIFY(keep(*journal, writeOf(*journal, "user:1", "first")));
        QVERIFY(keep(*journal, writeOf(*journal, "user:1", "second")));
        QVERIFY(keep(*journal, writeOf(*journal, "user:2", "short-lived", 1min)));
        journal.reset();
        m_clock.advance(2min);
        journal = open();
        const Journal::Rows rows = foundBy(*journal);
        QCOMPARE(rows.owed.size(), 1u);
        const OwedInvalidation &owed = rows.owed[0];
        QCOMPARE(owed.roots.toWire(), Selector::keys({keyOf("stock:A")}).toWire());
        QCOMPARE(owed.dependents.describe(), std::string("search:*"));
        QVERIFY(owed.follow && owed.tiers[1] && !owed.tiers[2]);
        QVERIFY(owed.since == WallTime(Millis(1234)));
        QCOMPARE(rows.writes.size(), 2u);
        QCOMPARE(rows.writes[1].entry->payload(), std::string("second"));
        QVERIFY(rows.writes[0].id < rows.writes[1].id);
        QVERIFY(rows.writes[1].entry->staleUntil() == m_clock.now() + 58min);
        QCOMPARE(files().filter(QRegularExpression(QStringLiteral("journal$"))).size(), 1);
    }

    void aRowThatHasDoneItsWorkIsForgotten()
    {
        auto journal = open();
        const OwedInvalidation row = owedBy(*journal, "stock:A");
        QVERIFY(keep(*journal, row));
        QVERIFY(!files().isEmpty());
        journal->drop(row.id);
        journal.reset();
        QVERIFY(files().isEmpty());
        QVERIFY(foundBy(*open()).owed.empty());
    }

    void aRowCanBeReplaced()
    {
        auto journal = open();
        OwedInvalidation row = owedBy(*journal, "stock:A");
        QVERIFY(keep(*journal, row));
        row.follow = false;
        row.dependents = Selector::all();
        QVERIFY(keep(*journal, row));
        journal.reset();
        const Journal::Rows rows = foundBy(*open());
        QCOMPARE(rows.owed.size(), 1u);
        QVERIFY(rows.owed[0].dependents.isAll() && !rows.owed[0].follow);
    }

    void onlyTheOwnerMayReadIt()
    {
        const auto journal = open();
        QVERIFY(keep(*journal, writeOf(*journal, "user:1", "private")));
        const auto foreign = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
        QVERIFY(!(QFile::permissions(path()) & (foreign | QFile::ExeGroup | QFile::ExeOther)));
        for (const QString &name : files())
            QVERIFY(!(QFile::permissions(path() + QLatin1Char('/') + name) & foreign));
    }

    void theLivingKeepTheirFiles()
    {
        const auto one = open();
        QVERIFY(keep(*one, owedBy(*one, "stock:A")));
        const auto two = open();
        QVERIFY(foundBy(*two).owed.empty());
        QVERIFY(keep(*two, owedBy(*two, "stock:B")));
        QCOMPARE(files().filter(QRegularExpression(QStringLiteral("journal$"))).size(), 2);
    }

    // It looks every five seconds.
    void theDeadAreFoundWhileRunning()
    {
        auto one = open();
        const auto two = open();
        Journal::Rows found;
        two->follow([&](Journal::Rows rows) { found = std::move(rows); });
        QVERIFY(keep(*one, owedBy(*one, "stock:A")));
        one.reset();
        QTRY_COMPARE_WITH_TIMEOUT(found.owed.size(), 1u, 20'000);
        QCOMPARE(files().filter(QRegularExpression(QStringLiteral("journal$"))).size(), 1);
    }

    // Killed after it has copied the rows and before it has removed the file they came from.
    void takingOverTwiceDoesNoHarm()
    {
        auto journal = open();
        QVERIFY(keep(*journal, owedBy(*journal, "stock:A")));
        journal.reset();
        const QString orphan = path() + QLatin1Char('/') + files().first();
        QVERIFY(QFile::copy(orphan, m_dir->filePath(QStringLiteral("kept"))));
        journal = open();
        QCOMPARE(foundBy(*journal).owed.size(), 1u);
        journal.reset();
        QVERIFY(QFile::copy(m_dir->filePath(QStringLiteral("kept")), orphan));
        journal = open();
        const Journal::Rows rows = foundBy(*journal);
        QCOMPARE(rows.owed.size(), 2u);
        QVERIFY(rows.owed[0].id != rows.owed[1].id);
        QCOMPARE(files().filter(QRegularExpression(QStringLiteral("journal$"))).size(), 1);
    }

    void aRowThatCannotBeReadMeansEverything()
    {
        auto journal = open();
        QVERIFY(keep(*journal, owedBy(*journal, "stock:A")));
        QVERIFY(keep(*journal, writeOf(*journal, "user:1", "lost")));
        QVERIFY(keep(*journal, writeOf(*journal, "user:2", "kept")));
        journal.reset();
        {
            auto other = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("other"));
            other.setDatabaseName(path() + QLatin1Char('/') + files().first());
            QVERIFY(other.open());
            QSqlQuery query(other);
            QVERIFY(query.exec(QStringLiteral("UPDATE owed SET roots = 'zzz'")));
            QVERIFY(query.exec(QStringLiteral("UPDATE writes SET envelope = 'zzz' WHERE key = 'user:1'")));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("other"));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be read; it is kept as")));
        journal = open();
        const Journal::Rows rows = foundBy(*journal);
        QCOMPARE(rows.owed.size(), 1u);
        QVERIFY(rows.owed[0].roots.isAll());
        QCOMPARE(rows.writes.size(), 1u);
        QCOMPARE(rows.writes[0].entry->payload(), std::string("kept"));
        QCOMPARE(files().filter(QStringLiteral("corrupt-")).size(), 1);
        // What could be read is ours now, and found again.
        journal.reset();
        QCOMPARE(foundBy(*open()).writes.size(), 1u);
    }

    void aNewerVersionIsKeptAside()
    {
        auto journal = open();
        QVERIFY(keep(*journal, owedBy(*journal, "stock:A")));
        journal.reset();
        {
            auto other = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("other"));
            other.setDatabaseName(path() + QLatin1Char('/') + files().first());
            QVERIFY(other.open());
            QSqlQuery(other).exec(QStringLiteral("PRAGMA user_version=99"));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("other"));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("is kept as .*newer version")));
        journal = open();
        QVERIFY(foundBy(*journal).owed.empty());
        QCOMPARE(files().filter(QStringLiteral("corrupt-")).size(), 1);
    }

    void aPlaceThatCannotBeWrittenIsSaidOnce()
    {
        QFile file(m_dir->filePath(QStringLiteral("deep")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto journal = open();
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("nothing more is written down")));
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        for (int i = 0; i < 3; ++i) {
            const Status refused = keep(*journal, owedBy(*journal, "stock:A"));
            QCOMPARE(refused.error().code, ErrorCode::Io);
        }
        file.remove();
        QVERIFY(keep(*journal, owedBy(*journal, "stock:A")));
    }

    void closeAnswersWhoWaits()
    {
        auto journal = open();
        int answered = 0;
        for (int i = 0; i < 10; ++i)
            journal->keep(owedBy(*journal, "stock:A"), [&](const Status &status) { answered += status.has_value(); });
        journal->close();
        QCOMPARE(answered, 10);
        journal->keep(owedBy(*journal, "stock:A"), [&](const Status &status) { answered += status.has_value(); });
        QCOMPARE(answered, 10);
        QCOMPARE(foundBy(*open()).owed.size(), 10u);
    }
};

QTEST_GUILESS_MAIN(TestSqlJournal)
#include "tst_sqljournal.moc"
