// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCryptographicHash>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include "support/databasefolder.h"
#include "support/manualclock.h"
#include "support/process.h"
#include "support/redisserver.h"
#include "tiers/envelope.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

QByteArray nameOnServer(RedisServer &server, const std::string &text)
{
    return server.named(QStringLiteral(":v:") + QString::fromStdString(text)).toUtf8();
}

QByteArray flipped(QByteArray bytes, qsizetype at)
{
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    return bytes;
}

QByteArray envelopeOf(const std::string &text, const Clock &clock)
{
    return QByteArray::fromStdString(sealEnvelope(*share(entryOf(text, "the value", clock))));
}

void putOnServer(RedisServer &server, const std::string &text, const QByteArray &bytes)
{
    server.cli({QStringLiteral("EVAL"), QStringLiteral("return redis.call('SET', KEYS[1], ARGV[1], 'PX', 3600000)"),
                   QStringLiteral("1"), QString::fromUtf8(nameOnServer(server, text))},
        bytes);
}

/// Another program at the database file.
class OtherConnection {
public:
    explicit OtherConnection(const QString &path)
    {
        m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name());
        m_database.setDatabaseName(path);
        m_database.open();
    }
    ~OtherConnection()
    {
        m_database = {};
        QSqlDatabase::removeDatabase(name());
    }
    void setEnvelope(const std::string &text, const QByteArray &bytes)
    {
        QSqlQuery query(m_database);
        query.prepare(QStringLiteral("UPDATE entries SET envelope = ? WHERE key = ?"));
        query.addBindValue(bytes);
        query.addBindValue(QString::fromStdString(text));
        query.exec();
    }

private:
    static QString name() { return QStringLiteral("selfhealing"); }
    QSqlDatabase m_database;
};

std::uint64_t corruptAt(const Process &process, Stage stage)
{
    return process.engine->metrics().totals().tiers[static_cast<int>(stage)].corrupt;
}

} // namespace

/// Races 22 to 24 of the protocol: what is damaged is never served, and goes.
class TestSelfHealing : public QObject {
    Q_OBJECT

    DatabaseFolder m_databases;

private Q_SLOTS:
    void race22_anyFlippedByteInRedisIsHealedByOneRead()
    {
        RedisServer server;
        QVERIFY(server.start());
        Process process(server.url(), {});
        const auto bytes = envelopeOf("stock:B000", Clock::system()).size();
        for (qsizetype at = 0; at < bytes; ++at) {
            const std::string text = "stock:B" + std::to_string(100 + at);
            process.upstreamSays(text, "the value");
            putOnServer(server, text, flipped(envelopeOf(text, Clock::system()), at));
            QCOMPARE(process.value(text), std::string("the value"));
            QCOMPARE(corruptAt(process, Stage::L2), std::uint64_t(at + 1));
            process.evictMemory();
            QCOMPARE(process.get(text).answeredBy, Stage::L2);
        }
    }

    void race22_anyFlippedByteInTheDatabaseIsHealedByOneRead()
    {
        const QString path = m_databases.newFile();
        Process process({}, path);
        OtherConnection other(path);
        const auto bytes = envelopeOf("stock:B000", Clock::system()).size();
        for (qsizetype at = 0; at < bytes; ++at) {
            const std::string text = "stock:B" + std::to_string(100 + at);
            process.upstreamSays(text, "the value");
            process.get(text);
            process.evictMemory();
            other.setEnvelope(text, flipped(envelopeOf(text, Clock::system()), at));
            QCOMPARE(process.value(text), std::string("the value"));
            QCOMPARE(corruptAt(process, Stage::L3), std::uint64_t(at + 1));
            process.evictMemory();
            QCOMPARE(process.get(text).answeredBy, Stage::L3);
        }
    }

    void race22_whatIsDamagedAgainAndAgainIsNotCachedForAMinute()
    {
        const QString path = m_databases.newFile();
        ManualClock clock;
        Process process({}, path, [&](EngineOptions &options) { options.clock = &clock; });
        OtherConnection other(path);
        process.upstreamSays("stock:A", "the value");
        process.get("stock:A");
        for (int failure = 1; failure <= 3; ++failure) {
            clock.advance(std::chrono::seconds(10));
            process.evictMemory();
            other.setEnvelope("stock:A", "no envelope");
            QCOMPARE(process.value("stock:A"), std::string("the value"));
            QCOMPARE(process.has(Stage::L3, "stock:A"), failure < 3);
        }
        clock.advance(std::chrono::seconds(59));
        QCOMPARE(process.get("stock:A").answeredBy, Stage::Source);
        QCOMPARE(process.get("stock:A").answeredBy, Stage::Source);
        clock.advance(std::chrono::seconds(2));
        process.get("stock:A");
        QVERIFY(process.has(Stage::L1, "stock:A") && process.has(Stage::L3, "stock:A"));
        // Three, but not within a minute.
        for (int failure = 1; failure <= 3; ++failure) {
            clock.advance(std::chrono::seconds(40));
            process.evictMemory();
            other.setEnvelope("stock:A", "no envelope");
            process.get("stock:A");
            QVERIFY(process.has(Stage::L3, "stock:A"));
        }
    }

