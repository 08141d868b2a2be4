// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "redis/redisbatch.h"
#include "redis/redisreply.h"

using namespace insitecache;
using namespace std::string_view_literals;

namespace {

using Broken = RedisReplyReader::Broken;

std::optional<Broken> brokenBy(std::string_view bytes, std::size_t cap = 1 << 20)
{
    RedisReplyReader reader(cap);
    reader.feed(bytes);
    while (true) {
        const auto next = reader.next();
        if (!next)
            return next.error();
        if (!*next)
            return std::nullopt;
    }
}

} // namespace

class TestRedisReply : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryKind()
    {
        RedisReplyReader reader(1 << 20);
        reader.feed("$5\r\na\0\r\nb\r\n+OK\r\n:-7\r\n$-1\r\n-ERR no\r\n*2\r\n$1\r\nx\r\n*1\r\n:3\r\n"
                    ""sv);
        const auto text = reader.next();
        QVERIFY((*text)->text() == "a\0\r\nb"sv);
        QVERIFY((*reader.next())->text() == "OK");
        const auto number = reader.next();
        QCOMPARE((*number)->integer(), -7LL);
        QVERIFY((*number)->text().empty());
        QVERIFY((*reader.next())->isNil());
        const auto error = reader.next();
        QVERIFY((*error)->isError());
        QVERIFY((*error)->text() == "ERR no");
        const auto array = reader.next();
        QCOMPARE((*array)->size(), 2u);
        QVERIFY((*array)->at(0).text() == "x");
        QCOMPARE((*array)->at(1).at(0).integer(), 3LL);
        QVERIFY((*array)->at(9).isNil());
        QVERIFY(!reader.next()->has_value());
    }

    void splitAnywhereReadsTheSame()
    {
        const std::string_view bytes = "*3\r\n$3\r\nabc\r\n:12345\r\n*1\r\n$-1\r\n+PONG\r\n";
        for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
            RedisReplyReader reader(1 << 20);
            std::vector<RedisReply> replies;
            for (const auto part : {bytes.substr(0, cut), bytes.substr(cut)}) {
                reader.feed(part);
                for (auto next = reader.next(); *next; next = reader.next())
                    replies.push_back(std::move(**next));
            }
            QCOMPARE(replies.size(), 2u);
            QVERIFY(replies[0].at(0).text() == "abc");
            QCOMPARE(replies[0].at(1).integer(), 12345LL);
            QVERIFY(replies[1].text() == "PONG");
        }
    }

    void announcedSizesAreNotBelieved()
    {
        QVERIFY(brokenBy("*666606666\r\n") == Broken::TooLarge);
        QVERIFY(brokenBy("*65537\r\n") == Broken::TooLarge);
        QVERIFY(brokenBy("*65536\r\n") == std::nullopt);
        QVERIFY(brokenBy("*1\r\n*666606666\r\n") == Broken::TooLarge);
        QVERIFY(brokenBy("$999999999\r\nabc") == std::nullopt);
    }

    void unfinishedReplyHasALimit()
    {
        const std::string start = "$100000\r\n" + std::string(5000, 'x');
        QVERIFY(brokenBy(start, 4096) == Broken::TooLarge);
        QVERIFY(brokenBy(start, 8192) == std::nullopt);
        // Many finished replies in one read are not one large reply.
        std::string many;
        for (int i = 0; i < 1000; ++i)
            many += "+0123456789\r\n";
        QVERIFY(brokenBy(many, 4096) == std::nullopt);
        // An array may not grow without end either, although each of its elements is complete.
        std::string array = "*60000\r\n";
        for (int i = 0; i < 1000; ++i)
            array += "$10\r\n0123456789\r\n";
        QVERIFY(brokenBy(array, 4096) == Broken::TooLarge);
    }

    void otherProtocolsAreNoReplies()
    {
        QVERIFY(brokenBy("HTTP/1.1 400 Bad Request\r\n") == Broken::Protocol);
        QVERIFY(brokenBy("%1\r\n+a\r\n+b\r\n") == Broken::Protocol);
        QVERIFY(brokenBy(":12x4\r\n") == Broken::Protocol);
    }

    void argumentsMayHoldAnyByte()
    {
        RedisBatch batch;
        batch.add({"SET", "k\r\n*1", std::string_view("\0$3\r\n", 5)});
        batch.add({"GET", ""});
        QCOMPARE(batch.size(), 2u);
        QCOMPARE(QByteArray::fromStdString(batch.commands()), QByteArray(" SET GET "));
        QCOMPARE(batch.bytes(),
            QByteArray("*3\r\n$3\r\nSET\r\n$5\r\nk\r\n*1\r\n$5\r\n\0$3\r\n\r\n*2\r\n$3\r\nGET\r\n$0\r\n\r\n", 54));
    }

    void errorsAreTold_data()
    {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<int>("fault");
        const auto row
            = [](const char *reply, RedisFault fault) { QTest::newRow(reply) << QByteArray(reply) << int(fault); };
        row("OOM command not allowed when used memory > 'maxmemory'.", RedisFault::Full);
        row("READONLY You can't write against a read only replica.", RedisFault::ReadOnly);
        row("MISCONF Redis is configured to save RDB snapshots", RedisFault::CannotSave);
        row("LOADING Redis is loading the dataset in memory", RedisFault::NotReady);
        row("BUSY Redis is busy running a script.", RedisFault::NotReady);
        row("MASTERDOWN Link with MASTER is down", RedisFault::NotReady);
        row("WRONGTYPE Operation against a key", RedisFault::WrongType);
        row("NOSCRIPT No matching script.", RedisFault::NoScript);
        row("NOAUTH Authentication required.", RedisFault::Unauthorized);
        row("WRONGPASS invalid username-password pair", RedisFault::Unauthorized);
        row("DENIED Redis is running in protected mode", RedisFault::Unauthorized);
        row("NOPERM this user has no permissions to run the 'set' command", RedisFault::NoPermission);
        row("ERR max number of clients reached", RedisFault::TooMany);
        row("ERR DB index is out of range", RedisFault::Misconfigured);
        row("MOVED 3999 127.0.0.1:6381", RedisFault::Misconfigured);
        row("ERR unknown command 'x'", RedisFault::Other);
        row("", RedisFault::Other);
    }

    void errorsAreTold()
    {
        QFETCH(QByteArray, reply);
        const RedisFailure failure = failureOfReply(reply.toStdString(), "h:1", "ic");
        QTEST(int(failure.fault), "fault");
        QVERIFY(failure.error.message.find("h:1") != std::string::npos);
    }

    void errorsAreOneLineWhateverTheServerSays()
    {
        const RedisFailure failure = failureOfReply("ERR a\r\nb\x1b[31m" + std::string(1000, 'x'), "h:1", "");
        QVERIFY(failure.error.message.find_first_of("\r\n\x1b") == std::string::npos);
        QVERIFY(failure.error.message.size() < 300);
    }
};

QTEST_APPLESS_MAIN(TestRedisReply)
#include "tst_redisreply.moc"
