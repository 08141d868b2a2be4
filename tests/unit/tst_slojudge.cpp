// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <random>

#include "monitor/slojudge.h"
#include "support/snapshots.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

SteadyTime at(int second)
{
    return SteadyTime(std::chrono::seconds(second));
}

Snapshot snapshotWith(int second, std::uint64_t lookups, double hitRatio, double meanMs = 10)
{
    Snapshot s = emptySnapshot();
    s.time = snapshotEnd + std::chrono::seconds(second);
    s.window.lookups = lookups;
    s.window.answeredBy[0] = static_cast<std::uint64_t>(double(lookups) * hitRatio);
    s.window.answeredBy[3] = lookups - s.window.answeredBy[0];
    s.window.latency.count = lookups;
    s.window.latency.sumNs = static_cast<std::uint64_t>(meanMs * 1e6 * double(lookups));
    return s;
}

/// Feeds one value once a second; what the last second said.
SloReading feed(SloJudge &judge, int from, int seconds, double hitRatio)
{
    SloReading reading;
    for (int second = from; second < from + seconds; ++second)
        reading = judge.add(at(second), snapshotWith(second, 1000, hitRatio));
    return reading;
}

} // namespace

class TestSloJudge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tooFewSamplesAreNotFine();
    void valueNearTheLimitWarns_data();
    void valueNearTheLimitWarns();
    void breachNeedsThreeWindowsAndClearsAfterSix();
    void oneGoodWindowStartsTheCountAgain();
    void fewSamplesForgetTheCount();
    void meanIsJudgedOnTheMean();
    void memoryIsUnknownWithoutTheSystemsSize();
    void memoryCountsOnlyTiersThatCanBeAsked();
    void memoryClearsBelowTheWarningOnly();
    void nothingFlaps_data();
    void nothingFlaps();
};

void TestSloJudge::tooFewSamplesAreNotFine()
{
    SloJudge judge(SloKind::HitRatio);
    const SloReading few = judge.add(at(0), snapshotWith(0, 49, 1.0));
    QCOMPARE(few.state, SloState::TooFew);
    QCOMPARE(few.needed, std::uint64_t(50));
    QCOMPARE(judge.add(at(1), snapshotWith(1, 50, 1.0)).state, SloState::Ok);
}

void TestSloJudge::valueNearTheLimitWarns_data()
{
    QTest::addColumn<double>("ratio");
    QTest::addColumn<int>("state");
    QTest::newRow("well above") << 0.831 << int(SloState::Ok);
    QTest::newRow("near") << 0.81 << int(SloState::Warning);
    QTest::newRow("below, not yet raised") << 0.5 << int(SloState::Warning);
}

void TestSloJudge::valueNearTheLimitWarns()
{
    QFETCH(double, ratio);
    SloJudge judge(SloKind::HitRatio);
    QTEST(int(judge.add(at(0), snapshotWith(0, 1000, ratio)).state), "state");
}

void TestSloJudge::breachNeedsThreeWindowsAndClearsAfterSix()
{
    SloJudge judge(SloKind::HitRatio);
    SloReading reading = feed(judge, 0, 30, 0.5);
    QCOMPARE(reading.state, SloState::Warning);
    QCOMPARE(reading.badWindows, 2);
    reading = feed(judge, 30, 1, 0.5);
    QCOMPARE(reading.state, SloState::Breach);
    reading = feed(judge, 31, 59, 0.9);
    QCOMPARE(reading.state, SloState::Breach);
    QCOMPARE(reading.goodWindows, 5);
    reading = feed(judge, 90, 1, 0.9);
    QCOMPARE(reading.state, SloState::Ok);
}

void TestSloJudge::oneGoodWindowStartsTheCountAgain()
{
    SloJudge judge(SloKind::HitRatio);
    feed(judge, 0, 21, 0.5);
    feed(judge, 21, 10, 0.9);
    QCOMPARE(feed(judge, 31, 20, 0.5).state, SloState::Warning);
    QCOMPARE(feed(judge, 51, 10, 0.5).state, SloState::Breach);
}

