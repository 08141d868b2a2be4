// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "redis/redistier.h"
#include "support/manualclock.h"
#include "support/process.h"
#include "support/redisserver.h"

using namespace insitecache;
using namespace insitecache::test;

/// Two versions that would misread each other never share a space on one server.
class TestProtocolVersion : public QObject {
    Q_OBJECT

    static QString marker(RedisServer &server) { return server.named(QStringLiteral("protocol")); }
    static void setMarker(RedisServer &server, const QString &text)
    {
        QCOMPARE(server.cli({QStringLiteral("SET"), marker(server), text}), QByteArray("OK"));
    }

private Q_SLOTS:
    void theFirstOneLeavesAMark()
    {
        RedisServer server;
        QVERIFY(server.start());
        Process one(server.url(), {});
        Process two(server.url(), {});
        QVERIFY(server.cli({QStringLiteral("GET"), marker(server)}).startsWith("1 InsiteCache "));
        one.upstreamSays("stock:A", "v");
        one.get("stock:A");
        QCOMPARE(two.get("stock:A").answeredBy, Stage::L2);
    }

    void theSecondOneIsRefusedAndSaysWhy()
    {
        RedisServer server;
        QVERIFY(server.start());
        setMarker(server, QStringLiteral("7 InsiteCache 9.1"));
        Process process(server.url(), {});
        process.upstreamSays("stock:A", "v");
        const Lookup lookup = process.get("stock:A");
        QCOMPARE(lookup.answeredBy, Stage::Source);
        QCOMPARE(lookup.steps[1].outcome, Outcome::Error);
        QCOMPARE(lookup.steps[1].error->code, ErrorCode::Refused);
        for (const char *said : {"protocol 7 InsiteCache 9.1", "protocol 1 InsiteCache", "another prefix"})
            QVERIFY2(lookup.steps[1].error->toString().find(said) != std::string::npos,
                lookup.steps[1].error->toString().c_str());
        QCOMPARE(process.get("stock:A").answeredBy, Stage::L1); // the rest of the cache goes on
        const InvalidationResult result = process.invalidate("stock:A");
        QCOMPARE(result.partial.size(), 1u);
        QCOMPARE(result.partial[0].error.code, ErrorCode::Refused);
        QVERIFY(!process.engine->write(keyOf("stock:A"), "w", "test").result());
        QCOMPARE(server.cli({QStringLiteral("DBSIZE")}), QByteArray("1")); // nothing of ours
        QCOMPARE(server.cli({QStringLiteral("GET"), marker(server)}), QByteArray("7 InsiteCache 9.1"));
    }

    void itIsLookedAtAgainAfterEachConnect()
    {
        RedisServer server;
        QVERIFY(server.start());
        ManualClock clock;
        const auto random = Random::seeded(1);
        RedisTierOptions options;
        options.url = server.url().toStdString();
        const std::shared_ptr<RedisTier> tier = makeRedisTier(options, clock, *random).value();
        await<bool>([&](auto done) { tier->whenSettled([done] { done(true); }); });
        QCOMPARE(TierCalls{*tier}.get("stock:A").outcome, Outcome::Miss);
        setMarker(server, QStringLiteral("2 InsiteCache"));
        const auto reconnect = [&] {
            server.cli({QStringLiteral("CLIENT"), QStringLiteral("KILL"), QStringLiteral("TYPE"),
                QStringLiteral("normal"), QStringLiteral("SKIPME"), QStringLiteral("yes")});
        };
        const auto isRefused = [&] {
            const TierRead read = TierCalls{*tier}.get("stock:A");
            return read.error && read.error->code == ErrorCode::Refused;
        };
        reconnect();
        QTRY_VERIFY(isRefused());
        QVERIFY(!TierCalls{*tier}.usage().up);
        server.cli({QStringLiteral("DEL"), marker(server)});
        reconnect();
        QTRY_COMPARE(TierCalls{*tier}.get("stock:A").outcome, Outcome::Miss);
        QVERIFY(TierCalls{*tier}.usage().up);
    }
};

QTEST_GUILESS_MAIN(TestProtocolVersion)
#include "tst_protocolversion.moc"
