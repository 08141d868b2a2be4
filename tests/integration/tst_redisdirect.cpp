// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <atomic>
#include <thread>

#include "support/process.h"
#include "support/proxythread.h"
#include "support/redisserver.h"
#include "support/redistest.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

std::vector<CacheKey> stockKeys(int count)
{
    std::vector<CacheKey> keys;
    for (int i = 0; i < count; ++i)
        keys.push_back(keyOf("stock:S" + std::to_string(i)));
    return keys;
}

/// How often the server was asked for that command; 0: never.
qint64 callsOf(RedisServer &server, const char *command)
{
    const QByteArray statistics = server.cli({QStringLiteral("INFO"), QStringLiteral("commandstats")});
    const QByteArray name = QByteArray("cmdstat_") + command + ":calls=";
    const auto at = statistics.indexOf(name);
    return at < 0 ? 0 : statistics.mid(at + name.size(), statistics.indexOf(',', at) - at - name.size()).toLongLong();
}

} // namespace

/// Threads that wait for a lookup and read a real Redis themselves.
class TestRedisDirect : public RedisTest {
    Q_OBJECT

private Q_SLOTS:
    void oneCallGathersWhatTheTiersHave()
    {
        RedisServer server;
        QVERIFY(server.start());
        Process one(server.url(), {}), two(server.url(), {});
        for (const char *text : {"stock:S0", "stock:S1", "stock:S2", "stock:S3"})
            two.upstreamSays(text, text);
        one.upstreamSays("stock:S1", "stock:S1");
        one.upstreamSays("stock:S3", "stock:S3");
        QCOMPARE(one.value("stock:S1"), std::string("stock:S1"));
        QCOMPARE(one.value("stock:S3"), std::string("stock:S3"));
        QCOMPARE(two.value("stock:S2"), std::string("stock:S2"));
        const auto answers = two.engine->lookupBlocking(stockKeys(4));
        const Stage stages[] = {Stage::Source, Stage::L2, Stage::L1, Stage::L2};
        for (std::size_t i = 0; i < answers.size(); ++i) {
            QCOMPARE(answers[i].answeredBy, stages[i]);
            QCOMPARE(answers[i].entry->payload(), answers[i].key.text());
        }
        QCOMPARE(two.engine->lookupBlocking(keyOf("stock:S3")).answeredBy, Stage::L1);
        QCOMPARE(two.engine->lookupBlocking(keyOf("stock:S3"), {.bypassCache = true}).answeredBy, Stage::Source);
    }

    void moreCallersThanConnections()
    {
        RedisServer server;
        QVERIFY(server.start());
        constexpr int count = 500;
        const auto keys = stockKeys(count);
        Process one(server.url(), {}), two(server.url(), {});
        one.onCacheThread([&](TieredCache &) {
            for (const CacheKey &key : keys)
                one.source->answers[key.text()] = key.text();
        });
        one.engine->lookup(keys).waitForFinished();
        waitUntilFilled(*one.engine);
        std::atomic<int> right{0};
        std::vector<std::thread> callers;
        for (int caller = 0; caller < 8; ++caller) {
            callers.emplace_back([&] {
                for (const CacheKey &key : keys)
                    right += two.engine->lookupBlocking(key).entry->payload() == key.text();
            });
        }
        for (auto &caller : callers)
            caller.join();
        QCOMPARE(right.load(), 8 * count);
        QCOMPARE(two.upstreamCalls(), 0u);
        const QByteArray clients = server.info("connected_clients");
        const int readerOfOne = 1;
        QVERIFY2(clients.toInt() <= 2 * 2 + readerOfOne + 4 + 1, clients.constData());
    }

    // For who does not wait it is a thread of the engine that reads.
    void hitNeedsNoCacheThread()
    {
        RedisServer server;
        QVERIFY(server.start());
        Process one(server.url(), {}), two(server.url(), {});
        for (const CacheKey &key : stockKeys(3)) {
            one.upstreamSays(key.text(), key.text());
            QCOMPARE(one.value(key.text()), key.text());
        }
        std::promise<void> goOn;
        two.engine->post([&](TieredCache &) { goOn.get_future().wait(); });
        auto first = two.engine->lookup(stockKeys(2));
        auto second = two.engine->lookup({keyOf("stock:S2")});
        const Lookup last = second.takeResult().at(0);
        const auto answers = first.takeResult();
        goOn.set_value();
        QCOMPARE(last.answeredBy, Stage::L2);
        QCOMPARE(last.entry->payload(), std::string("stock:S2"));
        QCOMPARE(answers[0].entry->payload(), std::string("stock:S0"));
        QCOMPARE(answers[1].entry->payload(), std::string("stock:S1"));
    }

    // The connection of the tier still reaches the old run of the server when a new one is made: it must not be used.
    void otherRunOfTheServerIsNotRead()
    {
        RedisServer before(RedisServer::On::Port), after(RedisServer::On::Port);
        QVERIFY(before.start() && after.start());
        ProxyThread proxy(before.port());
        Process one(before.url(), {}), two(proxy.url(), {});
        one.upstreamSays("stock:A", "right");
        QCOMPARE(one.value("stock:A"), std::string("right"));
        proxy.with([&](TcpProxy &way) { way.setServer(after.port()); });
        const Lookup answer = two.engine->lookupBlocking(keyOf("stock:A"));
        QCOMPARE(answer.answeredBy, Stage::L2);
        QCOMPARE(answer.entry->payload(), std::string("right"));
        QVERIFY(callsOf(after, "info") > 0);
        QCOMPARE(callsOf(after, "get"), 0);
    }

    void silentServerHoldsNobodyUp()
    {
        RedisServer server;
        QVERIFY(server.start());
        Process one(server.url(), {}), two(server.url(), {});
        one.upstreamSays("stock:A", "v");
        two.upstreamSays("stock:A", "v");
        two.upstreamSays("stock:B", "w");
        QCOMPARE(one.value("stock:A"), std::string("v"));
        QCOMPARE(two.engine->lookupBlocking(keyOf("stock:A")).answeredBy, Stage::L2);
        server.pause();
        const Lookup answer = two.engine->lookupBlocking(keyOf("stock:B"));
        server.resume();
        QCOMPARE(answer.answeredBy, Stage::Source);
        QCOMPARE(answer.entry->payload(), std::string("w"));
    }
};

QTEST_GUILESS_MAIN(TestRedisDirect)
#include "tst_redisdirect.moc"
