// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "support/snapshots.h"
#include "widgets/slostrip.h"

using namespace insitecache;
using namespace insitecache::test;

class tst_SloStrip : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTierIsAsGoodAsItAnswers();
    void sourcesAreAsGoodAsTheirTroubles();
};

void tst_SloStrip::aTierIsAsGoodAsItAnswers()
{
    TierState tier = normalSnapshot().tiers[1];
    QCOMPARE(tierHealth(tier), TierHealth::Ok);
    tier.degraded = true;
    QCOMPARE(tierHealth(tier), TierHealth::Degraded);
    tier.usage.up = false;
    QCOMPARE(tierHealth(tier), TierHealth::Down);
    tier.configured = false;
    QCOMPARE(tierHealth(tier), TierHealth::Off);
}

void tst_SloStrip::sourcesAreAsGoodAsTheirTroubles()
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

QTEST_GUILESS_MAIN(tst_SloStrip)
#include "tst_slostrip.moc"
