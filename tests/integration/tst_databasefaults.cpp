// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdio>
#include <future>

#include <sched.h>
#include <sys/mount.h>

#include "sql/databasetier.h"
#include "support/manualclock.h"
#include "support/otherprogram.h"
#include "support/tiercalls.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

/// A file system of this thread alone, until it ends.
class PrivateMount {
public:
    explicit PrivateMount(const QString &at) : m_at(QFile::encodeName(at)) {}
    ~PrivateMount()
    {
        if (m_mounted)
            umount2(m_at.constData(), MNT_DETACH);
    }

    bool mountReadOnly()
    {
        m_mounted = unshared() && mount(m_at.constData(), m_at.constData(), nullptr, MS_BIND, nullptr) == 0;
        return m_mounted && mount(nullptr, m_at.constData(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) == 0;
    }
    bool mountSmall(const char *size)
    {
        m_mounted = unshared() && mount("small", m_at.constData(), "tmpfs", 0, size) == 0;
        return m_mounted;
    }

private:
    static bool unshared()
    {
        return unshare(CLONE_NEWNS) == 0 && mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    }

    QByteArray m_at;
    bool m_mounted = false;
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool overwrite(const QString &path, qint64 at, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::ReadWrite) && file.seek(at) && file.write(bytes) == bytes.size();
}

std::string nameOf(int i)
{
    return "stock:S" + std::to_string(i);
}

std::string valueOf(int i)
{
    return "value " + std::to_string(i) + ' ' + std::string(200, static_cast<char>('a' + i % 26));
}

/// Writes rows until it is killed, and says which of them were acknowledged.
int writeForEver(const char *path)
{
    DatabaseTierOptions options;
    options.url = std::string("sqlite:") + path;
    const auto tier = DatabaseTier::open(options, Clock::system());
    if (!tier)
        return 1;
    const TierCalls calls{**tier};
    for (int i = 0; i < 1'000'000; ++i) {
        if (!calls.put({share(entryOf(nameOf(i), valueOf(i), Clock::system()))}))
            return 1;
        std::printf("%d\n", i);
        std::fflush(stdout);
    }
    return 0;
}

} // namespace

