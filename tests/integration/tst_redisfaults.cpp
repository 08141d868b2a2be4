// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QFile>
#include <QTcpSocket>

#include "redis/redistier.h"
#include "support/manualclock.h"
#include "support/redisserver.h"
#include "support/redistest.h"
#include "support/tcpproxy.h"
#include "support/tiercalls.h"
#include "support/words.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

/// Stands still, so that no breaker opens for a slow machine. Sockets and servers keep their own time.
const ManualClock theClock;

Selector named(std::string_view key)
{
    return Selector::keys({keyOf(key)});
}

EntryPtr entry(std::string_view key, std::string payload)
{
    return share(entryOf(key, std::move(payload), theClock));
}

/// A tier that gives up soon, as the tests wait for it to.
struct Client : TierCalls {
    explicit Client(const QString &url, const std::function<void(RedisTierOptions &)> &change = {}) :
        Client(make(url, change))
    {}

    bool settled() const
    {
        return await<bool>([this](auto done) { redis->whenSettled([done] { done(true); }); });
    }
    /// What a read says that must not wait for anything.
    TierRead getAtOnce(std::string_view key) const
    {
        std::optional<TierRead> read;
        redis->get({keyOf(key)}, [&](std::vector<TierRead> reads) { read = reads.at(0); });
        return read.value_or(TierRead{Outcome::Timeout, nullptr, Error{ErrorCode::Internal, "it waited"}});
    }
    bool hits(std::string_view key, const std::string &payload) const
    {
        const TierRead read = get(key);
        return read.outcome == Outcome::Hit && read.entry->payload() == payload;
    }

    std::shared_ptr<Random> random;
    std::shared_ptr<RedisTier> redis;

private:
    struct Made {
        std::shared_ptr<Random> random;
        std::shared_ptr<RedisTier> redis;
    };
    explicit Client(const Made &made) : TierCalls{*made.redis}, random(made.random), redis(made.redis) {}
    static Made make(const QString &url, const std::function<void(RedisTierOptions &)> &change)
    {
        RedisTierOptions options;
        options.url = url.toStdString();
        options.connectTimeout = 2s;
        options.commandTimeout = 500ms;
        if (change)
            change(options);
        Made made;
        made.random = Random::seeded(1);
        made.redis = makeRedisTier(options, theClock, *made.random).value();
        return made;
    }
};

QString proxied(const TcpProxy &proxy)
{
    return QStringLiteral("redis://127.0.0.1:%1").arg(proxy.port());
}

/// More than the tier's own time outs, for a machine that has other things to do.
void patient(RedisTierOptions &options)
{
    options.commandTimeout = 5s;
}

/// The words of a command, its keys in the name of this run of the server.
QStringList keyed(RedisServer &server, const char *text)
{
    return words(text).replaceInStrings(QStringLiteral("ic::v:"), server.named(QStringLiteral(":v:")));
}

} // namespace

class TestRedisFaults : public RedisTest {
    Q_OBJECT

private Q_SLOTS:
    void badOptionsAreErrors()
    {
        const auto random = Random::seeded(1);
        RedisTierOptions options;
        options.url = "redis://u:secret@h";
        QCOMPARE(makeRedisTier(options, theClock, *random).error().code, ErrorCode::InvalidArgument);
        options.url = "redis://h";
        options.passwordFile = "/nonexistent/pw";
        QCOMPARE(makeRedisTier(options, theClock, *random).error().code, ErrorCode::Io);
        options.passwordFile.clear();
        options.caFile = "/dev/null";
        QCOMPARE(makeRedisTier(options, theClock, *random).error().code, ErrorCode::Io);
    }

    void killedServerIsAnErrorThenOpenThenBack()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client client(server.url());
        QVERIFY(client.settled());
        QVERIFY(client.put({entry("stock:A", "1")}));
        server.kill();
        for (int i = 0; i < 3; ++i) {
            const TierRead read = client.get("stock:A");
            QCOMPARE(read.outcome, Outcome::Error);
            QCOMPARE(read.error->code, ErrorCode::Unavailable);
            QVERIFY(read.error->message.find("does not answer (connection refused)") != std::string::npos);
        }
        const TierRead open = client.getAtOnce("stock:A");
        QCOMPARE(open.outcome, Outcome::Open);
        QVERIFY(open.error->message.find("connection refused") != std::string::npos);
        QVERIFY(!client.usage().up);
        QVERIFY(QString::fromStdString(client.usage().detail).contains(QStringLiteral("connection refused")));
        QVERIFY(server.start());
        QTRY_VERIFY_WITH_TIMEOUT(client.get("stock:A").outcome == Outcome::Miss, 10'000);
        QVERIFY(client.put({entry("stock:A", "2")}));
        QVERIFY(client.hits("stock:A", "2"));
        QVERIFY(client.usage().up);
    }

