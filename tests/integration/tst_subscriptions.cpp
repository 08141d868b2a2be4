// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <condition_variable>
#include <mutex>

#include "support/databasefolder.h"
#include "support/processrows.h"
#include "support/process.h"
#include "support/redisserver.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

/// Writes down what a subscription is told, and waits for a key.
class Told {
public:
    Told(Engine &engine, const char *pattern) :
        m_subscription(
            engine.subscribe(Glob::compile(pattern).value(), [this](const CacheEvent &event) { take(event); }))
    {}

    std::vector<CacheEvent> until(const std::string &text)
    {
        const CacheKey key = keyOf(text);
        std::unique_lock lock(m_mutex);
        m_arrived.wait_for(lock, std::chrono::seconds(20), [&] { return timesUnlocked(key) > 0; });
        return m_events;
    }
    int times(const std::string &text)
    {
        const std::lock_guard lock(m_mutex);
        return timesUnlocked(keyOf(text));
    }
    std::thread::id thread() const { return m_thread; }

private:
    void take(const CacheEvent &event)
    {
        const std::lock_guard lock(m_mutex);
        m_thread = std::this_thread::get_id();
        m_events.push_back(event);
        m_arrived.notify_all();
    }
    int timesUnlocked(const CacheKey &key) const
    {
        return static_cast<int>(std::count_if(m_events.begin(), m_events.end(), [&](const CacheEvent &event) {
            return std::find(event.keys.begin(), event.keys.end(), key) != event.keys.end();
        }));
    }

    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::vector<CacheEvent> m_events;
    std::thread::id m_thread;
    Subscription m_subscription; // ends first
};

} // namespace

/// What a program learns of changes, its own and those of other processes.
class TestSubscriptions : public QObject {
    Q_OBJECT

    DatabaseFolder m_databases;

private Q_SLOTS:
    void ownChangesAreTold()
    {
        Process process({}, m_databases.newFile());
        process.upstreamSays("stock:A", "v");
        process.upstreamSays("search:a", "v");
        process.get("stock:A");
        process.get("search:a");
        QVERIFY(process.engine->declare({keyOf("stock:A"), keyOf("search:a")}).result());
        Told told(*process.engine, "*");
        Invalidation what;
        what.which = Selector::type("stock");
        what.dependents = true;
        what.reason = "the market moved";
        process.engine->invalidate(what).waitForFinished();
        QVERIFY(process.engine->write(keyOf("user:1"), "v", "test").result());
        what = {};
        what.which = Selector::keys({keyOf("user:1")});
        what.expire = true;
        process.engine->invalidate(what).waitForFinished();
        process.invalidate("stock:END");
        const std::vector<CacheEvent> events = told.until("stock:END");
        QCOMPARE(events.size(), 5u);
        QCOMPARE(events[0].scope.describe(), std::string("type stock"));
        QCOMPARE(events[0].keys, std::vector{keyOf("stock:A")}); // found by the pattern
        QCOMPARE(events[0].reason, std::string("the market moved"));
        QCOMPARE(events[1].keys, std::vector{keyOf("search:a")}); // a dependent
        QVERIFY(events[1].kind == CacheEvent::Kind::Invalidated && !events[1].remote);
        QVERIFY(events[2].kind == CacheEvent::Kind::Written && events[2].keys == std::vector{keyOf("user:1")});
        QVERIFY(events[3].kind == CacheEvent::Kind::Expired);
        QVERIFY(told.thread() != process.cacheThread && told.thread() != std::this_thread::get_id());
    }

    void anotherProcessIsHeardOnce_data() { addWaysToHear(); }
    void anotherProcessIsHeardOnce()
    {
        QFETCH(bool, redis);
        QFETCH(int, databases);
        RedisServer server;
        QVERIFY(!redis || server.start());
        const QString url = redis ? server.url() : QString();
        const QString first = databases > 0 ? m_databases.newFile() : QString();
        Process one(url, first);
        Process two(url, databases == 2 ? m_databases.newFile() : first);
        Told told(*one.engine, "stock:*");
        two.upstreamSays("stock:A", "v");
        for (int i = 0; i < 3; ++i) {
            two.get("stock:A");
            two.invalidate("stock:A");
        }
        QVERIFY(two.engine->write(keyOf("stock:W"), "v", "test").result());
        two.invalidate("stock:END");
        for (const CacheEvent &event : told.until("stock:END"))
            QVERIFY(event.remote && event.kind == CacheEvent::Kind::Invalidated);
        if (databases == 1) { // only the database tells of this one, so that everything before has come from there too
            Invalidation what;
            what.which = Selector::keys({keyOf("stock:LAST")});
            what.tiers[1] = false;
            two.engine->invalidate(what).waitForFinished();
            told.until("stock:LAST");
            QCOMPARE(told.times("stock:LAST"), 1);
        }
        QCOMPARE(told.times("stock:A"), 3);
        QCOMPARE(told.times("stock:W"), 1);
        QCOMPARE(told.times("stock:END"), 1);
    }

    void aLostLogSaysThatEverythingMayHaveChanged()
    {
        RedisServer server;
        QVERIFY(server.start());
        Process process(server.url(), {});
        std::promise<void> missed;
        std::atomic<bool> once{false};
        const Subscription subscription
            = process.engine->subscribe(Glob::compile("user:*").value(), [&](const CacheEvent &event) {
                  if (event.kind == CacheEvent::Kind::Missed && !once.exchange(true))
                      missed.set_value();
              });
        server.kill();
        QVERIFY(server.start());
        QVERIFY(missed.get_future().wait_for(std::chrono::seconds(20)) == std::future_status::ready);
    }

    void aReceiverMayWaitForTheEngine()
    {
        Process process({}, {});
        process.upstreamSays("stock:A", "v");
        std::promise<std::string> answered;
        const Subscription subscription
            = process.engine->subscribe(Glob::compile("stock:A").value(), [&](const CacheEvent &event) {
                  answered.set_value(std::string(process.engine->lookup(event.keys).result().at(0).entry->payload()));
              });
        process.invalidate("stock:A");
        QCOMPARE(answered.get_future().get(), std::string("v"));
    }

    void aSubscriptionMayOutliveTheEngine()
    {
        Subscription subscription;
        {
            Process process({}, {});
            subscription = process.engine->subscribe(Glob::compile("*").value(), [](const CacheEvent &) {});
        }
        QVERIFY(subscription.isActive());
        subscription.unsubscribe();
        QVERIFY(!subscription.isActive());
    }
};

QTEST_GUILESS_MAIN(TestSubscriptions)
#include "tst_subscriptions.moc"