    void race23_aRepairThatIsRefusedIsOwed()
    {
        RedisServer server;
        QVERIFY(server.start());
        ManualClock clock;
        Process process(server.url(), {}, [&](EngineOptions &options) { options.clock = &clock; });
        process.upstreamSays("stock:A", "the value");
        const auto allow = [&](const char *what) {
            QCOMPARE(server.cli({QStringLiteral("ACL"), QStringLiteral("SETUSER"), QStringLiteral("default"),
                         QString::fromLatin1(what)}),
                QByteArray("OK"));
        };
        const auto isThere = [&] {
            return server.cli({QStringLiteral("EXISTS"), QString::fromUtf8(nameOnServer(server, "stock:A"))});
        };
        putOnServer(server, "stock:A", "no envelope");
        allow("-eval");
        const LookupStep bad = process.get("stock:A").steps[1];
        QCOMPARE(bad.outcome, Outcome::Corrupt);
        QCOMPARE(bad.why, MissReason::Corrupt);
        QCOMPARE(isThere(), QByteArray("1"));
        process.evictMemory();
        const Lookup owed = process.get("stock:A");
        QCOMPARE(owed.entry->payload(), std::string("the value"));
        QVERIFY(owed.steps[1].error->message.find("still owes 1") != std::string::npos); // not read there
        QCOMPARE(corruptAt(process, Stage::L2), 1u);
        allow("+@all");
        clock.advance(std::chrono::seconds(31)); // a refused command is not tried again before
        QTRY_COMPARE_WITH_TIMEOUT(isThere(), QByteArray("0"), 60'000);
    }

    // The bad copy was read, but a good one has taken its place before the repair arrives.
    void race23_aRepairNeverTakesTheNewerCopy()
    {
        RedisServer server;
        QVERIFY(server.start());
        const QByteArray name = nameOnServer(server, "stock:A");
        const QString drop = QString::fromUtf8(readScript("drop.lua"));
        const QByteArray bad = "no envelope", good = envelopeOf("stock:A", Clock::system());
        const auto hash
            = [](const QByteArray &bytes) { return QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex(); };
        putOnServer(server, "stock:A", good);
        QCOMPARE(server.cli({QStringLiteral("EVAL"), drop, QStringLiteral("1"), QString::fromUtf8(name)}, hash(bad)),
            QByteArray("0"));
        QCOMPARE(server.cli({QStringLiteral("EXISTS"), QString::fromUtf8(name)}), QByteArray("1"));
        QCOMPARE(server.cli({QStringLiteral("EVAL"), drop, QStringLiteral("1"), QString::fromUtf8(name)}, hash(good)),
            QByteArray("1"));
    }

    // SQLite's own checks do not see it: only the envelope's does.
    void race24_aByteThatRotInTheFileIsNoticed()
    {
        const QString path = m_databases.newFile();
        const std::string value = "a value that can be found in the file";
        {
            Process process({}, path);
            process.upstreamSays("stock:A", value);
            process.get("stock:A");
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray content = file.readAll();
        const qsizetype at = content.indexOf(QByteArray::fromStdString(value));
        QVERIFY(at > 0);
        file.seek(at);
        file.write("A");
        file.close();
        Process process({}, path);
        process.upstreamSays("stock:A", value);
        QCOMPARE(process.value("stock:A"), value);
        QCOMPARE(corruptAt(process, Stage::L3), 1u);
        process.evictMemory();
        QCOMPARE(process.get("stock:A").answeredBy, Stage::L3);
    }

private:
    static QByteArray readScript(const char *name)
    {
        QFile file(QStringLiteral(":/insitecache/redis/") + QString::fromLatin1(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

QTEST_GUILESS_MAIN(TestSelfHealing)
#include "tst_selfhealing.moc"