    void absentServerSettlesAtOnce()
    {
        Client client(QStringLiteral("unix:/nonexistent/r.sock"));
        QVERIFY(client.settled());
        QCOMPARE(client.getAtOnce("stock:A").outcome, Outcome::Error);
        QVERIFY(client.getAtOnce("stock:A").error->message.find("no such socket") != std::string::npos);
        QCOMPARE(client.put({entry("stock:A", "1")}).error().code, ErrorCode::Unavailable);
        QCOMPARE(client.count(Selector::all()).error().code, ErrorCode::Unavailable);
        QCOMPARE(client.list(Selector::all(), 1).error().code, ErrorCode::Unavailable);
    }

    void stoppedServerCostsOneTimeout()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client client(server.url());
        QVERIFY(client.put({entry("stock:A", "1")}));
        server.pause();
        QCOMPARE(client.get("stock:A").outcome, Outcome::Timeout);
        // From here on nobody waits, although the kernel still accepts connections for the server.
        for (int i = 0; i < 20; ++i)
            QVERIFY(client.getAtOnce("stock:A").error->code != ErrorCode::Internal);
        QCOMPARE(client.getAtOnce("stock:A").outcome, Outcome::Open);
        server.resume();
        QTRY_VERIFY_WITH_TIMEOUT(client.hits("stock:A", "1"), 10'000);
    }

