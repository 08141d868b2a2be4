// labels: tsan
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>

#include <thread>

#include <insitecache/base/random.h>
#include <insitecache/metrics/metrics.h>

using namespace insitecache;
using namespace std::chrono_literals;

class TestMetrics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bucketsCoverEveryValueInOrder()
    {
        for (int bucket = 1; bucket < HistogramCounts::bucketCount; ++bucket) {
            const std::uint64_t low = Histogram::lowerBoundNs(bucket);
            QVERIFY(low > Histogram::lowerBoundNs(bucket - 1));
            QCOMPARE(Histogram::bucketOf(low), bucket);
            QCOMPARE(Histogram::bucketOf(low - 1), bucket - 1);
        }
        QCOMPARE(Histogram::bucketOf(~0ull), HistogramCounts::bucketCount - 1);
        QVERIFY(Histogram::lowerBoundNs(HistogramCounts::bucketCount - 1) > 60'000'000'000ull);
    }

    void quantilesAreWithinTheirBound()
    {
        const auto random = Random::seeded(3);
        Histogram histogram;
        std::vector<double> exact;
        for (int i = 0; i < 10'000; ++i) {
            const double ms = random->between(0.001, 1.0) * random->between(0.001, 100.0);
            exact.push_back(ms);
            histogram.record(Duration(static_cast<Duration::rep>(ms * 1e6)));
        }
        std::sort(exact.begin(), exact.end());
        for (const double q : {0.1, 0.5, 0.9, 0.95, 0.99}) {
            const double truth = exact[static_cast<std::size_t>(q * 9'999)];
            const double told = histogram.counts().quantileMs(q);
            QVERIFY2(std::abs(told - truth) <= truth * 0.125, qPrintable(QString::number(told)));
        }
    }

    void windowIsADifference()
    {
        Histogram histogram;
        histogram.record(1ms);
        const HistogramCounts before = histogram.counts();
        histogram.record(10ms);
        histogram.record(10ms);
        const HistogramCounts window = histogram.counts() - before;
        QCOMPARE(window.count, 2u);
        QCOMPARE(window.meanMs(), 10.0);
    }

    void manyThreadsLoseNothing()
    {
        Metrics metrics;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&metrics, t] {
                const std::string type = "t" + std::to_string(t % 2);
                for (int i = 0; i < 10'000; ++i) {
                    metrics.tierRead(Stage::L1, i % 2 ? Outcome::Hit : Outcome::Miss, 1us);
                    metrics.lookupDone(type, i % 2 ? Stage::L1 : Stage::Source, false, false, false, 1us);
                }
            });
        }
        for (auto &thread : threads)
            thread.join();
        const MetricsTotals totals = metrics.totals();
        QCOMPARE(totals.all.lookups, 40'000u);
        QCOMPARE(totals.all.hitRatio(), 0.5);
        QCOMPARE(totals.types.size(), 2u);
        QCOMPARE(totals.tiers[0].hits, 20'000u);
        QCOMPARE(totals.tiers[0].misses, 20'000u);
    }

    void hitInMemoryCountsAsReadAndLookup()
    {
        Metrics inOne, inTwo;
        std::vector<std::thread> threads;
        for (int t = 0; t < 6; ++t) {
            threads.emplace_back([&inOne, &inTwo, t] {
                const std::string type = "t" + std::to_string(t % 2);
                for (int i = 0; i < 1'000; ++i) {
                    inOne.memoryHit(type, 300ns);
                    inTwo.tierRead(Stage::L1, Outcome::Hit, 300ns);
                    inTwo.lookupDone(type, Stage::L1, false, false, false, 300ns);
                }
            });
        }
        for (auto &thread : threads)
            thread.join();
        const MetricsTotals one = inOne.totals(), two = inTwo.totals();
        QCOMPARE(one.tiers[0].hits, 6'000u);
        QCOMPARE(one.tiers[0].lookups, two.tiers[0].lookups);
        QCOMPARE(one.tiers[0].latency.sumNs, two.tiers[0].latency.sumNs);
        QCOMPARE(one.types.size(), 2u);
        QCOMPARE(one.all.lookups, two.all.lookups);
        QCOMPARE(one.all.answeredBy[0], two.all.answeredBy[0]);
        QVERIFY(one.all.latency.buckets == two.all.latency.buckets);
    }

    void typesBeyondTheTableAreCountedTogether()
    {
        Metrics metrics;
        for (int i = 0; i < 100; ++i)
            metrics.lookupDone("t" + std::to_string(i), Stage::L1, false, false, false, 1us);
        QCOMPARE(metrics.totals().all.lookups, 100u);
        QCOMPARE(metrics.totals().types.back().type, std::string("other"));
    }
};

QTEST_APPLESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
