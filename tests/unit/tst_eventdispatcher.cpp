// labels: tsan
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <future>
#include <stdexcept>

#include "coherence/echofilter.h"
#include "coherence/eventdispatcher.h"
#include "support/manualclock.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

CacheKey keyNamed(const std::string &text)
{
    return CacheKey::parse(text).value();
}

Glob glob(const char *pattern)
{
    return Glob::compile(pattern).value();
}

CacheEvent invalidated(std::vector<CacheKey> keys)
{
    CacheEvent event;
    event.scope = Selector::keys(std::move(keys));
    return event;
}

/// A dispatcher and what its subscribers were told, until the last of `wanted` events.
struct Listening {
    std::vector<std::string> complaints;
    std::shared_ptr<EventDispatcher> events
        = std::make_shared<EventDispatcher>([this](const std::string &text) { complaints.push_back(text); });
    std::vector<CacheEvent> got;
    std::promise<void> all;

    Subscription listen(const char *pattern, std::size_t wanted)
    {
        return {events, events->add(glob(pattern), [this, wanted](const CacheEvent &event) {
                    got.push_back(event);
                    if (got.size() == wanted)
                        all.set_value();
                })};
    }
    void wait() { all.get_future().wait(); }
};

} // namespace

/// Who is told what, and when no more.
class TestEventDispatcher : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyMatchingKeysAreTold()
    {
        Listening listening;
        const Subscription subscription = listening.listen("stock:*", 3);
        listening.events->publish(invalidated({keyNamed("stock:A"), keyNamed("search:a"), keyNamed("stock:B")}));
        listening.events->publish(invalidated({keyNamed("search:a")}));
        CacheEvent pattern;
        pattern.scope = Selector::pattern(glob("search:*"));
        listening.events->publish(pattern); // has no key in common with stock:*
        pattern.scope = Selector::pattern(glob("s*"));
        pattern.keys = {keyNamed("search:a"), keyNamed("stock:C")};
        listening.events->publish(pattern);
        CacheEvent everything;
        listening.events->publish(everything);
        listening.wait();
        QCOMPARE(listening.got[0].keys, (std::vector{keyNamed("stock:A"), keyNamed("stock:B")}));
        QCOMPARE(listening.got[0].scope.describe(), std::string("2 keys"));
        QCOMPARE(listening.got[1].keys, std::vector{keyNamed("stock:C")});
        QVERIFY(listening.got[2].scope.isAll() && listening.got[2].keys.empty());
    }

    void eventsOfOneKeyComeInOrder()
    {
        Listening listening;
        constexpr int count = 2000;
        const Subscription subscription = listening.listen("*", count);
        for (int i = 0; i < count; ++i) {
            CacheEvent event = invalidated({keyNamed("stock:A")});
            event.reason = std::to_string(i);
            listening.events->publish(event);
        }
        listening.wait();
        for (int i = 0; i < count; ++i)
            QCOMPARE(listening.got[static_cast<std::size_t>(i)].reason, std::to_string(i));
    }

    void aSlowSubscriberIsToldThatItMissedSome()
    {
        Listening listening;
        std::promise<void> entered, go;
        Subscription slow(listening.events, listening.events->add(glob("*"), [&](const CacheEvent &event) {
            if (listening.got.empty()) {
                entered.set_value();
                go.get_future().wait();
            }
            listening.got.push_back(event);
            if (listening.got.size() == 3)
                listening.all.set_value();
        }));
        listening.events->publish(invalidated({keyNamed("stock:A")}));
        entered.get_future().wait();
        for (std::size_t i = 0; i <= EventDispatcher::maxEvents; ++i)
            listening.events->publish(invalidated({keyNamed("stock:B")}));
        listening.events->publish(invalidated({keyNamed("stock:C")}));
        go.set_value();
        listening.wait();
        slow.unsubscribe();
        QCOMPARE(listening.got.size(), 3u);
        QVERIFY(listening.got[1].kind == CacheEvent::Kind::Missed);
        QCOMPARE(listening.got[2].keys, std::vector{keyNamed("stock:C")});
    }

    void whatASubscriberThrowsHarmsNobody()
    {
        Listening listening;
        Subscription bad(listening.events,
            listening.events->add(glob("*"), [](const CacheEvent &) { throw std::runtime_error("no good"); }));
        const Subscription good = listening.listen("*", 3);
        for (int i = 0; i < 3; ++i)
            listening.events->publish(invalidated({keyNamed("stock:A")}));
        listening.wait();
        listening.events->close();
        QCOMPARE(listening.complaints.size(), 1u);
        QVERIFY(listening.complaints.front().find("no good") != std::string::npos);
    }

    void afterUnsubscribeNothingRuns()
    {
        Listening listening;
        std::promise<void> entered, go;
        std::atomic<bool> left{false};
        Subscription subscription(listening.events, listening.events->add(glob("*"), [&](const CacheEvent &) {
            entered.set_value();
            go.get_future().wait();
            left = true;
        }));
        listening.events->publish(invalidated({keyNamed("stock:A")}));
        listening.events->publish(invalidated({keyNamed("stock:A")})); // would set the promise a second time
        entered.get_future().wait();
        std::thread releases([&] {
            while (listening.events->isListenedTo()) // or the second one might still be due
                std::this_thread::yield();
            go.set_value();
        });
        subscription.unsubscribe();
        QVERIFY(left);
        releases.join();
        listening.events->close();
        QVERIFY(listening.complaints.empty());
    }

    void unsubscribingFromTheCallbackDoesNotWaitForItself()
    {
        Listening listening;
        Subscription subscription;
        std::promise<void> ready;
        std::shared_future<void> made = ready.get_future().share();
        int calls = 0;
        subscription = Subscription(listening.events, listening.events->add(glob("*"), [&, made](const CacheEvent &) {
            made.wait();
            ++calls;
            subscription.unsubscribe();
        }));
        ready.set_value();
        listening.events->publish(invalidated({keyNamed("stock:A")}));
        listening.events->publish(invalidated({keyNamed("stock:A")}));
        listening.events->close();
        QCOMPARE(calls, 1);
        QVERIFY(!subscription.isActive());
    }

    void whatWaitsAtTheEndIsDelivered()
    {
        Listening listening;
        Subscription subscription = listening.listen("*", 1000);
        for (int i = 0; i < 500; ++i)
            listening.events->publish(invalidated({keyNamed("stock:A")}));
        listening.events->close();
        QCOMPARE(listening.got.size(), 500u);
        listening.events->publish(invalidated({keyNamed("stock:A")}));
        QCOMPARE(listening.got.size(), 500u);
    }

    void manyThreadsPublishAndSubscribe()
    {
        Listening listening;
        constexpr int threads = 4, each = 500;
        const Subscription subscription = listening.listen("stock:*", threads * each);
        std::vector<std::thread> running;
        for (int t = 0; t < threads; ++t) {
            running.emplace_back([&] {
                for (int i = 0; i < each; ++i) {
                    Subscription brief(listening.events, listening.events->add(glob("*"), [](const CacheEvent &) {}));
                    listening.events->publish(invalidated({keyNamed("stock:A")}));
                }
            });
        }
        for (std::thread &thread : running)
            thread.join();
        listening.wait();
        QCOMPARE(listening.got.size(), std::size_t(threads * each));
    }

    void whatTwoLogsTellOfIsNewOnce()
    {
        ManualClock clock;
        EchoFilter filter(clock);
        const Selector both = Selector::keys({keyNamed("stock:A"), keyNamed("stock:B")});
        const Selector one = Selector::keys({keyNamed("stock:A")});
        QCOMPARE(filter.newOf("p", one, HeardFrom::Stream)->describe(), std::string("stock:A"));
        QCOMPARE(filter.newOf("p", both, HeardFrom::Database)->describe(), std::string("stock:B"));
        QVERIFY(!filter.newOf("p", Selector::keys({keyNamed("stock:B")}), HeardFrom::Stream));
        // Twice by one log is two events, and another process's is its own.
        QVERIFY(filter.newOf("p", one, HeardFrom::Stream) && filter.newOf("p", one, HeardFrom::Stream));
        QVERIFY(filter.newOf("q", one, HeardFrom::Database));
        QVERIFY(!filter.newOf("p", one, HeardFrom::Database) && !filter.newOf("p", one, HeardFrom::Database));
        QVERIFY(filter.newOf("p", one, HeardFrom::Database));
        // What the other log has not told of for ten seconds, it never will.
        QVERIFY(filter.newOf("p", Selector::all(), HeardFrom::Stream));
        clock.advance(std::chrono::seconds(11));
        QVERIFY(filter.newOf("p", Selector::all(), HeardFrom::Database));
    }
};

QTEST_APPLESS_MAIN(TestEventDispatcher)
#include "tst_eventdispatcher.moc"
