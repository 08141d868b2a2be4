// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <thread>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "redis/redislink.h"

using namespace insitecache;

namespace {

/// Takes one connection, hears something and says `answer` in pieces of so many bytes; then it waits for the end.
class SayingServer {
public:
    SayingServer(QByteArray answer, std::size_t piece) : m_answer(std::move(answer)), m_piece(piece)
    {
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof place;
        m_listening = ::socket(AF_INET, SOCK_STREAM, 0);
        ::bind(m_listening, reinterpret_cast<sockaddr *>(&place), size);
        ::listen(m_listening, 1);
        ::getsockname(m_listening, reinterpret_cast<sockaddr *>(&place), &size);
        m_url.host = "127.0.0.1";
        m_url.port = ntohs(place.sin_port);
        m_thread = std::thread([this] { serve(); });
    }
    ~SayingServer()
    {
        m_thread.join();
        ::close(m_listening);
    }
    const RedisUrl &url() const { return m_url; }

private:
    void serve()
    {
        const int client = ::accept(m_listening, nullptr, nullptr);
        const int on = 1;
        ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        char heard[64];
        if (::recv(client, heard, sizeof heard, 0) > 0) {
            for (std::size_t at = 0; at < std::size_t(m_answer.size()); at += m_piece)
                ::send(client, m_answer.constData() + at, std::min(m_piece, std::size_t(m_answer.size()) - at),
                    MSG_NOSIGNAL);
        }
        while (::recv(client, heard, sizeof heard, 0) > 0) {}
        ::close(client);
    }

    QByteArray m_answer;
    std::size_t m_piece;
    int m_listening = -1;
    RedisUrl m_url;
    std::thread m_thread;
};

RedisBatch question()
{
    RedisBatch batch;
    batch.add({"what"});
    return batch;
}

constexpr std::size_t largestReply = 100'000;
constexpr Millis patience{5'000};

} // namespace

/// The replies that a waiting thread reads itself, and what it takes for the end of the connection.
class TestRedisLink : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryKind_data()
    {
        QTest::addColumn<int>("piece");
        QTest::newRow("at once") << 1'000'000;
        QTest::newRow("in odd pieces") << 1'021;
        QTest::newRow("byte by byte") << 1;
    }

    void readsEveryKind()
    {
        QFETCH(int, piece);
        const QByteArray large(piece == 1 ? 500 : 60'000, 'x');
        SayingServer server(":-2\r\n$-1\r\n+OK\r\n-ERR no\r\n$0\r\n\r\n$4\r\na\r\nb\r\n$"
                + QByteArray::number(large.size()) + "\r\n" + large + "\r\n:77\r\n",
            std::size_t(piece));
        const auto link = RedisLink::connect(server.url(), patience, largestReply);
        QVERIFY(link);
        using Kind = RedisLink::Reply::Kind;
        RedisLink::Reply replies[8];
        QVERIFY(link->ask(question(), replies));
        QCOMPARE(replies[0].number, -2);
        QCOMPARE(replies[1].kind, Kind::Nil);
        QVERIFY(replies[2].kind == Kind::Text && replies[2].text == "OK");
        QVERIFY(replies[3].kind == Kind::Error && replies[3].text == "ERR no");
        QVERIFY(replies[4].kind == Kind::Text && replies[4].text.empty());
        QCOMPARE(std::string(replies[5].text), std::string("a\r\nb"));
        QCOMPARE(std::string(replies[6].text), large.toStdString());
        QVERIFY(replies[7].kind == Kind::Number && replies[7].number == 77);
    }

    void endsAfterAnythingElse_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("an array") << QByteArray("*1\r\n:1\r\n");
        QTest::newRow("no number") << QByteArray(":one\r\n");
        QTest::newRow("half a number") << QByteArray("$5x\r\nabcde\r\n");
        QTest::newRow("a length below nothing") << QByteArray("$-7\r\n");
        QTest::newRow("more than is allowed") << QByteArray("$100001\r\n");
        QTest::newRow("longer than it said") << QByteArray("$2\r\nabc\r\n");
        QTest::newRow("an empty line") << QByteArray("\r\n:1\r\n");
        QTest::newRow("no line at all") << QByteArray(40'000, 'x');
        QTest::newRow("more answers than questions") << QByteArray(":1\r\n:2\r\n");
    }

    void endsAfterAnythingElse()
    {
        QFETCH(QByteArray, answer);
        SayingServer server(answer, 1'000'000);
        const auto link = RedisLink::connect(server.url(), patience, largestReply);
        QVERIFY(link);
        RedisLink::Reply reply;
        QVERIFY(!link->ask(question(), {&reply, 1}));
    }

    void silenceEndsTheWait()
    {
        SayingServer server("$5\r\nab", 1'000'000);
        const auto link = RedisLink::connect(server.url(), Millis(20), largestReply);
        QVERIFY(link);
        RedisLink::Reply reply;
        QVERIFY(!link->ask(question(), {&reply, 1}));
    }
};

QTEST_GUILESS_MAIN(TestRedisLink)
#include "tst_redislink.moc"
