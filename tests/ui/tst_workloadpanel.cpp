// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>
#include <QTest>

#include <cmath>
#include <numeric>

#include "models/workloadpresets.h"
#include "support/pagerig.h"
#include "widgets/workloadpanel.h"

using namespace insitecache;
using namespace insitecache::test;

class tst_WorkloadPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { wearTheUsualLook(); }
    void rateScale();
    void topTenAgreesWithTheSum();
    void mixSumsToAHundred();
    void controlsSayTheSpec();
    void sliderAndNumberFollowEachOther();
    void presetsAreValid();
    void emptyMixIsNamed();
    void startsAndPausesTheRealThing();
    void looks();
};

void tst_WorkloadPanel::rateScale()
{
    QCOMPARE(rateOfStep(0), 1.0);
    QCOMPARE(rateOfStep(rateSteps), 5000.0);
    for (const double rate : {1.0, 10.0, 200.0, 5000.0})
        QVERIFY(std::abs(rateOfStep(stepOfRate(rate)) - rate) <= rate * 0.05);
    for (int step = 1; step <= rateSteps; ++step)
        QVERIFY(rateOfStep(step) >= rateOfStep(step - 1));
}

void tst_WorkloadPanel::topTenAgreesWithTheSum()
{
    for (const double s : {0.0, 0.5, 1.0, 1.7}) {
        double all = 0, top = 0;
        for (int rank = 1; rank <= 50'000; ++rank) {
            all += std::pow(rank, -s);
            top += rank <= 10 ? std::pow(rank, -s) : 0;
        }
        QVERIFY(std::abs(topTenShare(s, 50'000) - top / all) < 1e-5);
    }
    QCOMPARE(topTenShare(1.0, 5), 1.0);
}

void tst_WorkloadPanel::mixSumsToAHundred()
{
    WorkloadSpec spec;
    spec.stock = spec.search = spec.sentiment = 1;
    spec.trending = spec.user = 0;
    const auto percents = mixPercents(spec);
    QCOMPARE(std::accumulate(percents.begin(), percents.end(), 0), 100);
    QVERIFY(percents[0] >= 33 && percents[0] <= 34);
    spec.stock = spec.search = spec.sentiment = 0;
    QCOMPARE(mixPercents(spec)[0], 0);
}

void tst_WorkloadPanel::controlsSayTheSpec()
{
    PageRig rig({});
    WorkloadPanel panel(rig.monitor());
    WorkloadSpec spec;
    spec.rate = 1234;
    spec.zipf = 0.65;
    spec.keys = 9999;
    spec.seed = 77;
    spec.maxInFlight = 17;
    spec.stock = 1;
    spec.search = 3;
    spec.sentiment = spec.trending = spec.user = 0;
    panel.setSpec(spec);
    const WorkloadSpec said = panel.spec();
    QCOMPARE(said.rate, 1234.0);
    QCOMPARE(said.zipf, 0.65);
    QCOMPARE(said.keys, 9999);
    QCOMPARE(said.seed, 77u);
    QCOMPARE(said.maxInFlight, 17);
    QCOMPARE(said.stock, 25.0);
    QCOMPARE(said.search, 75.0);
    QCOMPARE(said.user, 0.0);
}

void tst_WorkloadPanel::sliderAndNumberFollowEachOther()
{
    PageRig rig({});
    WorkloadPanel panel(rig.monitor());
    auto *slider = panel.findChild<QSlider *>(QStringLiteral("workloadRateSlider"));
    auto *rate = panel.findChild<QSpinBox *>(QStringLiteral("workloadRate"));
    slider->setValue(rateSteps);
    QCOMPARE(rate->value(), 5000);
    rate->setValue(1);
    QCOMPARE(slider->value(), 0);
    rate->setValue(317);
    QCOMPARE(rate->value(), 317);
}

void tst_WorkloadPanel::presetsAreValid()
{
    PageRig rig({});
    WorkloadPanel panel(rig.monitor());
    auto *presets = panel.findChild<QComboBox *>(QStringLiteral("workloadPresets"));
    const auto known = workloadPresets();
    QCOMPARE(presets->count(), static_cast<int>(known.size()) + 1);
    for (int i = 0; i < static_cast<int>(known.size()); ++i) {
        QVERIFY(known[static_cast<std::size_t>(i)].spec.validate());
        presets->setCurrentIndex(i + 1);
        Q_EMIT presets->activated(i + 1);
        QCOMPARE(panel.spec().rate, known[static_cast<std::size_t>(i)].spec.rate);
        QCOMPARE(presets->currentIndex(), i + 1);
    }
    panel.findChild<QSpinBox *>(QStringLiteral("workloadRate"))->stepUp();
    QCOMPARE(presets->currentIndex(), 0);
}

void tst_WorkloadPanel::emptyMixIsNamed()
{
    PageRig rig({});
    WorkloadPanel panel(rig.monitor());
    panel.show();
    for (const MixPart &part : mixParts())
        panel.findChild<QSlider *>(QStringLiteral("mix-") + QLatin1String(part.type))->setValue(0);
    QVERIFY(panel.findChild<QLabel *>(QStringLiteral("workloadProblem"))->isVisible());
    QVERIFY(!panel.findChild<QPushButton *>(QStringLiteral("workloadStart"))->isEnabled());
    panel.findChild<QSlider *>(QStringLiteral("mix-user"))->setValue(1);
    QVERIFY(!panel.findChild<QLabel *>(QStringLiteral("workloadProblem"))->isVisible());
    QVERIFY(panel.findChild<QPushButton *>(QStringLiteral("workloadStart"))->isEnabled());
}

void tst_WorkloadPanel::startsAndPausesTheRealThing()
{
    PageRig rig({});
    WorkloadPanel panel(rig.monitor());
    panel.show();
    auto *start = panel.findChild<QPushButton *>(QStringLiteral("workloadStart"));
    auto *outcome = panel.findChild<QLabel *>(QStringLiteral("workloadOutcome"));
    QTest::mouseClick(start, Qt::LeftButton);
    QTRY_VERIFY(rig.monitor().snapshot()->workload.running);
    QTRY_VERIFY(rig.monitor().snapshot()->workload.sent > 50);
    panel.showState(rig.monitor().snapshot()->workload);
    QVERIFY2(outcome->text().startsWith(QStringLiteral("asked 200/s")), qPrintable(outcome->text()));

    // A change while it runs takes effect by itself.
    panel.findChild<QSpinBox *>(QStringLiteral("workloadRate"))->setValue(900);
    QTRY_COMPARE(rig.monitor().snapshot()->workload.askedRate, 900.0);
    QTest::keyClick(start, Qt::Key_Space);
    QTRY_VERIFY(!rig.monitor().snapshot()->workload.running);
    QCOMPARE(outcome->text(), QStringLiteral("Not running"));
}

void tst_WorkloadPanel::looks()
{
    PageRig rig({});
    WorkloadPanel panel(rig.monitor());
    panel.resize(360, 640);
    panel.show();
    panel.setRunning(true);
    WorkloadState state;
    state.running = true;
    state.askedRate = 200;
    state.achievedRate = 199.6;
    state.sent = 12'345;
    inEveryLook(panel, QStringLiteral("workload"), [&] {
        panel.showState(state);
        QVERIFY(
            panel.findChild<QLabel *>(QStringLiteral("workloadOutcome"))->text().contains(QStringLiteral("12,345")));
    });
}

QTEST_MAIN(tst_WorkloadPanel)
#include "tst_workloadpanel.moc"
