// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "monitor/entrypage.h"
#include "monitor/sampler.h"

using namespace insitecache;
using namespace std::chrono_literals;

namespace {

constexpr WallTime start{Millis(1'770'000'000'000)};

/// A cache's life as successive readings.
struct Life {
    Metrics metrics;
    Sampler sampler;
    Reading reading;
    int second = 0;

    Life()
    {
        reading.configured = {true, true, false};
        for (TierUsage &usage : reading.usage)
            usage.up = true;
        pass();
    }

    void answered(Stage stage, bool stale, Duration took)
    {
        metrics.lookupDone("stock", stage, stale, false, false, took);
    }

    void pass(int seconds = 1)
    {
        for (int i = 0; i < seconds; ++i) {
            reading.time = start + std::chrono::seconds(second);
            reading.steady = SteadyTime(std::chrono::seconds(second));
            reading.totals = metrics.totals();
            sampler.add(reading);
            ++second;
        }
    }

    Snapshot now(SeriesRange range = SeriesRange::Minutes5) const { return sampler.snapshot(range); }
};

TierEntryInfo info(const char *key, Millis ttl, std::uint64_t hits)
{
    TierEntryInfo out;
    out.key = CacheKey::parse(key).value();
    out.ttl = ttl;
    out.hits = hits;
    return out;
}

TierListing listing(std::vector<TierEntryInfo> entries)
{
    const auto total = entries.size();
    return {std::move(entries), total, true};
}

} // namespace

class TestSampler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSecondHoldsDifferencesNotTotals()
    {
        Life life;
        life.answered(Stage::L1, false, 1ms);
        life.answered(Stage::Source, false, 3ms);
        life.pass();
        life.answered(Stage::L2, true, 2ms);
        life.pass();
        const Snapshot snapshot = life.now();
        QCOMPARE(snapshot.series.size(), 2u);
        QCOMPARE(snapshot.series[0].lookups, 2u);
        QCOMPARE(snapshot.series[0].answeredBy[0], 1u);
        QVERIFY(std::abs(snapshot.series[0].meanMs - 2.0) < 0.01);
        QCOMPARE(snapshot.series[1].lookups, 1u);
        QCOMPARE(snapshot.series[1].stale, 1u);
        QCOMPARE(snapshot.series[1].answeredBy[1], 0u);
    }

    void longerBucketsJoinCountsAndLatencies()
    {
        Life life;
        for (int i = 0; i < 20; ++i) {
            life.answered(Stage::L1, false, i < 10 ? 1ms : 100ms);
            life.pass();
        }
        std::uint64_t lookups = 0;
        for (const Sample &sample : life.now(SeriesRange::Hour1).series) {
            lookups += sample.lookups;
            QVERIFY(sample.lookups <= 15);
        }
        QCOMPARE(lookups, 20u);
        const auto fives = life.now(SeriesRange::Minutes15).series;
        QVERIFY(fives.front().p99Ms < 1.2 && fives.back().p50Ms > 80);
    }

    void seriesStayBounded()
    {
        Life life;
        life.pass(1000);
        QCOMPARE(life.now(SeriesRange::Minute1).series.size(), 60u);
        QCOMPARE(life.now(SeriesRange::Minutes5).series.size(), 300u);
        QVERIFY(life.now(SeriesRange::Minutes15).series.size() <= 180u);
        QVERIFY(life.now(SeriesRange::Hours6).series.size() <= 17u);
    }

    void windowForgetsWhatIsOlderThanAMinute()
    {
        Life life;
        life.answered(Stage::L1, false, 1ms);
        life.pass(30);
        QCOMPARE(life.now().window.lookups, 1u);
        life.pass(40);
        QCOMPARE(life.now().window.lookups, 0u);
        QCOMPARE(life.now().totals.all.lookups, 1u);
    }

    void aReopenedTierNeverCountsBackwards()
    {
        Life life;
        life.reading.usage[0].evictions = 50;
        life.pass();
        life.reading.usage[0].evictions = 3;
        life.pass();
        QCOMPARE(life.now().series.back().evictions, 0u);
    }

    void aRowJoinsTheCopiesOfAKey()
    {
        TierListings listings;
        listings.tiers[0] = listing({info("stock:B", 10s, 3), info("stock:A", -5s, 1)});
        listings.tiers[1] = listing({info("stock:A", 60s, 0)});
        const EntryPage page = makeEntryPage(listings, 10, PolicyRegistry::builtIn(), start);
        QCOMPARE(page.rows.size(), 2u);
        QCOMPARE(page.rows[0].key.text(), std::string("stock:A"));
        QVERIFY(page.rows[0].tiers[0].present && !page.rows[0].tiers[0].fresh);
        QVERIFY(page.rows[0].tiers[1].fresh && !page.rows[0].tiers[2].present);
        // L1's copy is expired, so L2's is the one that would answer.
        QCOMPARE(page.rows[0].expires, start + 60s);
        QCOMPARE(page.rows[0].hits, 1u);
        QVERIFY(std::abs(page.rows[1].ageShare - (1.0 - 10.0 / 300.0)) < 1e-9);
        QVERIFY(page.exact);
    }

    void aPageOverItsLimitSaysSo()
    {
        TierListings listings;
        listings.tiers[0] = listing({info("stock:A", 10s, 0), info("stock:B", 10s, 0), info("stock:C", 10s, 0)});
        listings.tiers[1] = TierListing{{info("stock:D", 10s, 0)}, 9, false};
        const EntryPage page = makeEntryPage(listings, 2, PolicyRegistry::builtIn(), start);
        QCOMPARE(page.rows.size(), 2u);
        QCOMPARE(page.total, 9u);
        QVERIFY(!page.exact);
    }

    void anUnreachableTierIsNamed()
    {
        TierListings listings;
        listings.tiers[0] = listing({info("stock:A", 10s, 0)});
        listings.tiers[1] = Result<TierListing>(fail(ErrorCode::Unavailable, "gone"));
        const EntryPage page = makeEntryPage(listings, 2, PolicyRegistry::builtIn(), start);
        QCOMPARE(page.unreachable.size(), 1u);
        QCOMPARE(page.unreachable[0].stage, Stage::L2);
        QVERIFY(!page.exact);
    }
};

QTEST_GUILESS_MAIN(TestSampler)
#include "tst_sampler.moc"
