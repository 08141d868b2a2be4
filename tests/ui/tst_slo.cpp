// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "models/slo.h"
#include "models/tierwatch.h"
#include "support/snapshots.h"
#include "widgets/slostrip.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

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
        reading = judge.add(snapshotWith(second, 1000, hitRatio));
    return reading;
}

} // namespace

class tst_Slo : public QObject {
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
    void tierThatStartsDownIsNews();
    void tierThatIsOffIsNoNews();
    void sourcesAreAsGoodAsTheirTroubles();
};

void tst_Slo::tooFewSamplesAreNotFine()
{
    SloJudge judge(SloKind::HitRatio);
    const SloReading few = judge.add(snapshotWith(0, 49, 1.0));
    QCOMPARE(few.state, SloState::TooFew);
    QCOMPARE(few.needed, std::uint64_t(50));
    QCOMPARE(judge.add(snapshotWith(1, 50, 1.0)).state, SloState::Ok);
}

void tst_Slo::valueNearTheLimitWarns_data()
{
    QTest::addColumn<double>("ratio");
    QTest::addColumn<int>("state");
    QTest::newRow("well above") << 0.831 << int(SloState::Ok);
    QTest::newRow("near") << 0.81 << int(SloState::Warning);
    QTest::newRow("below, not yet raised") << 0.5 << int(SloState::Warning);
}

void tst_Slo::valueNearTheLimitWarns()
{
    QFETCH(double, ratio);
    SloJudge judge(SloKind::HitRatio);
    QTEST(int(judge.add(snapshotWith(0, 1000, ratio)).state), "state");
}

void tst_Slo::breachNeedsThreeWindowsAndClearsAfterSix()
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

void tst_Slo::oneGoodWindowStartsTheCountAgain()
{
    SloJudge judge(SloKind::HitRatio);
    feed(judge, 0, 21, 0.5);
    feed(judge, 21, 10, 0.9);
    QCOMPARE(feed(judge, 31, 20, 0.5).state, SloState::Warning);
    QCOMPARE(feed(judge, 51, 10, 0.5).state, SloState::Breach);
}

void tst_Slo::fewSamplesForgetTheCount()
{
    SloJudge judge(SloKind::HitRatio);
    feed(judge, 0, 9, 0.5);
    judge.add(snapshotWith(9, 3, 0.5));
    // The window starts anew, so ten more seconds are needed before it counts.
    QCOMPARE(feed(judge, 10, 10, 0.5).badWindows, 0);
    QCOMPARE(feed(judge, 20, 1, 0.5).badWindows, 1);
}

void tst_Slo::meanIsJudgedOnTheMean()
{
    SloJudge judge(SloKind::MeanLatency);
    const SloReading fine = judge.add(snapshotWith(0, 1000, 1, 12.5));
    QCOMPARE(fine.state, SloState::Ok);
    QCOMPARE(fine.value, 12.5);
    QCOMPARE(judge.add(snapshotWith(1, 1000, 1, 46)).state, SloState::Warning);
}

void tst_Slo::memoryIsUnknownWithoutTheSystemsSize()
{
    Snapshot s = emptySnapshot();
    s.systemMemoryBytes = 0;
    SloJudge judge(SloKind::Memory);
    QCOMPARE(judge.add(s).state, SloState::Unknown);
}

void tst_Slo::memoryCountsOnlyTiersThatCanBeAsked()
{
    Snapshot s = emptySnapshot();
    s.tiers[0].usage.bytes = 100;
    s.tiers[1].usage.bytes = 1000;
    s.tiers[2].usage.bytes = 10'000;
    QCOMPARE(cacheMemory(s), std::uint64_t(1100));
    s.tiers[1].usage.up = false;
    QCOMPARE(cacheMemory(s), std::uint64_t(100));
}

void tst_Slo::memoryClearsBelowTheWarningOnly()
{
    SloJudge judge(SloKind::Memory);
    const auto add = [&](int second, double share) {
        Snapshot s = emptySnapshot();
        s.time += std::chrono::seconds(second);
        s.systemMemoryBytes = 1000;
        s.tiers[0].usage.bytes = static_cast<std::uint64_t>(share * 1000);
        return judge.add(s).state;
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

void tst_Slo::tierThatStartsDownIsNews()
{
    const auto at = [](Snapshot snapshot, int second) {
        snapshot.time += std::chrono::seconds(second);
        return snapshot;
    };
    TierWatch quick;
    QVERIFY(quick.add(at(degradedSnapshot(), 0)).empty());
    QVERIFY(quick.add(at(degradedSnapshot(), 2)).empty());
    // It only took a moment to connect: nothing was ever said, so nothing is taken back.
    QVERIFY(quick.add(at(normalSnapshot(), 3)).empty());
    QCOMPARE(quick.add(at(degradedSnapshot(), 4)).size(), std::size_t(1));

    TierWatch slow;
    QVERIFY(slow.add(at(degradedSnapshot(), 0)).empty());
    const auto down = slow.add(at(degradedSnapshot(), 3));
    QCOMPARE(down.size(), std::size_t(1));
    QCOMPARE(down[0].stage, Stage::L2);
    QVERIFY(!down[0].up);
    QVERIFY(slow.add(at(degradedSnapshot(), 4)).empty());
    const auto recovered = slow.add(at(normalSnapshot(), 10));
    QCOMPARE(recovered.size(), std::size_t(1));
    QCOMPARE(recovered[0].gone, Millis(10'000));
}

void tst_Slo::tierThatIsOffIsNoNews()
{
    Snapshot s = degradedSnapshot();
    s.tiers[1].configured = false;
    TierWatch watch;
    QVERIFY(watch.add(s).empty());
    s.time += std::chrono::seconds(60);
    QVERIFY(watch.add(s).empty());
    QCOMPARE(tierHealth(s.tiers[1]), TierHealth::Off);
    QCOMPARE(tierHealth(s.tiers[0]), TierHealth::Ok);
}

void tst_Slo::sourcesAreAsGoodAsTheirTroubles()
{
    std::vector<SourceStatus> sources(2);
    QCOMPARE(sourceHealth(sources), TierHealth::Ok);
    sources[0].lastError = "503";
    QCOMPARE(sourceHealth(sources), TierHealth::Degraded);
    sources[1].frozenFor = Millis(1000);
    QCOMPARE(sourceHealth(sources), TierHealth::Down);
    sources[0].configured = sources[1].configured = false;
    QCOMPARE(sourceHealth(sources), TierHealth::Off);
    QCOMPARE(sourceHealth({}), TierHealth::Off);
}

QTEST_GUILESS_MAIN(tst_Slo)
#include "tst_slo.moc"
