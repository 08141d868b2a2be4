// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "charts/axisscale.h"
#include "charts/chartmarkers.h"
#include "charts/chartseries.h"
#include "support/snapshots.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

/// Seconds after the start, and lookups and hits of each.
std::vector<Sample> samplesAt(const std::vector<std::array<std::uint64_t, 3>> &rows)
{
    std::vector<Sample> samples;
    for (const auto &[second, lookups, hits] : rows) {
        Sample s;
        s.time = snapshotEnd + std::chrono::seconds(second);
        s.lookups = lookups;
        s.answeredBy[0] = hits;
        s.answeredBy[3] = lookups - hits;
        samples.push_back(s);
    }
    return samples;
}

double x(int second)
{
    return double((snapshotEnd + std::chrono::seconds(second)).time_since_epoch().count());
}

} // namespace

class tst_ChartSeries : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shareNeedsEnoughLookups();
    void shareNeverPoolsOverAGap();
    void silenceIsNotAGapUntilItIsLong();
    void missingBucketsAreAGap();
    void timeJumpingBackIsAGap();
    void tierThatIsDownHasNoShare();
    void stackAddsUpAndKeepsItsShape();
    void seriesStaysWithinItsPoints();
    void youngCacheFillsTheChart();
    void axisEndsOnAWholeStep_data();
    void axisEndsOnAWholeStep();
    void axisDoesNotFlicker();
    void axisSurvivesNonsense();
    void markersThatTouchAreOne();
    void markersAreBounded();
};

void tst_ChartSeries::shareNeedsEnoughLookups()
{
    const auto shares = pooledShares(
        samplesAt({{0, 10, 10}, {1, 5, 0}, {2, 5, 0}, {3, 100, 50}, {4, 0, 0}}), SeriesRange::Minutes5, overallShare);
    QCOMPARE(shares[0]->lookups, 10.0);
    QVERIFY(!shares[0]->isFirm());
    // The third reaches back until it has 20 lookups, the fourth has enough of its own.
    QCOMPARE(shares[2]->lookups, 20.0);
    QCOMPARE(shares[2]->ratio(), 0.5);
    QCOMPARE(shares[3]->lookups, 100.0);
    // Nobody asked in the last second: there is nothing to say, not zero.
    QVERIFY(!shares[4]);
}

void tst_ChartSeries::shareNeverPoolsOverAGap()
{
    const auto shares = pooledShares(samplesAt({{0, 10, 10}, {60, 5, 0}}), SeriesRange::Minutes5, overallShare);
    QCOMPARE(shares[1]->lookups, 5.0);
    QCOMPARE(shares[1]->ratio(), 0.0);
}

void tst_ChartSeries::silenceIsNotAGapUntilItIsLong()
{
    std::vector<std::array<std::uint64_t, 3>> rows;
    for (std::uint64_t second = 0; second <= 40; ++second) {
        const bool busy = second == 0 || second == 10 || second == 40;
        rows.push_back({second, busy ? 30u : 0u, busy ? 15u : 0u});
    }
    const Runs runs = shareRuns(samplesAt(rows), SeriesRange::Minutes5, overallShare);
    QCOMPARE(runs.size(), 2);
    QCOMPARE(runs[0], (QList<QPointF>{{x(0), 0.5}, {x(10), 0.5}}));
    QCOMPARE(runs[1], (QList<QPointF>{{x(40), 0.5}}));
}

void tst_ChartSeries::missingBucketsAreAGap()
{
    const auto samples = samplesAt({{0, 30, 30}, {1, 30, 30}, {3, 30, 30}, {2523, 30, 30}, {2524, 30, 30}});
    const Runs runs = shareRuns(samples, SeriesRange::Minutes5, overallShare);
    QCOMPARE(runs.size(), 2);
    QCOMPARE(runs[0].size(), 3);
    QCOMPARE(runs[1].size(), 2);
    // The same two seconds apart are neighbours where a bucket is a minute long.
    QVERIFY(!isGap(samples[1], samples[2], SeriesRange::Hours6));
}

void tst_ChartSeries::timeJumpingBackIsAGap()
{
    const auto samples = samplesAt({{100, 30, 30}, {40, 30, 30}});
    QVERIFY(isGap(samples[0], samples[1], SeriesRange::Minutes5));
    QCOMPARE(shareRuns(samples, SeriesRange::Minutes5, overallShare).size(), 2);
}

void tst_ChartSeries::tierThatIsDownHasNoShare()
{
    const Snapshot snapshot = degradedSnapshot();
    const Runs l2
        = shareRuns(snapshot.series, SeriesRange::Minutes5, [](const Sample &sample) { return tierShare(sample, 1); });
    QCOMPARE(l2.size(), 1);
    QCOMPARE(l2[0].size(), 220);
}

