// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <cstdio>

#include "support/process.h"
#include "support/redisserver.h"
#include "support/redistest.h"
#include "support/words.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

/// One process on these places; its commands wait for Redis as long as `patience`.
std::unique_ptr<Process> start(
    const QString &redis, const QString &database, const QString &journal, Millis patience = 250ms)
{
    return std::make_unique<Process>(redis, database, [&](EngineOptions &options) {
        options.journal = journal.toStdString();
        if (options.redis)
            options.redis->commandTimeout = patience;
    });
}

/// Says that it is ready, and invalidates when it is told to.
int invalidateWhenTold(char **argv)
{
    const auto process
        = start(QString::fromLocal8Bit(argv[2]), QString::fromLocal8Bit(argv[3]), QString::fromLocal8Bit(argv[4]), 1h);
    std::puts("ready");
    std::fflush(stdout);
    std::getchar();
    process->invalidate("stock:A");
    return 0;
}

} // namespace

/// A Redis that misses invalidations: with a real server, a real database, and processes that are killed.
class TestOwedRedis : public RedisTest {
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_cases = 0;
    QString m_database, m_journal;

    std::unique_ptr<Process> startOn(const RedisServer &server) const
    {
        return start(server.url(), m_database, m_journal);
    }
    QStringList filesOf(const char *pattern) const
    {
        return QDir(m_journal).entryList({QString::fromLatin1(pattern)}, QDir::Files);
    }
    static void warm(Process &process)
    {
        for (const char *text : {"stock:A", "stock:B"}) {
            process.upstreamSays(text, "old");
            QCOMPARE(process.value(text), std::string("old"));
            process.upstreamSays(text, "new");
        }
    }
    static InvalidationResult invalidate(Process &process, const Selector &which, bool expire)
    {
        Invalidation what;
        what.which = which;
        what.expire = expire;
        return process.engine->invalidate(what).result();
    }
    static std::string below(Process &process, const char *text)
    {
        process.evictMemory();
        return process.value(text);
    }

private Q_SLOTS:
    void init()
    {
        m_database = m_dir.filePath(QStringLiteral("cache%1.db").arg(++m_cases));
        m_journal = m_dir.filePath(QStringLiteral("state%1/journal").arg(m_cases));
    }