void TestSloJudge::fewSamplesForgetTheCount()
{
    SloJudge judge(SloKind::HitRatio);
    feed(judge, 0, 9, 0.5);
    judge.add(at(9), snapshotWith(9, 3, 0.5));
    // The window starts anew, so ten more seconds are needed before it counts.
    QCOMPARE(feed(judge, 10, 10, 0.5).badWindows, 0);
    QCOMPARE(feed(judge, 20, 1, 0.5).badWindows, 1);
}

void TestSloJudge::meanIsJudgedOnTheMean()
{
    SloJudge judge(SloKind::MeanLatency);
    const SloReading fine = judge.add(at(0), snapshotWith(0, 1000, 1, 12.5));
    QCOMPARE(fine.state, SloState::Ok);
    QCOMPARE(fine.value, 12.5);
    QCOMPARE(judge.add(at(1), snapshotWith(1, 1000, 1, 46)).state, SloState::Warning);
}

void TestSloJudge::memoryIsUnknownWithoutTheSystemsSize()
{
    Snapshot s = emptySnapshot();
    s.systemMemoryBytes = 0;
    SloJudge judge(SloKind::Memory);
    QCOMPARE(judge.add(at(0), s).state, SloState::Unknown);
}

void TestSloJudge::memoryCountsOnlyTiersThatCanBeAsked()
{
    Snapshot s = emptySnapshot();
    s.tiers[0].usage.bytes = 100;
    s.tiers[1].usage.bytes = 1000;
    s.tiers[2].usage.bytes = 10'000;
    QCOMPARE(cacheMemory(s), std::uint64_t(1100));
    s.tiers[1].usage.up = false;
    QCOMPARE(cacheMemory(s), std::uint64_t(100));
}

void TestSloJudge::memoryClearsBelowTheWarningOnly()
{
    SloJudge judge(SloKind::Memory);
    const auto add = [&](int second, double share) {
        Snapshot s = emptySnapshot();
        s.systemMemoryBytes = 1000;
        s.tiers[0].usage.bytes = static_cast<std::uint64_t>(share * 1000);
        return judge.add(at(second), s).state;
    };
    QCOMPARE(add(0, 0.31), SloState::Breach);
    for (int second = 1; second <= 100; ++second)
        QCOMPARE(add(second, 0.28), SloState::Breach);
    for (int second = 101; second < 150; ++second)
        add(second, 0.2);
    QCOMPARE(add(150, 0.2), SloState::Breach);
    for (int second = 151; second <= 165; ++second)
        add(second, 0.2);
    QCOMPARE(add(166, 0.2), SloState::Ok);
}

void TestSloJudge::nothingFlaps_data()
{
    QTest::addColumn<int>("kind");
    for (const SloKind kind : {SloKind::HitRatio, SloKind::MeanLatency, SloKind::Memory})
        QTest::newRow(sloName(kind).data()) << static_cast<int>(kind);
}

// Whatever comes, good or bad, for however long, with gaps: a breach lasts a minute at least, and one of what is
// measured over windows comes half a minute after the last one at the earliest.
void TestSloJudge::nothingFlaps()
{
    QFETCH(int, kind);
    const bool memory = SloKind(kind) == SloKind::Memory;
    for (unsigned seed = 1; seed <= 50; ++seed) {
        std::mt19937 random(seed);
        SloJudge judge{SloKind(kind)};
        bool breached = false;
        int changed = -1000, changes = 0, regime = 0, until = 0;
        for (int second = 0; second < 3600; ++second) {
            if (second == until) {
                regime = static_cast<int>(random() % 4);
                until = second + 1 + static_cast<int>(random() % 40);
            }
            const bool bad = regime == 0 || (regime == 2 && random() % 2 == 0);
            Snapshot now = snapshotWith(second, regime == 3 ? 10 : 1000, bad ? 0.2 : 0.99, bad ? 200 : 1);
            now.systemMemoryBytes = 1000;
            now.tiers[0].usage.bytes = bad ? 500 : 10;
            judge.add(at(second), now);
            if (judge.isBreached() == breached)
                continue;
            const QString where = QStringLiteral("seed %1, second %2").arg(seed).arg(second);
            QVERIFY2(breached ? second - changed >= 60 : memory || second - changed >= 30, qPrintable(where));
            breached = judge.isBreached();
            changed = second;
            ++changes;
        }
        QVERIFY(memory || changes < 3600 / 45);
    }
}

QTEST_GUILESS_MAIN(TestSloJudge)
#include "tst_slojudge.moc"
