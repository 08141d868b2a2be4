// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <cstdio>
#include <thread>

#include <insitecache/tiers/privateredis.h>

#include "redis/redistier.h"
#include "support/tiercalls.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

QString socketOf(const std::string &url)
{
    return QString::fromStdString(url).mid(5);
}

bool accepts(const QString &socket)
{
    QLocalSocket client;
    client.connectToServer(socket);
    return client.waitForConnected(5000);
}

QByteArray cli(const std::string &url, const char *words)
{
    QProcess process;
    process.start(QStringLiteral("redis-cli"),
        QStringList{QStringLiteral("-s"), socketOf(url)} + QString::fromLatin1(words).split(QLatin1Char(' ')));
    process.waitForFinished();
    return process.readAllStandardOutput().trimmed();
}

/// Starts one from a thread that ends at once, says where it is, and waits to be killed.
int holdRedis(const char *directory)
{
    std::unique_ptr<PrivateRedis> redis;
    std::thread([&] {
        if (auto started = PrivateRedis::start(directory, 0))
            redis = std::move(*started);
    }).join();
    std::printf("%s\n", redis ? redis->url().c_str() : "failed");
    std::fflush(stdout);
    return QCoreApplication::exec();
}

} // namespace

class TestPrivateRedis : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    std::string directory() const { return m_dir->path().toStdString(); }
    QStringList files() const { return QDir(m_dir->path()).entryList(QDir::Files | QDir::System); }

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("redis-server")).isEmpty())
            QSKIP("redis-server is not installed");
    }
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_dir.reset(); }

    void servesATierAndEndsWithTheObject()
    {
        auto redis = PrivateRedis::start(directory(), 64u << 20);
        QVERIFY2(redis, redis ? "" : redis.error().toString().c_str());
        const std::string url = (*redis)->url();
        {
            RedisTierOptions options;
            options.url = url;
            const auto random = Random::seeded(1);
            const auto tier = makeRedisTier(options, Clock::system(), *random).value();
            const TierCalls calls{*tier};
            QVERIFY(calls.put({share(entryOf("stock:A", "1", Clock::system()))}));
            QCOMPARE(calls.get("stock:A").outcome, Outcome::Hit);
        }
        redis->reset();
        QVERIFY(!accepts(socketOf(url)));
        QVERIFY(files().isEmpty());
    }

    void listensNowhereElseAndSavesNothing()
    {
        const auto redis = PrivateRedis::start(directory(), 64u << 20).value();
        QCOMPARE(cli(redis->url(), "CONFIG GET port"), QByteArray("port\n0"));
        QCOMPARE(cli(redis->url(), "CONFIG GET save"), QByteArray("save"));
        QCOMPARE(cli(redis->url(), "CONFIG GET appendonly"), QByteArray("appendonly\nno"));
        QCOMPARE(cli(redis->url(), "CONFIG GET maxmemory"), QByteArray("maxmemory\n67108864"));
        QCOMPARE(cli(redis->url(), "CONFIG GET maxmemory-policy"), QByteArray("maxmemory-policy\nvolatile-lru"));
        const auto mode = QFile::permissions(socketOf(redis->url()));
        QVERIFY(!(mode & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
    }

    void twoInOneFolderDoNotDisturbEachOther()
    {
        const auto one = PrivateRedis::start(directory(), 0).value();
        auto two = PrivateRedis::start(directory(), 0).value();
        QVERIFY(one->url() != two->url());
        QVERIFY(accepts(socketOf(one->url())));
        two.reset();
        QCOMPARE(cli(one->url(), "PING"), QByteArray("PONG"));
    }

    void endsWhenThisProcessIsKilledButNotWithTheStartingThread()
    {
        QProcess holder;
        holder.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--hold"), m_dir->path()});
        QVERIFY(holder.waitForReadyRead(20'000));
        const QString socket = socketOf(holder.readLine().trimmed().toStdString());
        // The thread that called start() is long gone.
        QVERIFY2(accepts(socket), qPrintable(socket));
        holder.kill();
        QVERIFY(holder.waitForFinished());
        QTRY_VERIFY(!accepts(socket));
        // The next start clears what the dead left behind.
        QVERIFY(QFile::exists(socket));
        const auto redis = PrivateRedis::start(directory(), 0).value();
        QVERIFY(!QFile::exists(socket));
        QCOMPARE(files().size(), 2);
    }

    void missingProgramSaysHowToInstallIt()
    {
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", "/nonexistent");
        const auto redis = PrivateRedis::start(directory(), 0);
        qputenv("PATH", path);
        QVERIFY(!redis);
        QCOMPARE(redis.error().code, ErrorCode::Unconfigured);
        QVERIFY(redis.error().hint.find("install the package redis-server") != std::string::npos);
    }

    void failureCarriesTheLastLineOfTheLog()
    {
        // A server that does not understand its own command line.
        const QString fake = m_dir->filePath(QStringLiteral("redis-server"));
        QFile script(fake);
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\nwhile [ $# -gt 1 ]; do [ \"$1\" = --logfile ] && log=$2; shift; done\n"
                     "echo first >\"$log\"\necho 'the reason' >>\"$log\"\nexit 1\n");
        script.close();
        QVERIFY(script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", QFile::encodeName(m_dir->path()) + ':' + path);
        const auto redis = PrivateRedis::start(directory(), 0);
        qputenv("PATH", path);
        QVERIFY(!redis);
        QCOMPARE(redis.error().code, ErrorCode::Unavailable);
        QVERIFY2(redis.error().message.find("the reason") != std::string::npos, redis.error().message.c_str());
    }

    void pathThatIsTooLongIsAnError()
    {
        const QString deep = m_dir->filePath(QString(100, QLatin1Char('d')));
        QVERIFY(QDir().mkpath(deep));
        QCOMPARE(PrivateRedis::start(deep.toStdString(), 0).error().code, ErrorCode::InvalidArgument);
    }
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--hold") == 0)
        return holdRedis(argv[2]);
    TestPrivateRedis test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_privateredis.moc"
