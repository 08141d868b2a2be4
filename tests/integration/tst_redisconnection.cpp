// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QFile>
#include <QTcpSocket>

#include "redis/redisconnection.h"
#include "support/await.h"
#include "support/cannedserver.h"
#include "support/manualclock.h"
#include "support/redisserver.h"
#include "support/redistest.h"
#include "support/tcpproxy.h"
#include "support/words.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

using Words = std::initializer_list<std::string_view>;
using Results = std::vector<RedisResult>;

/// A connection with patience for the test machine, none for waiting between tries.
struct Client {
    explicit Client(const QString &url, const std::function<void(RedisConnectionOptions &)> &change = {})
    {
        RedisConnectionOptions options;
        options.url = RedisUrl::parse(url.toStdString()).value();
        options.connectTimeout = 5s;
        options.commandTimeout = 5s;
        options.firstRetry = 1ms;
        options.lastRetry = 20ms;
        options.attentionRetry = 1h;
        if (change)
            change(options);
        connection = std::make_unique<RedisConnection>(options, clock, *random);
        connection->onReady = [this] { ++ready; };
        connection->onDown = [this](const RedisFailure &failure) {
            ++down;
            lastFailure = failure;
        };
        connection->open();
    }

    std::shared_ptr<Results> start(Words words)
    {
        RedisBatch batch;
        batch.add(words);
        auto results = std::make_shared<Results>();
        connection->send(batch, [results](Results got) { *results = std::move(got); });
        return results;
    }
    std::shared_ptr<Results> ask(Words words)
    {
        auto results = start(words);
        if (!QTest::qWaitFor([&] { return !results->empty(); }, 20'000))
            throw std::runtime_error("no answer");
        return results;
    }
    std::string text(Words words)
    {
        const auto results = ask(words);
        const auto &result = results->at(0);
        return result ? std::string(result->text()) : "failed: " + result.error().error.message;
    }

    ManualClock clock;
    std::unique_ptr<Random> random = Random::seeded(1);
    std::unique_ptr<RedisConnection> connection;
    RedisFailure lastFailure;
    int ready = 0, down = 0;
};

QString writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        throw std::runtime_error("cannot write");
    return path;
}

} // namespace

class TestRedisConnection : public RedisTest {
    Q_OBJECT

private Q_SLOTS:
    // The event loop does not run in between.
    void whoIsAloneLeavesAtOnce()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client client(server.url());
        QCOMPARE(client.text({"SET", "k", "old"}), std::string("OK"));
        client.start({"SET", "k", "new"});
        const auto there = [&] { return server.cli({QStringLiteral("GET"), QStringLiteral("k")}).contains("new"); };
        bool arrived = there();
        for (const QDeadlineTimer patience(20'000); !arrived && !patience.hasExpired();)
            arrived = there();
        QVERIFY(arrived);
    }

    void speaksOverEverySocket_data()
    {
        QTest::addColumn<int>("where");
        QTest::newRow("unix") << int(RedisServer::On::Socket);
        QTest::newRow("tcp") << int(RedisServer::On::Port);
        QTest::newRow("tls") << int(RedisServer::On::Tls);
    }

    void speaksOverEverySocket()
    {
        QFETCH(int, where);
        RedisServer server(static_cast<RedisServer::On>(where));
        QVERIFY(server.start());
        Client client(server.url(), [&](auto &o) { o.caFile = server.caFile().toStdString(); });
        const std::string value(300'000, '\0');
        QCOMPARE(QByteArray::fromStdString(client.text({"SET", "k\r\n", value})), QByteArray("OK"));
        QVERIFY(client.text({"GET", "k\r\n"}) == value);
        QVERIFY(client.text({"CLIENT", "LIST"}).find("name=insitecache") != std::string::npos);
    }

    void selectsTheDatabase()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client client(server.url() + QStringLiteral("?db=3"));
        QCOMPARE(client.text({"SET", "k", "v"}), std::string("OK"));
        QCOMPARE(server.cli(words("-n 3 GET k")), QByteArray("v"));
        Client wrong(server.url() + QStringLiteral("?db=99"));
        QVERIFY(wrong.text({"PING"}).find("does not have that many databases") != std::string::npos);
    }

    void oneTurnIsOnePipeline()
    {
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start());
        TcpProxy proxy(server.port());
        Client client(QStringLiteral("redis://127.0.0.1:%1").arg(proxy.port()));
        QTRY_COMPARE(client.ready, 1);
        proxy.hold();
        std::vector<std::shared_ptr<Results>> answers;
        for (int i = 0; i < 100; ++i)
            answers.push_back(client.start({"ECHO", std::to_string(i)}));
        // All questions are asked before the first answer has arrived.
        QTRY_COMPARE(proxy.heldBytes(), 10 * 7 + 90 * 8);
        proxy.release();
        QTRY_VERIFY(!answers.back()->empty());
        for (int i = 0; i < 100; ++i)
            QCOMPARE(std::string(answers[std::size_t(i)]->at(0)->text()), std::to_string(i));
    }

