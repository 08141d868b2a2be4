// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "redis/circuitbreaker.h"
#include "coherence/owedremovals.h"
#include "support/manualclock.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

CacheKey key(const std::string &text)
{
    return CacheKey::parse(text).value();
}

Selector pattern(const char *glob)
{
    return Selector::pattern(Glob::compile(glob).value());
}

} // namespace

class TestOwedRemovals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void coversWhatIsOwed()
    {
        OwedRemovals owed;
        QVERIFY(owed.isEmpty());
        owed.add(key("stock:A"));
        owed.add(pattern("search:a*"));
        owed.add(Selector::keys({key("user:1"), key("user:2")}));
        QVERIFY(owed.covers(key("stock:A")));
        QVERIFY(owed.covers(key("search:apple")));
        QVERIFY(owed.covers(key("user:2")));
        QVERIFY(!owed.covers(key("stock:B")));
        QVERIFY(!owed.covers(key("search:b")));
        QCOMPARE(owed.size(), 4u);
        QCOMPARE(owed.bill().items.size(), 2u);
    }

    void replacedKeyIsSettled()
    {
        OwedRemovals owed;
        owed.add(key("stock:A"));
        owed.add(key("stock:B"));
        owed.settle(key("stock:A"));
        QVERIFY(!owed.covers(key("stock:A")));
        QVERIFY(owed.covers(key("stock:B")));
    }

    void debtMadeWhilePayingStays()
    {
        OwedRemovals owed;
        owed.add(key("stock:A"));
        owed.add(key("stock:B"));
        owed.add(pattern("search:*"));
        const OwedRemovals::Bill bill = owed.bill();
        owed.add(key("stock:A"));
        owed.add(pattern("user:*"));
        owed.settle(bill.upTo);
        QVERIFY(owed.covers(key("stock:A")));
        QVERIFY(!owed.covers(key("stock:B")));
        QVERIFY(!owed.covers(key("search:x")));
        QVERIFY(owed.covers(key("user:x")));
    }

    void tooManyDebtsBecomeEverything()
    {
        OwedRemovals keys;
        for (std::size_t i = 0; i <= OwedRemovals::maxKeys; ++i)
            keys.add(key("stock:S" + std::to_string(i)));
        QCOMPARE(keys.size(), 1u);
        QVERIFY(keys.covers(key("user:unheard-of")));
        OwedRemovals selectors;
        for (std::size_t i = 0; i <= OwedRemovals::maxSelectors; ++i)
            selectors.add(pattern(("a:" + std::to_string(i) + "*").c_str()));
        QCOMPARE(selectors.size(), 1u);
        QVERIFY(selectors.covers(key("user:unheard-of")));
        selectors.settle(selectors.bill().upTo);
        QVERIFY(selectors.isEmpty());
    }

    void breakerOpensAfterThreeFailures()
    {
        ManualClock clock;
        CircuitBreaker breaker(clock);
        breaker.failed();
        breaker.failed();
        breaker.succeeded();
        breaker.failed();
        breaker.failed();
        QVERIFY(!breaker.isOpen());
        breaker.failed();
        QVERIFY(breaker.isOpen());
        clock.advance(1h);
        QVERIFY(breaker.isOpen());
    }

    void breakerOpensWhenOneFailureLasts()
    {
        ManualClock clock;
        CircuitBreaker breaker(clock);
        breaker.failed();
        clock.advance(CircuitBreaker::timeToOpen - 1ms);
        QVERIFY(!breaker.isOpen());
        clock.advance(1ms);
        QVERIFY(breaker.isOpen());
    }

    void reachedBreakerTrustsOnceOnly()
    {
        ManualClock clock;
        CircuitBreaker breaker(clock);
        for (int i = 0; i < 3; ++i)
            breaker.failed();
        breaker.reached();
        QVERIFY(!breaker.isOpen());
        breaker.failed();
        QVERIFY(breaker.isOpen());
        breaker.reached();
        breaker.succeeded();
        breaker.failed();
        QVERIFY(!breaker.isOpen());
    }

    // While the tier pays what it owes nobody reads it, so no success is counted: it must still be there afterwards.
    void reachedBreakerWaitsToBeAsked_data()
    {
        QTest::addColumn<int>("failures");
        QTest::newRow("it was open") << 3;
        QTest::newRow("it was not yet open") << 1;
    }
    void reachedBreakerWaitsToBeAsked()
    {
        QFETCH(const int, failures);
        ManualClock clock;
        CircuitBreaker breaker(clock);
        for (int i = 0; i < failures; ++i)
            breaker.failed();
        breaker.reached();
        clock.advance(1h);
        QVERIFY(!breaker.isOpen());
        breaker.failed();
        clock.advance(CircuitBreaker::timeToOpen);
        QVERIFY(breaker.isOpen());
    }
};

QTEST_APPLESS_MAIN(TestOwedRemovals)
#include "tst_owedremovals.moc"