class TestDatabaseFaults : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    ManualClock m_clock;

    QString path() const { return m_dir->filePath(QStringLiteral("cache.db")); }
    QStringList keptAside() const { return QDir(m_dir->path()).entryList({QStringLiteral("cache.db.corrupt-*")}); }

    Result<std::shared_ptr<DatabaseTier>> open(const std::function<void(DatabaseTierOptions &)> &change = {})
    {
        DatabaseTierOptions options;
        options.url = "sqlite:" + path().toStdString();
        options.busyTimeout = 50ms;
        if (change)
            change(options);
        return DatabaseTier::open(options, m_clock);
    }
    EntryPtr entry(const std::string &key, std::string payload = "value")
    {
        return share(entryOf(key, std::move(payload), m_clock));
    }
    void fill(int rows)
    {
        const auto tier = open();
        std::vector<EntryPtr> entries;
        for (int i = 0; i < rows; ++i)
            entries.push_back(entry(nameOf(i), valueOf(i)));
        QVERIFY(TierCalls{**tier}.put(entries));
    }
    /// How many of the rows are there, and right. Fails on any answer that is wrong.
    int intactRows(Tier &tier, int rows)
    {
        int intact = 0;
        for (int i = 0; i < rows; ++i) {
            const TierRead read = TierCalls{tier}.get(nameOf(i));
            if (read.outcome == Outcome::Hit && read.entry->payload() == valueOf(i))
                ++intact;
            else if (read.outcome != Outcome::Miss && read.outcome != Outcome::Corrupt)
                QTest::qFail("neither the right value nor none", __FILE__, __LINE__);
        }
        return intact;
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_dir.reset(); }

    void notADatabaseIsKeptAsideAndSaid()
    {
        const QByteArray letter = QByteArray("this is a letter, not a database\n").repeated(100);
        QVERIFY(overwrite(path(), 0, letter));
        const auto tier = open();
        QVERIFY(tier);
        QCOMPARE((*tier)->notices().size(), 1u);
        QCOMPARE(keptAside().size(), 1);
        QCOMPARE(contentOf(m_dir->filePath(keptAside().first())), letter);
        QVERIFY((*tier)->notices()[0].find(keptAside().first().toStdString()) != std::string::npos);
        QVERIFY(TierCalls{**tier}.put({entry("stock:A")}));
        QCOMPARE(TierCalls{**tier}.get("stock:A").outcome, Outcome::Hit);
    }

    void emptyFileIsANewDatabase()
    {
        QVERIFY(overwrite(path(), 0, {}));
        const auto tier = open();
        QVERIFY(tier && (*tier)->notices().empty());
        QVERIFY(TierCalls{**tier}.put({entry("stock:A")}));
    }

    void foreignDatabaseIsNotTouched()
    {
        {
            OtherProgram other(path());
            other.run(QStringLiteral("CREATE TABLE mail (text)"));
        }
        const QByteArray before = contentOf(path());
        const auto tier = open();
        QVERIFY(!tier);
        QCOMPARE(tier.error().code, ErrorCode::Refused);
        QCOMPARE(contentOf(path()), before);
        QVERIFY(keptAside().isEmpty());
    }

    void newerVersionIsNotTouched()
    {
        fill(1);
        {
            OtherProgram other(path());
            other.run(QStringLiteral("PRAGMA user_version=99"));
        }
        QCOMPARE(open().error().code, ErrorCode::Refused);
    }

    void olderVersionIsBroughtUpToDate()
    {
        fill(1);
        {
            OtherProgram other(path());
            for (const char *statement : {"DROP TABLE invalidations", "DROP TABLE edges", "DROP TABLE identity",
                     "DROP TABLE schedule", "DROP TABLE followed", "PRAGMA user_version=1"})
                other.run(QString::fromLatin1(statement));
        }
        const auto tier = open();
        QVERIFY(tier);
        QCOMPARE(TierCalls{**tier}.list(Selector::all(), 10)->total, 1u);
        QVERIFY(TierCalls{**tier}.remove(Selector::all()));
    }

    void onlyTheOwnerMayReadTheFile()
    {
        const auto tier = open();
        QVERIFY(TierCalls{**tier}.put({entry("user:1", "private")}));
        for (const char *suffix : {"", "-wal", "-shm"}) {
            const auto mode = QFile::permissions(path() + QString::fromLatin1(suffix));
            QVERIFY(mode & QFile::ReadOwner);
            QVERIFY(!(mode & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)));
        }
    }

    void damagedPageIsRebuiltAroundOnTheRun()
    {
        constexpr int rows = 400;
        fill(rows);
        const qint64 found = contentOf(path()).indexOf("value 200 ");
        QVERIFY(found > 0 && overwrite(path(), found / 4096 * 4096, QByteArray(4096, '\xAA')));
        const auto tier = open();
        QVERIFY(tier);
        QVERIFY((*tier)->notices().empty());
        const int intact = intactRows(**tier, rows);
        QVERIFY2(intact > rows / 2 && intact < rows, qPrintable(QString::number(intact)));
        QCOMPARE(keptAside().size(), 1);
        QVERIFY(TierCalls{**tier}.usage().detail.find("is kept as") != std::string::npos);
        QVERIFY(TierCalls{**tier}.put({entry("stock:NEW")}));
        QCOMPARE(TierCalls{**tier}.get("stock:NEW").outcome, Outcome::Hit);
        // Another start finds a sound file.
        (*tier)->close();
        const auto again = open();
        QVERIFY(again && (*again)->notices().empty());
        QCOMPARE(intactRows(**again, rows), intact);
        QCOMPARE(OtherProgram(path()).run(QStringLiteral("PRAGMA integrity_check")), QStringLiteral("ok"));
    }

    void truncatedFileNeverAnswersWrongly_data()
    {
        QTest::addColumn<int>("percent");
        for (const int percent : {99, 70, 40, 10, 1, 0})
            QTest::addRow("%d %%", percent) << percent;
    }

    void truncatedFileNeverAnswersWrongly()
    {
        QFETCH(int, percent);
        constexpr int rows = 200;
        fill(rows);
        QFile file(path());
        QVERIFY(file.resize(file.size() * percent / 100));
        const auto tier = open();
        QVERIFY2(tier, tier ? "" : tier.error().toString().c_str());
        QVERIFY(intactRows(**tier, rows) < rows);
        QVERIFY(TierCalls{**tier}.put({entry("stock:NEW")}));
        QCOMPARE(TierCalls{**tier}.get("stock:NEW").outcome, Outcome::Hit);
    }

    void lockedFileIsStillRead()
    {
        const auto tier = open();
        const TierCalls calls{**tier};
        QVERIFY(calls.put({entry("stock:A", "old")}));
        OtherProgram other(path());
        other.run(QStringLiteral("BEGIN IMMEDIATE"));
        const Status refused = calls.put({entry("stock:A", "new")});
        QCOMPARE(refused.error().code, ErrorCode::Io);
        QVERIFY(refused.error().hint.find("another program holds it") != std::string::npos);
        QCOMPARE(calls.get("stock:A").entry->payload(), std::string("old"));
        QCOMPARE(calls.remove(Selector::all()).error().code, ErrorCode::Io);
        other.run(QStringLiteral("COMMIT"));
        QVERIFY(calls.put({entry("stock:A", "new")}));
        QCOMPARE(calls.get("stock:A").entry->payload(), std::string("new"));
    }

    void twoProcessesShareOneFile()
    {
        const auto patient = [](DatabaseTierOptions &o) { o.busyTimeout = 20s; };
        const auto one = open(patient), two = open(patient);
        int waiting = 400, failures = 0;
        for (int i = 0; i < 200; ++i) {
            for (const auto &tier : {*one, *two}) {
                tier->put({{entry(nameOf(i), valueOf(i))}}, [&](const Status &status) {
                    --waiting;
                    failures += !status;
                });
            }
        }
        QTRY_COMPARE_WITH_TIMEOUT(waiting, 0, 60'000);
        QCOMPARE(failures, 0);
        QCOMPARE(intactRows(**one, 200), 200);
        QCOMPARE(TierCalls{**two}.remove(Selector::all()).value(), 200u);
        QCOMPARE(TierCalls{**one}.get(nameOf(7)).outcome, Outcome::Miss);
    }

    // Two processes start together: the one makes the new file its own while the other wants the same.
    void newFileThatAnotherProgramHoldsIsWaitedFor()
    {
        OtherProgram other(path());
        other.run(QStringLiteral("BEGIN IMMEDIATE"));
        auto opening = std::async(std::launch::async, [this] {
            const auto tier = open([](DatabaseTierOptions &o) { o.busyTimeout = 60s; });
            return tier ? Status() : Status(tl::unexpected(tier.error()));
        });
        // Without patience it has given up by then; a slow machine only makes it wait less.
        QVERIFY(opening.wait_for(200ms) == std::future_status::timeout);
        other.run(QStringLiteral("COMMIT"));
        const Status opened = opening.get();
        QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
    }

    void removedFileIsNoticed()
    {
        const auto tier = open([](DatabaseTierOptions &o) { o.purgeInterval = 1ms; });
        const TierCalls calls{**tier};
        QVERIFY(calls.put({entry("stock:A")}));
        QVERIFY(QFile::rename(path(), path() + QStringLiteral(".moved")));
        QTRY_VERIFY(QFile::exists(path()));
        QTRY_COMPARE(calls.get("stock:A").outcome, Outcome::Miss);
        QVERIFY(calls.put({entry("stock:A", "again")}));
        QCOMPARE(OtherProgram(path()).run(QStringLiteral("SELECT count(*) FROM entries")), QStringLiteral("1"));
    }

    void expiredRowsArePurged()
    {
        const auto tier = open([](DatabaseTierOptions &o) { o.purgeInterval = 1ms; });
        QVERIFY(TierCalls{**tier}.put({entry("stock:A"), entry("stock:B")}));
        m_clock.advance(4h);
        OtherProgram other(path());
        QTRY_COMPARE(other.run(QStringLiteral("SELECT count(*) FROM entries")), QStringLiteral("0"));
    }

    void clockThatGoesBackEndsALife()
    {
        const auto tier = open();
        const TierCalls calls{**tier};
        QVERIFY(calls.put({entry("stock:A")}));
        m_clock.jumpWall(-500ms);
        QCOMPARE(calls.get("stock:A").outcome, Outcome::Hit);
        m_clock.jumpWall(-1h);
        QCOMPARE(calls.get("stock:A").outcome, Outcome::Miss);
        m_clock.jumpWall(1h);
        // A step forward can only shorten.
        m_clock.jumpWall(2h);
        QCOMPARE(calls.get("stock:A").outcome, Outcome::Stale);
    }

    void readOnlyFolderIsAClearError()
    {
        PrivateMount mount(m_dir->path());
        if (!mount.mountReadOnly())
            QSKIP("mounting needs root");
        const auto tier = open();
        QVERIFY(!tier);
        QCOMPARE(tier.error().code, ErrorCode::Io);
        QVERIFY(tier.error().message.find(path().toStdString()) != std::string::npos);
        QVERIFY(tier.error().hint.find("may write there") != std::string::npos);
    }

    void fullDiskStillReads()
    {
        PrivateMount mount(m_dir->path());
        if (!mount.mountSmall("size=600k"))
            QSKIP("mounting needs root");
        const auto tier = open();
        const TierCalls calls{**tier};
        Status status;
        int stored = 0;
        while (stored < 2000 && (status = calls.put({entry(nameOf(stored), valueOf(stored) + valueOf(7))})))
            ++stored;
        QVERIFY(stored > 10 && stored < 2000);
        QCOMPARE(status.error().code, ErrorCode::Io);
        QVERIFY(status.error().hint.find("disk space") != std::string::npos);
        for (int i = 0; i < stored; ++i)
            QCOMPARE(calls.get(nameOf(i)).outcome, Outcome::Hit);
        QCOMPARE(calls.get(nameOf(stored)).outcome, Outcome::Miss);
    }

    void killedProcessLosesNothingItAcknowledged()
    {
        for (int round = 1; round <= 5; ++round) {
            QProcess writer;
            writer.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--write"), path()});
            QByteArray said;
            while (said.count('\n') < 40 * round && writer.waitForReadyRead(20'000))
                said += writer.readAll();
            writer.kill();
            writer.waitForFinished();
            said += writer.readAll();
            const auto lines = said.left(said.lastIndexOf('\n')).split('\n');
            QVERIFY(lines.size() >= 40 * round);
            DatabaseTierOptions options;
            options.url = "sqlite:" + path().toStdString();
            const auto tier = DatabaseTier::open(options, Clock::system());
            QVERIFY(tier && (*tier)->notices().empty());
            QCOMPARE(intactRows(**tier, static_cast<int>(lines.size())), lines.size());
            QCOMPARE(OtherProgram(path()).run(QStringLiteral("PRAGMA integrity_check")), QStringLiteral("ok"));
        }
    }

    void whatFailsHereHidesNothingThatOthersInvalidated()
    {
        const QString file = path();
        DatabaseTierOptions options;
        options.url = "sqlite:" + file.toStdString();
        options.l2 = "one";
        const auto mine = DatabaseTier::open(options, m_clock).value();
        const auto same = DatabaseTier::open(options, m_clock).value();
        options.l2 = "another";
        const auto theirs = DatabaseTier::open(options, m_clock).value();
        const auto remove = [](DatabaseTier &tier, const char *text) {
            return TierCalls{tier}.remove(Selector::keys({keyOf(text)}));
        };
        const auto heard
            = [&] { return await<Result<DatabaseTier::Heard>>([&](auto done) { mine->listen(done); }).value(); };
        QVERIFY(heard().rows->empty());
        QVERIFY(remove(*same, "stock:A"));
        OtherProgram other(file);
        other.run(QStringLiteral("CREATE TRIGGER refuse BEFORE INSERT ON invalidations"
                                 " BEGIN SELECT RAISE(ABORT, 'refused'); END"));
        QVERIFY(!remove(*mine, "stock:B"));
        other.run(QStringLiteral("DROP TRIGGER refuse"));
        QVERIFY(remove(*theirs, "stock:C"));
        const auto rows = heard().rows;
        QVERIFY(rows);
        QCOMPARE(rows->size(), 2u);
        QCOMPARE(rows->at(0).which.describe(), std::string("stock:A"));
        QVERIFY(rows->at(0).inOurL2);
        QCOMPARE(rows->at(1).which.describe(), std::string("stock:C"));
        QVERIFY(!rows->at(1).inOurL2);
        other.run(QStringLiteral("INSERT INTO invalidations (seq, origin, scope) VALUES (100, 'x', 'x')"));
        QVERIFY(!heard().rows);
    }
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--write") == 0)
        return writeForEver(argv[2]);
    TestDatabaseFaults test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_databasefaults.moc"
