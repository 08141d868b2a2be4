// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QProcess>
#include <QDateTime>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>

#include <array>
#include <cstdio>

#include "sql/databasetier.h"
#include "support/process.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

constexpr int killKeys = 8;
using Numbers = std::array<long, killKeys>;

std::string killKey(long number)
{
    return "user:" + std::to_string(number % killKeys);
}

std::unique_ptr<Process> startBehind(const QString &database, const QString &journal)
{
    return std::make_unique<Process>(QString(), database, [&](EngineOptions &options) {
        options.journal = journal.toStdString();
        Policy policy = *PolicyRegistry().policyFor("user");
        policy.strategy = WriteStrategy::Behind;
        options.policies.push_back(policy);
    });
}

/// Writes numbers from `first` on until it is killed, and says which were acknowledged.
int writeForEver(const QString &database, const QString &journal, long first)
{
    const auto process = startBehind(database, journal);
    std::puts("ready");
    std::fflush(stdout);
    for (long number = first;; ++number) {
        if (!process->write(killKey(number), std::to_string(number)))
            return 1;
        std::printf("%ld\n", number);
        std::fflush(stdout);
    }
}

} // namespace

/// Write-behind in processes that are killed.
class TestWriteBehindKill : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    QString m_database = m_dir.filePath(QStringLiteral("cache.db"));
    QString m_journal = m_dir.filePath(QStringLiteral("journal"));

    /// What L3 has, looked at from outside.
    Numbers stored() const
    {
        DatabaseTierOptions options;
        options.url = "sqlite:" + m_database.toStdString();
        const auto tier = DatabaseTier::open(options, Clock::system()).value();
        Numbers numbers{};
        for (long i = 0; i < killKeys; ++i) {
            if (const EntryPtr entry = TierCalls{*tier}.get(killKey(i)).entry)
                numbers[static_cast<std::size_t>(i)] = std::stol(std::string(entry->payload()));
        }
        return numbers;
    }

private Q_SLOTS:
    void race11_killedAtRandomMoments()
    {
        const int kills = qEnvironmentVariableIntValue("INSITECACHE_KILLS") > 0
            ? qEnvironmentVariableIntValue("INSITECACHE_KILLS")
            : 200;
        const auto seed = static_cast<std::uint64_t>(QDateTime::currentMSecsSinceEpoch());
        qInfo("%d kills, seed %llu", kills, static_cast<unsigned long long>(seed));
        const auto random = Random::seeded(seed);
        Numbers acknowledged{}, before{};
        long next = 1;
        for (int round = 0; round < kills; ++round) {
            QProcess worker;
            worker.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--write"), m_database, m_journal, QString::number(next)});
            QVERIFY(worker.waitForStarted());
            const auto lines = static_cast<int>(random->bits() % 60); // none: killed while it starts
            QByteArray said;
            while (said.count('\n') < lines && worker.waitForReadyRead(20'000))
                said += worker.readAll();
            worker.kill();
            worker.waitForFinished();
            said += worker.readAll();
            for (const QByteArray &line : said.left(said.lastIndexOf('\n') + 1).split('\n')) {
                bool isNumber = false;
                const long number = line.toLong(&isNumber);
                if (isNumber)
                    acknowledged[static_cast<std::size_t>(number % killKeys)] = number;
                next = std::max(next, number + 2); // the one after it may have been on its way
            }
            const Numbers after = stored();
            for (std::size_t i = 0; i < killKeys; ++i)
                QVERIFY2(after[i] >= before[i], "an older value was applied over a newer one");
            before = after;
        }
        const auto process = startBehind(m_database, m_journal);
        const auto waiting = [&] {
            std::uint64_t depth = 0;
            process->onCacheThread([&](TieredCache &cache) { depth = cache.writeBehind().waiting; });
            return depth;
        };
        QTRY_COMPARE_WITH_TIMEOUT(waiting(), 0u, 20'000);
        const Numbers last = stored();
        for (std::size_t i = 0; i < killKeys; ++i) {
            QVERIFY(acknowledged[i] > 0);
            QVERIFY2(last[i] >= acknowledged[i], "an acknowledged write was lost");
        }
    }

    void aFullDiskMakesItAWriteThrough()
    {
        const QString place = m_dir.filePath(QStringLiteral("file"));
        QFile file(place);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto process = startBehind(m_database, place + QStringLiteral("/journal"));
        QVERIFY(process->write("user:full", "1"));
        QVERIFY(process->has(Stage::L3, "user:full"));
        QVERIFY(process->engine->metrics().totals().churn.journalFailures >= 1);
    }

    // Another process wrote through meanwhile: what is taken over is older, and dropped.
    void whatIsTakenOverDoesNotOverwriteWhatIsNewer()
    {
        const QString database = m_dir.filePath(QStringLiteral("newer.db"));
        const QString journal = m_dir.filePath(QStringLiteral("newer"));
        {
            DatabaseTierOptions options;
            options.url = "sqlite:" + database.toStdString();
            const auto locked = DatabaseTier::open(options, Clock::system()).value();
            const auto process = startBehind(database, journal);
            auto blocker = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("blocker"));
            blocker.setDatabaseName(database);
            QVERIFY(blocker.open());
            QSqlQuery(blocker).exec(QStringLiteral("BEGIN IMMEDIATE"));
            QVERIFY(process->write("user:1", "older"));
            process->engine.reset(); // it gives up flushing
            QSqlQuery(blocker).exec(QStringLiteral("ROLLBACK"));
            blocker.close();
        }
        QSqlDatabase::removeDatabase(QStringLiteral("blocker"));
        Process other({}, database);
        QVERIFY(other.write("user:1", "newer"));
        const auto next = startBehind(database, journal);
        const auto depth = [&] {
            std::uint64_t waiting = 1;
            next->onCacheThread([&](TieredCache &cache) { waiting = cache.writeBehind().waiting; });
            return waiting;
        };
        QTRY_COMPARE(depth(), 0u);
        next->evictMemory();
        QCOMPARE(next->value("user:1"), std::string("newer"));
    }
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc == 5 && qstrcmp(argv[1], "--write") == 0)
        return writeForEver(
            QString::fromLocal8Bit(argv[2]), QString::fromLocal8Bit(argv[3]), QByteArray(argv[4]).toLong());
    TestWriteBehindKill test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_writebehindkill.moc"
