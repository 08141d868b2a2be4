// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>

#include <insitecache/base/random.h>

#include "cache/ttladvisor.h"
#include "support/tiercalls.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

/// The time to the next change of something that changes `rate` times a second on average.
Duration nextChange(Random &random, double rate)
{
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(-std::log(1 - random.unit()) / rate));
}

/// A policy that adapts, and what it advises as time goes by.
struct Advised {
    TtlAdvisor advisor;
    Policy policy;
    TtlClues clues{SteadyTime(1h), WallTime(Millis(1'770'000'000'000)), {}, {}};

    Advised()
    {
        policy.type = "stock";
        policy.adaptiveTtl = true;
        policy.ttl = 300s;
        policy.minTtl = 10s;
        policy.maxTtl = 1h;
    }
    TtlAdvice load(const char *payload, Duration after, const char *key = "stock:A")
    {
        clues.now += after;
        return advisor.advise(keyOf(key), payload, clues, policy);
    }
    TtlAdvice loadMany(int times, Duration every, bool changing, const char *key = "stock:A")
    {
        TtlAdvice last;
        for (int i = 0; i < times; ++i)
            last = load(changing && i % 2 ? "x" : "y", every, key);
        return last;
    }
};

} // namespace

class TestTtlAdvisor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // -log((n - X + 0.5) / (n + 0.5)) / interval
    void atEqualIntervalsItIsTheEstimatorOfThePaper_data()
    {
        QTest::addColumn<int>("looks");
        QTest::addColumn<int>("changed");
        QTest::newRow("one of four") << 4 << 1;
        QTest::newRow("three of twelve") << 12 << 3;
        QTest::newRow("nine of ten") << 10 << 9;
        QTest::newRow("each") << 16 << 16;
    }
    void atEqualIntervalsItIsTheEstimatorOfThePaper()
    {
        QFETCH(int, looks);
        QFETCH(int, changed);
        ChangeRate rate;
        for (int i = 0; i < looks; ++i)
            rate.looked(20s, i < changed);
        const double expected = -std::log((looks - changed + 0.5) / (looks + 0.5)) / 20;
        QVERIFY2(std::abs(rate.perSecond() / expected - 1) < 1e-5, qPrintable(QString::number(rate.perSecond())));
    }

    // The plain share of changed looks by their mean interval would be 40 % too low here.
    void irregularLooksFindTheRate()
    {
        const auto random = Random::seeded(7);
        constexpr double truth = 0.02;
        double sum = 0;
        constexpr int trials = 2000;
        for (int trial = 0; trial < trials; ++trial) {
            ChangeRate rate;
            for (int i = 0; i < ChangeRate::window; ++i) {
                const Duration since = i % 2 ? 5s : 120s;
                rate.looked(since, nextChange(*random, truth) < since);
            }
            sum += rate.perSecond();
        }
        const double mean = sum / trials;
        QVERIFY2(mean > 0.9 * truth && mean < 1.1 * truth, qPrintable(QString::number(mean)));
    }

    void onlyTheLastLooksCount()
    {
        ChangeRate rate;
        for (int i = 0; i < 100; ++i)
            rate.looked(1s, true);
        for (int i = 0; i < ChangeRate::window; ++i)
            rate.looked(10s, false);
        QCOMPARE(rate.changes(), 0);
        QCOMPARE(rate.perSecond(), 0.5 / (10 * ChangeRate::window));
    }

    void looksWithoutTimeBetweenTellNothing()
    {
        ChangeRate rate;
        rate.looked(0s, true);
        rate.looked(-5s, true);
        QCOMPARE(rate.looks(), 0);
        QCOMPARE(rate.perSecond(), 0.0);
    }

    void whatIsUnknownGetsTheTtlOfThePolicy()
    {
        Advised advised;
        const TtlAdvice advice = advised.load("x", 0s);
        QCOMPARE(advice.ttl, Duration(300s));
        QCOMPARE(advice.why, std::string("seldom seen so far, so the ttl of the policy"));
    }

    void whatChangesOftenLivesShort()
    {
        Advised advised;
        advised.policy.minTtl = 1s;
        const TtlAdvice advice = advised.loadMany(13, 60s, true);
        QCOMPARE(advice.why, std::string("changed in 12 of 12 looks"));
        // -log(0.5 / 12.5) / 60 s = 0.0536 /s, and a tenth outdated at 0.15 / that.
        QVERIFY2(advice.ttl > 2750ms && advice.ttl < 2850ms, qPrintable(QString::number(toMillis(advice.ttl))));
    }

    void whatDoesNotChangeLivesLongerStepByStep()
    {
        Advised advised;
        Duration ttl = advised.loadMany(5, 60s, false).ttl;
        for (int i = 0; i < 4; ++i) {
            const Duration next = advised.load("y", ttl).ttl;
            QVERIFY(next > ttl && next < ttl * 2);
            ttl = next;
        }
    }

    // What the whole is for: the share of outdated answers, read at any time, is a tenth.
    void aTenthOfTheReadsIsOutdated()
    {
        const auto random = Random::seeded(3);
        Advised advised;
        advised.policy.minTtl = 1s;
        advised.policy.maxTtl = 24h;
        double outdated = 0, lived = 0;
        SteadyTime change = advised.clues.now + nextChange(*random, 1.0 / 600);
        int version = 0;
        Duration ttl{};
        for (int i = 0; i < 20'000; ++i) {
            const SteadyTime until = advised.clues.now + ttl;
            outdated += change < until ? std::chrono::duration<double>(until - change).count() : 0;
            lived += std::chrono::duration<double>(ttl).count();
            for (; change < until; change += nextChange(*random, 1.0 / 600))
                ++version;
            ttl = advised.load(std::to_string(version).c_str(), ttl).ttl;
        }
        const double share = outdated / lived;
        QVERIFY2(share > 0.08 && share < 0.12, qPrintable(QString::number(share)));
    }

    void aNewKeyIsTakenForOneOfItsType()
    {
        Advised advised;
        advised.loadMany(9, 60s, true);
        const TtlAdvice advice = advised.load("z", 1s, "stock:B");
        QCOMPARE(advice.why, std::string("values of this type changed in 8 of 8 looks; raised to min-ttl 10 s"));
        QCOMPARE(advised.load("z", 1s, "search:B").ttl, Duration(300s));
    }

    void theUpstreamOnlyShortens()
    {
        Advised advised;
        advised.clues.upstream.atMost = 60s;
        QCOMPARE(advised.load("x", 0s).ttl, Duration(60s));
        QVERIFY(advised.load("x", 1s).why.ends_with("; at most max-age 60 s"));
        advised.clues.upstream.atMost = 2h;
        QCOMPARE(advised.load("x", 1s).ttl, Duration(300s));
    }

    void theBoundsHoldAgainstEverything()
    {
        Advised advised;
        advised.clues.upstream.atMost = 0s;
        const TtlAdvice least = advised.load("x", 0s);
        QCOMPARE(least.ttl, Duration(10s));
        QVERIFY(least.why.ends_with("; at most max-age 0 s; raised to min-ttl 10 s"));
        advised.clues.upstream = {};
        advised.clues.closedUntil = advised.clues.wall + Millis(24h);
        const TtlAdvice most = advised.load("x", 0s);
        QCOMPARE(most.ttl, Duration(1h));
        QVERIFY(most.why.ends_with("; cut to max-ttl 60 min"));
        advised.clues.closedUntil = advised.clues.wall - Millis(24h); // a clock that jumped
        QCOMPARE(advised.load("x", 0s).ttl, Duration(10s));
    }

    void noStoreIsToldOnly()
    {
        Advised advised;
        advised.clues.upstream.noStore = true;
        const TtlAdvice advice = advised.load("x", 0s);
        QCOMPARE(advice.ttl, Duration(300s));
        QVERIFY(advice.why.ends_with("; kept although the upstream says no-store"));
    }

    void aClosedMarketOutlivesMaxAge()
    {
        Advised advised;
        advised.clues.upstream.atMost = 1s;
        advised.clues.closedUntil = advised.clues.wall + Millis(40min);
        const TtlAdvice advice = advised.load("x", 0s);
        QCOMPARE(advice.ttl, Duration(40min));
        QCOMPARE(advice.why, std::string("market closed until 2026-02-02 03:20Z"));
    }

    // Or every stock would look calm in the morning.
    void aClosedMarketTellsNothingOfChanges()
    {
        Advised advised;
        advised.loadMany(5, 60s, true);
        const Duration before = advised.load("q", 60s).ttl;
        advised.clues.closedUntil = advised.clues.wall + Millis(1h);
        advised.loadMany(20, 10min, false);
        advised.clues.closedUntil.reset();
        QCOMPARE(advised.load("y", 1h).ttl, before);
    }

    void itRemembersTheKeysLoadedLast()
    {
        Advised advised;
        advised.loadMany(5, 60s, true, "stock:FIRST");
        for (std::size_t i = 0; i < TtlAdvisor::maxKeys; ++i)
            advised.load("x", 1ms, ("search:" + std::to_string(i)).c_str());
        QCOMPARE(advised.advisor.keys(), TtlAdvisor::maxKeys);
        QCOMPARE(advised.load("x", 1s, "stock:FIRST").why, std::string("seldom seen so far, so the ttl of the policy"));
    }
};

QTEST_APPLESS_MAIN(TestTtlAdvisor)
#include "tst_ttladvisor.moc"