    void batchKeepsWhatSucceededBesideAnError()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client client(server.url());
        client.text({"LPUSH", "list", "x"});
        RedisBatch batch;
        batch.add({"ECHO", "a"});
        batch.add({"GET", "list"});
        batch.add({"ECHO", "b"});
        Results results;
        client.connection->send(batch, [&](Results got) { results = std::move(got); });
        QTRY_COMPARE(results.size(), 3u);
        QVERIFY(results[0]->text() == "a");
        QVERIFY(results[1].error().fault == RedisFault::WrongType);
        QVERIFY(results[2]->text() == "b");
        QCOMPARE(client.down, 0);
    }

    void nobodyThere()
    {
        Client client(QStringLiteral("unix:/nonexistent/r.sock"));
        QTRY_VERIFY(client.down > 3);
        QVERIFY(client.lastFailure.fault == RedisFault::Down);
        QCOMPARE(client.lastFailure.error.code, ErrorCode::Unavailable);
        bool answered = false;
        RedisBatch batch;
        batch.add({"PING"});
        client.connection->send(batch, [&](const Results &) { answered = true; });
        QVERIFY(answered);
    }

    void firstConnectIsWaitedFor()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client client(server.url());
        QVERIFY(!client.connection->isReady());
        QCOMPARE(client.text({"PING"}), std::string("PONG"));
    }

    void waitingForTheFirstConnectHasADeadline()
    {
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start());
        server.pause();
        Client client(server.url(), [](auto &o) { o.commandTimeout = 60ms; });
        const auto answer = client.ask({"PING"});
        QVERIFY(answer->at(0).error().fault == RedisFault::Timeout);
        server.resume();
    }

    void stoppedServerIsNotReached()
    {
        RedisServer server;
        QVERIFY(server.start());
        server.pause();
        Client client(server.url(), [](auto &o) { o.commandTimeout = 50ms; });
        QTRY_VERIFY(client.down >= 2);
        QCOMPARE(client.ready, 0);
        QVERIFY(client.lastFailure.fault == RedisFault::Timeout);
        server.resume();
        QTRY_COMPARE(client.ready, 1);
    }

    void comesBackAfterAKill()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client client(server.url());
        client.text({"PING"});
        server.kill();
        QTRY_VERIFY(client.down > 1);
        QVERIFY(server.start());
        QTRY_COMPARE(client.ready, 2);
        QCOMPARE(client.text({"PING"}), std::string("PONG"));
    }

    void openDoesNotWaitForTheNextTry()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client client(server.url(), [](auto &o) { o.firstRetry = o.lastRetry = 1h; });
        client.text({"PING"});
        server.kill();
        QTRY_VERIFY(client.down > 1);
        QVERIFY(server.start());
        client.connection->open();
        QTRY_COMPARE(client.ready, 2);
    }

    void race30_lateAnswerIsNeverTakenForAnother()
    {
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start());
        TcpProxy proxy(server.port());
        Client client(
            QStringLiteral("redis://127.0.0.1:%1").arg(proxy.port()), [](auto &o) { o.commandTimeout = 100ms; });
        QTRY_COMPARE(client.ready, 1);
        proxy.hold();
        const auto late = client.start({"ECHO", "first"});
        const auto behind = client.start({"ECHO", "second"});
        QTRY_VERIFY(!late->empty());
        QVERIFY(late->at(0).error().fault == RedisFault::Timeout);
        // The next question waits already when the late answers come.
        const auto next = client.start({"ECHO", "third"});
        proxy.release();
        QTRY_VERIFY(!behind->empty() && !next->empty());
        QVERIFY(!behind->at(0) || behind->at(0)->text() == "second");
        QVERIFY(!next->at(0) || next->at(0)->text() == "third");
        QTRY_VERIFY(client.ready >= 2);
        QCOMPARE(client.text({"ECHO", "fourth"}), std::string("fourth"));
    }

    void slowAnswersThatArriveAreNoTimeout()
    {
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start());
        TcpProxy proxy(server.port());
        proxy.setSlice(1);
        Client client(
            QStringLiteral("redis://127.0.0.1:%1").arg(proxy.port()), [](auto &o) { o.commandTimeout = 10s; });
        const std::string value = "one byte at a time\r\n+and not two";
        QCOMPARE(client.text({"ECHO", value}), value);
        QCOMPARE(client.down, 0);
    }

    void brokenOffAnswerFailsAllThatWaits_data()
    {
        QTest::addColumn<bool>("reset");
        QTest::newRow("closed after 20 bytes") << false;
        QTest::newRow("RST") << true;
    }

    void brokenOffAnswerFailsAllThatWaits()
    {
        QFETCH(bool, reset);
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start());
        TcpProxy proxy(server.port());
        Client client(QStringLiteral("redis://127.0.0.1:%1").arg(proxy.port()));
        client.text({"PING"});
        if (reset)
            proxy.hold();
        else
            proxy.closeAfter(20);
        const auto first = client.start({"ECHO", "0123456789"});
        const auto second = client.start({"ECHO", "0123456789"});
        if (reset) {
            QTRY_COMPARE(proxy.heldBytes(), 34);
            proxy.resetAll();
            proxy.release();
        }
        QTRY_VERIFY(!second->empty());
        QCOMPARE(bool(first->at(0)), !reset);
        QVERIFY(second->at(0).error().fault == RedisFault::Dropped);
        // Right after a healthy connection broke, the next command waits for the new one.
        QCOMPARE(client.text({"PING"}), std::string("PONG"));
    }

    void notARedis_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("fault");
        QTest::newRow("http") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n") << int(RedisFault::NotRedis);
        QTest::newRow("12-byte bomb") << QByteArray("*666606666\r\n") << int(RedisFault::TooLarge);
        QTest::newRow("not PONG") << QByteArray("+OK\r\n+OK\r\n+OK\r\n") << int(RedisFault::NotRedis);
        QTest::newRow("endless") << QByteArray("$90000000\r\n") + QByteArray(40'000'000, 'x')
                                 << int(RedisFault::TooLarge);
        QTest::newRow("protected") << QByteArray("-DENIED Redis is running in protected mode\r\n")
                                   << int(RedisFault::Unauthorized);
    }

    void notARedis()
    {
        QFETCH(QByteArray, answer);
        CannedServer server(answer);
        Client client(server.url());
        QTRY_VERIFY(client.down > 0);
        QTEST(int(client.lastFailure.fault), "fault");
        QCOMPARE(client.ready, 0);
        QVERIFY(client.lastFailure.error.message.find("127.0.0.1") != std::string::npos);
    }

    void refusedPasswordIsNotTriedAgainAndAgain()
    {
        CannedServer server("-WRONGPASS invalid username-password pair or user is disabled.\r\n");
        Client client(server.url());
        QTRY_COMPARE(client.down, 1);
        for (int i = 0; i < 50; ++i)
            QVERIFY(client.ask({"GET", "k"})->at(0).error().fault == RedisFault::Unauthorized);
        // A loop of retries would long have connected again: another client with the same settings has.
        Client busy(QStringLiteral("unix:/nonexistent/r.sock"));
        QTRY_VERIFY(busy.down > 5);
        QCOMPARE(server.connections(), 1);
    }

    void passwordComesFromTheFile()
    {
        RedisServer server;
        QVERIFY(server.start(words("--requirepass hunter2")));
        Client none(server.url());
        QVERIFY(none.text({"PING"}).find("asks for a password") != std::string::npos);
        const QString path = writeFile(server.filePath(QStringLiteral("pw")), "wrong\n");
        const auto withFile = [&](auto &o) {
            o.passwordFile = path.toStdString();
            o.attentionRetry = 1ms;
        };
        Client client(server.url(), withFile);
        QTRY_VERIFY(client.down > 0);
        QVERIFY(client.lastFailure.error.message.find("refuses the password of user 'default'") != std::string::npos);
        QVERIFY(client.lastFailure.error.toString().find("wrong") == std::string::npos);
        // A corrected file is found without a restart.
        writeFile(path, "hunter2\n");
        QTRY_COMPARE(client.ready, 1);
        QCOMPARE(client.text({"PING"}), std::string("PONG"));
    }

    void missingPermissionIsAskedForOnceIn30Seconds()
    {
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start());
        server.cli(words("ACL SETUSER ic on >pw resetkeys ~ic:* resetchannels -@all +get +ping"));
        const QString path = writeFile(server.filePath(QStringLiteral("pw")), "pw");
        Client client(QStringLiteral("redis://ic@127.0.0.1:%1").arg(server.port()), [&](auto &o) {
            o.passwordFile = path.toStdString();
            o.attentionRetry = 30s;
        });
        QCOMPARE(client.text({"GET", "ic:a"}), std::string());
        const auto refused = client.ask({"SET", "ic:a", "v"});
        QVERIFY(refused->at(0).error().fault == RedisFault::NoPermission);
        const std::string message = refused->at(0).error().error.message;
        QVERIFY(message.find("'ic'") != std::string::npos && message.find("'set'") != std::string::npos);
        for (int i = 0; i < 20; ++i)
            client.ask({"SET", "ic:a", "v"});
        QVERIFY(server.info("cmdstat_set").contains("rejected_calls=1,"));
        QCOMPARE(client.text({"GET", "ic:a"}), std::string());
        client.clock.advance(31s);
        client.ask({"SET", "ic:a", "v"});
        QVERIFY(server.info("cmdstat_set").contains("rejected_calls=2,"));
    }

    void tooManyClients()
    {
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start(words("--maxclients 1")));
        QTcpSocket holder;
        holder.connectToHost(QStringLiteral("127.0.0.1"), server.port());
        QVERIFY(holder.waitForConnected());
        holder.write("PING\r\n");
        QVERIFY(holder.waitForReadyRead());
        Client client(server.url());
        QTRY_VERIFY(client.down > 0);
        QVERIFY(client.lastFailure.error.message.find("maxclients") != std::string::npos);
        holder.abort();
        QTRY_COMPARE(client.ready, 1);
    }

    void tlsIsVerified()
    {
        RedisServer server(RedisServer::On::Tls), other(RedisServer::On::Tls);
        QVERIFY(server.start());
        QVERIFY(other.start());
        for (const std::string &ca : {std::string(), other.caFile().toStdString()}) {
            Client client(server.url(), [&](auto &o) { o.caFile = ca; });
            QTRY_VERIFY(client.down > 0);
            QVERIFY(client.lastFailure.fault == RedisFault::Unauthorized);
            QVERIFY(client.lastFailure.error.message.find("not trusted") != std::string::npos);
            QCOMPARE(client.ready, 0);
        }
        const QString byName = QStringLiteral("rediss://localhost:%1").arg(server.port());
        Client wrongName(byName, [&](auto &o) { o.caFile = server.caFile().toStdString(); });
        QTRY_VERIFY(wrongName.down > 0);
        QVERIFY(wrongName.lastFailure.fault == RedisFault::Unauthorized);
    }

    void tlsIsNeverSilentlyPlain()
    {
        RedisServer plain(RedisServer::On::Port);
        QVERIFY(plain.start());
        TcpProxy proxy(plain.port());
        Client client(
            QStringLiteral("rediss://127.0.0.1:%1").arg(proxy.port()), [](auto &o) { o.connectTimeout = 200ms; });
        QTRY_VERIFY(client.down > 0);
        QCOMPARE(client.ready, 0);
        QVERIFY(plain.info("cmdstat_ping").isEmpty());
    }

    void closeAnswersEverybody()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client client(server.url());
        const auto held = client.start({"PING"});
        client.connection->close();
        QVERIFY(held->at(0).error().fault == RedisFault::Closed);
        QVERIFY(client.start({"PING"})->at(0).error().fault == RedisFault::Closed);
    }

    void closeInsideACallback()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client client(server.url());
        RedisBatch batch;
        batch.add({"PING"});
        int answers = 0;
        client.connection->send(batch, [&](const Results &) {
            ++answers;
            client.connection->close();
        });
        client.connection->send(batch, [&](const Results &) { ++answers; });
        QTRY_COMPARE(answers, 2);
    }
};

QTEST_GUILESS_MAIN(TestRedisConnection)
#include "tst_redisconnection.moc"