    void whatAnOutageKeepsIsMadeUpFor_data()
    {
        QTest::addColumn<int>("how");
        QTest::addColumn<bool>("restart");
        for (const bool restart : {false, true}) {
            QTest::addRow("remove by name, restart %d", restart) << 0 << restart;
            QTest::addRow("remove all, restart %d", restart) << 1 << restart;
            QTest::addRow("expire, restart %d", restart) << 2 << restart;
            QTest::addRow("replace, restart %d", restart) << 3 << restart;
        }
    }
    // The outdated copy survives on the server; nobody must ever read it again.
    void whatAnOutageKeepsIsMadeUpFor()
    {
        QFETCH(int, how);
        QFETCH(bool, restart);
        RedisServer server;
        QVERIFY(server.start());
        auto process = startOn(server);
        warm(*process);
        server.pause();
        if (how < 3) {
            const Selector which = how == 1 ? Selector::all() : Selector::keys({keyOf("stock:A")});
            const InvalidationResult result = invalidate(*process, which, how == 2);
            QCOMPARE(result.partial.size(), 1u);
            QCOMPARE(result.partial[0].stage, Stage::L2);
        } else {
            QVERIFY(!process->write("stock:A", "new"));
        }
        QCOMPARE(process->owed(), 1u);
        if (restart) {
            process.reset();
            QCOMPARE(filesOf("*").size(), 1);
            process = startOn(server);
            QCOMPARE(process->owed(), 1u);
            process->upstreamSays("stock:A", "new");
            process->upstreamSays("stock:B", "new");
        }
        QCOMPARE(below(*process, "stock:A"), std::string("new"));
        server.resume();
        QTRY_VERIFY2_WITH_TIMEOUT(
            (below(*process, "stock:A") == "new") && process->owed() == 0, "not caught up", 20'000);
        process->evictMemory();
        const Lookup other = process->get("stock:B");
        QCOMPARE(other.entry->payload(), std::string(how == 1 ? "new" : "old"));
        QCOMPARE(process->get("stock:A", {.bypassCache = true}).entry->payload(), std::string("new"));
        process->evictMemory();
        QCOMPARE(process->get("stock:A").answeredBy, Stage::L2);
        process.reset();
        QCOMPARE(filesOf("*"), QStringList());
    }

    // The trap among the faults: reads go on, so an invalidation that was refused would never be noticed.
    void aServerThatRefusesRemovalsServesNothingOutdated_data()
    {
        QTest::addColumn<bool>("replica");
        QTest::newRow("a replica") << true;
        QTest::newRow("a server that cannot save") << false;
    }
    void aServerThatRefusesRemovalsServesNothingOutdated()
    {
        QFETCH(bool, replica);
        RedisServer server;
        const QString disk = server.filePath(QStringLiteral("disk"));
        QVERIFY(QDir().mkdir(disk));
        QVERIFY(server.start({QStringLiteral("--save"), QStringLiteral("3600 1"), QStringLiteral("--dir"), disk}));
        const auto processOwner = startOn(server);
        Process &process = *processOwner;
        warm(process);
        if (replica) {
            server.cli(words("REPLICAOF 127.0.0.1 1"));
        } else {
            QVERIFY(QDir().rmdir(disk));
            server.cli(words("BGSAVE"));
            QTRY_COMPARE(server.info("rdb_last_bgsave_status"), QByteArray("err"));
        }
        const InvalidationResult result = process.invalidate("stock:A");
        QCOMPARE(result.partial.size(), 1u);
        QCOMPARE(result.partial[0].error.code, ErrorCode::Refused);
        process.evictMemory();
        const Lookup read = process.get("stock:A");
        QCOMPARE(read.entry->payload(), std::string("new"));
        QCOMPARE(read.steps[1].outcome, Outcome::Open);
        QVERIFY(read.steps[1].error->message.find("owes 1 removals") != std::string::npos);
        process.evictMemory();
        QCOMPARE(process.get("stock:B").answeredBy, Stage::L2);
        server.cli(words(replica ? "REPLICAOF NO ONE" : "CONFIG SET stop-writes-on-bgsave-error no"));
        QTRY_COMPARE_WITH_TIMEOUT(process.owed(), 0u, 20'000);
        QCOMPARE(below(process, "stock:A"), std::string("new"));
    }

    void aFullServerDoesNotKeepWhatWasReplaced()
    {
        RedisServer server;
        QVERIFY(server.start());
        const auto processOwner = startOn(server);
        Process &process = *processOwner;
        warm(process);
        server.cli(words("CONFIG SET maxmemory 1"));
        const Status refused = process.write("stock:A", "written");
        QCOMPARE(refused.error().code, ErrorCode::Refused);
        QTRY_COMPARE(process.owed(), 0u);
        process.evictMemory();
        const Lookup read = process.get("stock:A");
        QCOMPARE(read.answeredBy, Stage::L3);
        QCOMPARE(read.entry->payload(), std::string("written"));
    }

    // L3 has carried it out and L2 has not when the process dies.
    void killedInTheMiddleOfAnInvalidation()
    {
        RedisServer server;
        QVERIFY(server.start());
        {
            const auto processOwner = startOn(server);
            Process &process = *processOwner;
            warm(process);
        }
        QProcess worker;
        worker.start(QCoreApplication::applicationFilePath(),
            {QStringLiteral("--invalidate"), server.url(), m_database, m_journal});
        QVERIFY(worker.waitForReadyRead(20'000));
        // Reads go on, and whatever writes waits.
        server.cli(words("CLIENT PAUSE 100000 WRITE"));
        worker.write("\n");
        {
            Process onlooker({}, m_database);
            onlooker.upstreamSays("stock:A", "new");
            QTRY_COMPARE_WITH_TIMEOUT(below(onlooker, "stock:A"), std::string("new"), 20'000);
        }
        worker.kill();
        worker.waitForFinished();
        QTRY_VERIFY(!server.cli(words("CLIENT LIST")).contains("name=insitecache"));
        server.cli(words("CLIENT UNPAUSE"));
        const QString name = server.named(QStringLiteral(":v:stock:A"));
        QCOMPARE(server.cli({QStringLiteral("EXISTS"), name}), QByteArray("1"));
        QCOMPARE(filesOf("*.journal").size(), 1);
        const auto nextOwner = startOn(server);
        Process &next = *nextOwner;
        next.upstreamSays("stock:A", "new");
        QCOMPARE(next.value("stock:A"), std::string("new"));
        QTRY_COMPARE(next.owed(), 0u);
        QCOMPARE(below(next, "stock:A"), std::string("new"));
        QCOMPARE(below(next, "stock:B"), std::string("old"));
    }

    void aJournalThatCannotBeReadIsKeptAside_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("not a database") << QByteArray("this is a letter\n").repeated(300);
        QTest::newRow("a database of another program") << QByteArray();
    }
    void aJournalThatCannotBeReadIsKeptAside()
    {
        QFETCH(QByteArray, content);
        RedisServer server;
        QVERIFY(server.start());
        {
            const auto processOwner = startOn(server);
            Process &process = *processOwner;
            warm(process);
            server.pause();
            process.invalidate("stock:A");
        }
        const QString damaged = m_journal + QStringLiteral("/a.journal");
        if (content.isEmpty()) {
            QVERIFY(QFile::copy(m_database, damaged));
        } else {
            QFile file(damaged);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        }
        QTest::ignoreMessage(QtWarningMsg,
            QRegularExpression(QStringLiteral("a\\.journal cannot be read; it is kept as .*corrupt-.*may be lost")));
        const auto processOwner = startOn(server);
        Process &process = *processOwner;
        process.upstreamSays("stock:A", "new");
        QCOMPARE(filesOf("a.journal.corrupt-*").size(), 1);
        QCOMPARE(process.owed(), 1u);
        QCOMPARE(process.value("stock:A"), std::string("new"));
        server.resume();
        QTRY_COMPARE_WITH_TIMEOUT(process.owed(), 0u, 20'000);
        QCOMPARE(below(process, "stock:A"), std::string("new"));
    }
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc == 5 && qstrcmp(argv[1], "--invalidate") == 0)
        return invalidateWhenTold(argv);
    TestOwedRedis test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_owedredis.moc"