void tst_ChartSeries::stackAddsUpAndKeepsItsShape()
{
    const Snapshot snapshot = degradedSnapshot();
    const auto layers = stackedRuns(snapshot.series, SeriesRange::Minutes5,
        {[](const Sample &s) { return double(s.answeredBy[0]); },
            [](const Sample &s) { return double(s.answeredBy[2]); },
            [](const Sample &s) { return double(s.answeredBy[3]); }});
    QCOMPARE(layers.size(), std::size_t(3));
    for (const Runs &layer : layers) {
        QCOMPARE(layer.size(), 1);
        QCOMPARE(layer[0].size(), 300);
    }
    const Sample &last = snapshot.series.back();
    QCOMPARE(layers[2][0].last().y(), double(last.answeredBy[0] + last.answeredBy[2] + last.answeredBy[3]));
    for (qsizetype i = 0; i < 300; ++i)
        QVERIFY(layers[0][0][i].y() <= layers[1][0][i].y() && layers[1][0][i].y() <= layers[2][0][i].y());
}

void tst_ChartSeries::seriesStaysWithinItsPoints()
{
    for (const auto range :
        {SeriesRange::Minute1, SeriesRange::Minutes5, SeriesRange::Minutes15, SeriesRange::Hour1, SeriesRange::Hours6})
        QVERIFY(rangeSeconds(range) / bucketSeconds(range) <= 360);
}

void tst_ChartSeries::youngCacheFillsTheChart()
{
    QCOMPARE(shownSeconds(emptySnapshot(), SeriesRange::Minutes5), 300);
    QCOMPARE(shownSeconds(normalSnapshot(4), SeriesRange::Minutes5), 60);
    QCOMPARE(shownSeconds(normalSnapshot(60), SeriesRange::Minutes5), 60);
    QCOMPARE(shownSeconds(normalSnapshot(61), SeriesRange::Minutes5), 120);
    QCOMPARE(shownSeconds(normalSnapshot(130), SeriesRange::Minutes5), 300);
    QCOMPARE(shownSeconds(normalSnapshot(299), SeriesRange::Minute1), 60);
    QCOMPARE(shownSeconds(normalSnapshot(300), SeriesRange::Hours6), 300);
    // A suspend makes old what is old: nothing is cut off.
    Snapshot late = normalSnapshot(60);
    late.time += std::chrono::hours(3);
    QCOMPARE(shownSeconds(late, SeriesRange::Hours6), 21'600);
}

void tst_ChartSeries::axisEndsOnAWholeStep_data()
{
    QTest::addColumn<double>("largest");
    QTest::addColumn<double>("top");
    QTest::addColumn<int>("steps");
    QTest::newRow("at rest") << 0.0 << 10.0 << 5;
    QTest::newRow("200/s") << 200.0 << 250.0 << 5;
    QTest::newRow("just at a step") << 96.0 << 100.0 << 5;
    QTest::newRow("11") << 11.0 << 15.0 << 3;
    QTest::newRow("5,000") << 5000.0 << 6000.0 << 3;
}

void tst_ChartSeries::axisEndsOnAWholeStep()
{
    QFETCH(double, largest);
    AxisScale scale(10);
    scale.update(largest);
    QTEST(scale.top(), "top");
    QTEST(scale.steps(), "steps");
    QVERIFY(scale.top() >= largest);
}

void tst_ChartSeries::axisDoesNotFlicker()
{
    AxisScale scale(10);
    QVERIFY(scale.update(200));
    for (const double value : {190.0, 240.0, 170.0, 205.0, 249.0})
        QVERIFY(!scale.update(value));
    QVERIFY(scale.update(251));
    QVERIFY(scale.update(20));
}

void tst_ChartSeries::axisSurvivesNonsense()
{
    AxisScale scale(10);
    QVERIFY(!scale.update(std::numeric_limits<double>::quiet_NaN()));
    QVERIFY(!scale.update(std::numeric_limits<double>::infinity()));
    QVERIFY(!scale.update(-5));
    QCOMPARE(scale.top(), 10.0);
}

namespace {

EventPtr markAt(int ms, EventKind kind = EventKind::Invalidation)
{
    return std::make_shared<const Event>(Event{.time = WallTime(Millis(ms)), .kind = kind});
}

} // namespace

void tst_ChartSeries::markersThatTouchAreOne()
{
    std::vector<EventPtr> markers;
    // A bookmark in the past comes last and still stands where it belongs.
    for (const int pixel : {5, 10, 12, 40, 300})
        markers.push_back(markAt(pixel, pixel == 12 ? EventKind::TierDown : EventKind::Invalidation));
    markers.push_back(markAt(11, EventKind::Bookmark));
    const auto groups = groupMarkers(markers, 8, 200, [](double ms) { return ms; });
    QCOMPARE(groups.size(), 2);
    QCOMPARE(groups[0].count, 3);
    QCOMPARE(groups[0].newest->kind, EventKind::TierDown);
    QCOMPARE(groups[1].x, 40.0);
}

void tst_ChartSeries::markersAreBounded()
{
    std::vector<EventPtr> markers;
    for (int i = 0; i < 500; ++i)
        markers.push_back(markAt(i * 10));
    const auto groups = groupMarkers(markers, 0, 10'000, [](double ms) { return ms; });
    QCOMPARE(groups.size(), 40);
    QCOMPARE(groups.last().x, 4990.0);
}

QTEST_GUILESS_MAIN(tst_ChartSeries)
#include "tst_chartseries.moc"