    void fullServerStillReadsAndRemoves()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client client(server.url(), patient);
        QVERIFY(client.put({entry("stock:A", "old"), entry("stock:B", "b")}));
        server.cli(words("CONFIG SET maxmemory 1"));
        const Status refused = client.put({entry("stock:A", "new")});
        QCOMPARE(refused.error().code, ErrorCode::Refused);
        QVERIFY(refused.error().message.find("is full") != std::string::npos);
        QVERIFY(client.usage().detail.find("is full") != std::string::npos);
        QVERIFY(client.hits("stock:B", "b"));
        QCOMPARE(client.remove(named("stock:B")).value(), 1u);
        server.cli(words("CONFIG SET maxmemory 0"));
        QVERIFY(client.put({entry("stock:A", "newest")}));
        QVERIFY(client.usage().detail.find("is full") == std::string::npos);
    }

    void replicaRefusesRemovals()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client client(server.url(), patient);
        QVERIFY(client.put({entry("stock:A", "old")}));
        server.cli(words("REPLICAOF 127.0.0.1 1"));
        for (const Error &refused :
            {client.remove(named("stock:A")).error(), client.expire(named("stock:A")).error()}) {
            QCOMPARE(refused.code, ErrorCode::Refused);
            QVERIFY(refused.message.find("read-only replica") != std::string::npos);
        }
        QCOMPARE(client.put({entry("stock:C", "c")}).error().code, ErrorCode::Refused);
        QVERIFY(client.hits("stock:A", "old"));
    }

    void notReadyIsToldApart()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client client(server.url(), patient);
        QVERIFY(client.put({entry("stock:A", "1")}));
        server.cli(words("CONFIG SET replica-serve-stale-data no"));
        server.cli(words("REPLICAOF 127.0.0.1 1"));
        QVERIFY(client.get("stock:A").error->message.find("lost its primary") != std::string::npos);
        QTRY_COMPARE(client.getAtOnce("stock:A").outcome, Outcome::Open);
        server.cli(words("REPLICAOF NO ONE"));
        QTRY_VERIFY_WITH_TIMEOUT(client.hits("stock:A", "1"), 10'000);
    }

    void busyServerIsToldApart()
    {
        RedisServer server;
        QVERIFY(server.start(words("--busy-reply-threshold 1")));
        Client client(server.url(), patient);
        QVERIFY(client.put({entry("stock:A", "1")}));
        QProcess endless;
        endless.start(QStringLiteral("redis-cli"),
            {QStringLiteral("-s"), server.filePath(QStringLiteral("r.sock")), QStringLiteral("EVAL"),
                QStringLiteral("while true do end"), QStringLiteral("0")});
        QTRY_VERIFY(server.cli(words("PING")).startsWith("BUSY"));
        QVERIFY(client.get("stock:A").error->message.find("busy with a script") != std::string::npos);
        server.cli(words("SCRIPT KILL"));
        endless.waitForFinished();
        QTRY_VERIFY_WITH_TIMEOUT(client.hits("stock:A", "1"), 10'000);
    }

    void loadingServerIsWaitedFor()
    {
        RedisServer server;
        QVERIFY(server.start());
        server.cli(words("DEBUG POPULATE 3000"));
        if (!server.cli(words("DBSIZE")).startsWith("3000"))
            for (int i = 0; i < 30; ++i)
                server.cli({QStringLiteral("EVAL"),
                    QStringLiteral("for i = 1, 100 do redis.call('SET', 'k' .. ARGV[1] .. ':' .. i, i) end"),
                    QStringLiteral("0"), QString::number(i)});
        server.cli(words("SAVE"));
        server.kill();
        // 3,000 keys of 1 ms each.
        QVERIFY(server.launch(words("--key-load-delay 1000 --loading-process-events-interval-bytes 1024")));
        QTRY_VERIFY(server.cli(words("PING")).startsWith("LOADING"));
        Client client(server.url(), patient);
        QVERIFY(client.settled());
        QVERIFY(client.get("stock:A").error->message.find("loading its data") != std::string::npos);
        QTRY_VERIFY_WITH_TIMEOUT(client.get("stock:A").outcome == Outcome::Miss, 30'000);
    }

    void missingPermissionsAreNamed()
    {
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start());
        server.cli(words("ACL SETUSER ic on >s3cret resetkeys ~ic:* resetchannels -@all +get +pttl +ping +info"));
        QFile password(server.filePath(QStringLiteral("pw")));
        QVERIFY(password.open(QIODevice::WriteOnly) && password.write("s3cret\n") == 7);
        password.close();
        Client client(QStringLiteral("redis://ic@127.0.0.1:%1").arg(server.port()), [&](auto &o) {
            patient(o);
            o.passwordFile = password.fileName().toStdString();
        });
        const TierRead read = client.get("stock:A");
        QCOMPARE(read.outcome, Outcome::Miss);
        QVERIFY(!read.ticket.isValid() && read.error->message.find("'eval'") != std::string::npos);
        const Error refused = client.put({entry("stock:A", "1")}).error();
        QCOMPARE(refused.code, ErrorCode::Unauthorized);
        QVERIFY(refused.message.find("'ic'") != std::string::npos);
        QVERIFY(refused.message.find("'eval'") != std::string::npos);
        QVERIFY(refused.toString().find("s3cret") == std::string::npos);
    }

    // The commands named in the manual are enough.
    void documentedPermissionsSuffice()
    {
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start());
        server.cli(
            words("ACL SETUSER ic on >pw resetkeys ~ic:* resetchannels -@all +get +set +del +unlink +exists +pttl"
                  " +pexpire +type +strlen +getrange +scan +eval +xadd +xread +xinfo +sadd +scard +ping +info"
                  " +select"));
        QFile password(server.filePath(QStringLiteral("pw")));
        QVERIFY(password.open(QIODevice::WriteOnly) && password.write("pw") == 2);
        password.close();
        Client client(QStringLiteral("redis://ic@127.0.0.1:%1").arg(server.port()), [&](auto &o) {
            patient(o);
            o.passwordFile = password.fileName().toStdString();
        });
        QVERIFY(client.put({entry("stock:A", "1"), entry("stock:B", "2")}));
        QVERIFY(client.hits("stock:A", "1"));
        QCOMPARE(client.list(Selector::all(), 10).value().entries.size(), 2u);
        QCOMPARE(client.count(named("stock:A")).value().keys, 1u);
        QCOMPARE(client.expire(named("stock:A")).value(), 1u);
        QCOMPARE(client.get("stock:A").outcome, Outcome::Stale);
        QVERIFY(client.usage().entries > 0);
        server.cli(keyed(server, "SETRANGE ic::v:stock:B 70 xx"));
        QCOMPARE(client.get("stock:B").outcome, Outcome::Corrupt);
        QCOMPARE(client.get("stock:B").outcome, Outcome::Miss);
        QCOMPARE(client.remove(Selector::all()).value(), 1u);
    }

    void wrongTypeIsACorruptCopy()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client client(server.url(), patient);
        server.cli(keyed(server, "LPUSH ic::v:stock:A x"));
        QCOMPARE(client.count(Selector::all()).value().keys, 1u);
        QVERIFY(client.list(Selector::all(), 10).value().entries.empty());
        const TierRead read = client.get("stock:A");
        QCOMPARE(read.outcome, Outcome::Corrupt);
        QCOMPARE(read.error->code, ErrorCode::Corrupt);
        QCOMPARE(client.get("stock:A").outcome, Outcome::Miss);
        QCOMPARE(server.cli(keyed(server, "EXISTS ic::v:stock:A")), QByteArray("0"));
    }

    void copyThatNeverExpiresIsNotOurs()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client client(server.url(), patient);
        QVERIFY(client.put({entry("stock:A", "1")}));
        server.cli(keyed(server, "PERSIST ic::v:stock:A"));
        QCOMPARE(client.get("stock:A").outcome, Outcome::Corrupt);
        QCOMPARE(client.get("stock:A").outcome, Outcome::Miss);
    }

    void entryUnderAnotherKeyIsCorrupt()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client client(server.url(), patient);
        QVERIFY(client.put({entry("stock:A", "1")}));
        server.cli(keyed(server, "RENAME ic::v:stock:A ic::v:stock:B"));
        QCOMPARE(client.get("stock:B").outcome, Outcome::Corrupt);
        QCOMPARE(client.get("stock:B").outcome, Outcome::Miss);
    }

    // The damage happened on the way: the copy on the server is good and stays, and the second look, which would have
    // handed out a lease for a bad one, finds it.
    void damageOnTheWayDropsNothing()
    {
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start());
        TcpProxy proxy(server.port());
        Client client(proxied(proxy), patient);
        QVERIFY(client.put({entry("stock:A", std::string(200, 'x'))}));
        QVERIFY(client.hits("stock:A", std::string(200, 'x'))); // by now the log of the put has passed too
        proxy.corruptAt(150);
        QVERIFY(client.hits("stock:A", std::string(200, 'x')));
        QVERIFY(client.hits("stock:A", std::string(200, 'x')));
    }

    void brokenReadIsTriedOnceMore()
    {
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start());
        TcpProxy proxy(server.port());
        Client client(proxied(proxy), patient);
        QVERIFY(client.put({entry("stock:A", std::string(2000, 'x'))}));
        QVERIFY(client.hits("stock:A", std::string(2000, 'x')));
        const int connections = proxy.connections();
        proxy.closeAfter(100);
        QVERIFY(client.hits("stock:A", std::string(2000, 'x')));
        QVERIFY(proxy.connections() > connections);
    }

    // The server has stored it, but nobody can know.
    void brokenWriteIsNoSuccess()
    {
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start());
        TcpProxy proxy(server.port());
        Client client(proxied(proxy), patient);
        QVERIFY(client.put({entry("stock:A", "old")}));
        proxy.closeAfter(2);
        QVERIFY(!client.put({entry("stock:A", "new")}));
    }

    void blackHoleIsATimeout()
    {
        RedisServer server(RedisServer::On::Port);
        QVERIFY(server.start());
        TcpProxy proxy(server.port());
        Client client(proxied(proxy));
        QVERIFY(client.put({entry("stock:A", "1")}));
        proxy.setBlackHole(true);
        QCOMPARE(client.get("stock:A").outcome, Outcome::Timeout);
        proxy.setBlackHole(false);
        QTRY_VERIFY_WITH_TIMEOUT(client.hits("stock:A", "1"), 10'000);
    }

    void foreignKeysAreLeftAlone()
    {
        RedisServer server;
        QVERIFY(server.start());
        // A prefix that would match much more if it reached SCAN unescaped.
        const auto odd = [](RedisTierOptions &o) {
            patient(o);
            o.prefix = "i[a-z]*?:";
        };
        Client client(server.url(), odd);
        QVERIFY(client.put({entry("stock:A", "1"), entry("stock:B", "2")}));
        server.cli(words("SET ic::v:stock:A foreign"));
        server.cli(words("SET iaXY::v:stock:A foreign"));
        server.cli(words("SET i[a-z]*?::v:notakey foreign"));
        server.cli(words("SET i[a-z]*?::w:stock:A foreign"));
        QCOMPARE(client.count(Selector::all()).value().keys, 2u);
        QCOMPARE(client.remove(Selector::all()).value(), 2u);
        for (const char *foreign : {"ic::v:stock:A", "iaXY::v:stock:A", "i[a-z]*?::v:notakey", "i[a-z]*?::w:stock:A"})
            QCOMPARE(server.cli({QStringLiteral("GET"), QString::fromLatin1(foreign)}), QByteArray("foreign"));
    }

    void tooLargeValueIsRefusedAndTheOldCopyGoes()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client client(server.url(), [](auto &o) {
            patient(o);
            o.maxValueBytes = 1000;
        });
        QVERIFY(client.put({entry("stock:A", "old")}));
        const auto random = Random::seeded(1);
        std::string noise(2000, ' ');
        for (char &c : noise)
            c = static_cast<char>(random->bits());
        QCOMPARE(client.put({entry("stock:A", noise)}).error().code, ErrorCode::TooLarge);
        QCOMPARE(client.get("stock:A").outcome, Outcome::Miss);
    }

    void anotherProcessesRemovalIsSeen()
    {
        RedisServer server;
        QVERIFY(server.start());
        Client one(server.url(), patient), two(server.url(), patient);
        QVERIFY(one.put({entry("stock:A", "1")}));
        QVERIFY(two.hits("stock:A", "1"));
        QCOMPARE(two.remove(named("stock:A")).value(), 1u);
        QCOMPARE(one.get("stock:A").outcome, Outcome::Miss);
    }
};

QTEST_GUILESS_MAIN(TestRedisFaults)
#include "tst_redisfaults.moc"
