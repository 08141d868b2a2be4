// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>

#include "support/cacherig.h"

using namespace insitecache;
using namespace insitecache::test;

/// Many keys, or many that depend on one: nobody else has to wait for all of them.
class TestBigInvalidation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Without a turn in between, whoever looks something up waits for all of it.
    void lookupsAreAnsweredBetweenTheStepsOfABigInvalidation()
    {
        CacheRig rig;
        constexpr int dependents = 5500;
        for (int i = 0; i < dependents; ++i) {
            const CacheKey child = CacheKey::make("search", std::to_string(i)).value();
            rig.source->answers[child.text()] = "v";
            rig.cache.declare({keyOf("stock:ROOT"), child}, [](const Status &) {});
            rig.get(std::vector{child});
        }
        rig.source->answers["trending:US"] = "v";
        Invalidation what = invalidationOf("stock:ROOT");
        what.dependents = true;
        std::optional<InvalidationResult> result;
        rig.cache.invalidate(what, [&](InvalidationResult r) { result = std::move(r); });
        int between = 0;
        while (!result) {
            between += rig.get("trending:US").hasValue();
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        QCOMPARE(between, 5 * 5); // six steps each of: look, L3, L2, L1, look again
        QCOMPARE(result->verified, std::uint64_t(dependents));
        QCOMPARE(result->dependents, std::uint64_t(dependents));
        QVERIFY(rig.l2->mostNamed <= 1000 && rig.l3->mostNamed <= 1000);
    }

    void anInvalidationInStepsEndsWhenTheCacheCloses()
    {
        CacheRig rig;
        std::vector<CacheKey> keys;
        for (int i = 0; i < 2500; ++i)
            keys.push_back(CacheKey::make("stock", std::to_string(i)).value());
        Invalidation what;
        what.which = Selector::keys(std::move(keys));
        bool answered = false;
        rig.cache.invalidate(what, [&](const InvalidationResult &) { answered = true; });
        QVERIFY(!answered);
        rig.cache.close();
        QVERIFY(answered);
    }

    // The tier may be slow to fail, so it is not asked again for every thousand keys, but no key is left out.
    void afterAFailureTheRestIsOneStep()
    {
        CacheRig rig;
        std::vector<CacheKey> keys;
        for (int i = 0; i < 5000; ++i)
            keys.push_back(CacheKey::make("stock", std::to_string(i)).value());
        Invalidation what;
        what.which = Selector::keys(std::move(keys));
        rig.l2->failure = outage();
        std::optional<InvalidationResult> result;
        rig.cache.invalidate(what, [&](InvalidationResult r) { result = std::move(r); });
        while (!result)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCOMPARE(std::count(rig.log.begin(), rig.log.end(), "L2 remove"), 2);
        QCOMPARE(rig.l2->mostNamed, 4000u);
        QCOMPARE(result->partial.size(), 1u);
    }

    void moreDependentsThanCanBeNamedTakeAllKeysAndSaySo()
    {
        CacheRig rig;
        for (std::size_t i = 0; i <= Closure::maxDependents; ++i)
            rig.cache.declare(
                {keyOf("stock:ROOT"), CacheKey::make("search", std::to_string(i)).value()}, [](const Status &) {});
        rig.source->answers["trending:US"] = "v";
        rig.get("trending:US");
        Invalidation what = invalidationOf("stock:ROOT");
        what.dependents = true;
        InvalidationPreview preview;
        rig.cache.preview(what, [&](InvalidationPreview p) { preview = std::move(p); });
        QVERIFY(preview.everything && !preview.exact);
        QCOMPARE(preview.keys, 1u);
        const InvalidationResult result = rig.invalidate(what);
        QVERIFY(result.everything);
        QCOMPARE(result.verified, 1u);
        QVERIFY(!rig.has(*rig.l1, "trending:US"));
    }
};

QTEST_GUILESS_MAIN(TestBigInvalidation)
#include "tst_biginvalidation.moc"
