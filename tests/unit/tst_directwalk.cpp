// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "support/cacherig.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

/// A value is in L2 and L3, and not in L1.
struct DirectRig : CacheRig {
    explicit DirectRig(const char *text, std::shared_ptr<MemoryJournal> written = {}) : CacheRig(std::move(written))
    {
        source->answers[text] = "v";
        get(text);
        l1->remove(Selector::all(), [](const auto &) {});
    }
};

} // namespace

/// What a thread that waits gets from L2 itself, and when it must not. The races are in tst_races_reads.
class TestDirectWalk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hitIsCopiedUpAndSaysWhatItDid()
    {
        DirectRig rig("stock:A");
        rig.clock.advance(3s);
        const auto found = rig.lookUpDirect("stock:A");
        QVERIFY(found);
        const Lookup &answer = *found;
        const Lookup other = [&] {
            rig.l1->remove(Selector::all(), [](const auto &) {});
            return rig.get("stock:A");
        }();
        QVERIFY(answer.hasValue() && answer.answeredBy == Stage::L2 && answer.stored[0]);
        QCOMPARE(answer.key.text(), std::string("stock:A"));
        QCOMPARE(answer.cacheStatus(), other.cacheStatus());
        QCOMPARE(answer.steps[0].why, MissReason::Invalidated);
        QVERIFY(!answer.steps[1].why);
        QCOMPARE(answer.age, other.age);
        QVERIFY(rig.has(*rig.l1, "stock:A"));
        const MetricsTotals totals = rig.metrics->totals();
        QCOMPARE(totals.tiers[1].hits, 2u);
        QCOMPARE(totals.all.answeredBy[1], 2u);
        QCOMPARE(totals.tiers[0].misses, 3u);
        QCOMPARE(totals.tiers[0].missReasons[std::size_t(MissReason::Invalidated)], 2u);
    }

    void whatIsNotThereStaysUntouched()
    {
        DirectRig rig("stock:A");
        const std::vector<CacheKey> keys{keyOf("stock:B"), keyOf("stock:A")};
        std::vector<Lookup> answers(2);
        const std::vector<TieredCache::Asked> asked{{&keys[0], &answers[0]}, {&keys[1], &answers[1]}};
        QCOMPARE(rig.cache.tryDirect(asked), 1u);
        QVERIFY(answers[0].answeredBy == Stage::None && answers[0].stepCount == 0);
        QCOMPARE(answers[1].answeredBy, Stage::L2);
        QCOMPARE(rig.metrics->totals().all.lookups, 2u);
    }

    void policyDecides()
    {
        DirectRig rig("stock:A");
        Policy policy = *rig.policies->policyFor("stock");
        policy.tiers[0] = false;
        QVERIFY(rig.policies->set(policy));
        QCOMPARE(rig.getDirect("stock:A"), std::string("v"));
        QVERIFY(!rig.has(*rig.l1, "stock:A"));
        policy.tiers[1] = false;
        QVERIFY(rig.policies->set(policy));
        QCOMPARE(rig.getDirect("stock:A"), std::string());
    }

    void typeWithoutL2HoldsUpNobody()
    {
        DirectRig rig("stock:A");
        Policy policy = *rig.policies->policyFor("user");
        policy.tiers[1] = false;
        QVERIFY(rig.policies->set(policy));
        const CacheKey without = keyOf("user:1"), with = keyOf("stock:A");
        Lookup answers[2];
        const std::vector<TieredCache::Asked> asked{{&without, &answers[0]}, {&with, &answers[1]}};
        QCOMPARE(rig.cache.tryDirect(asked), 1u);
        QCOMPARE(answers[0].answeredBy, Stage::None);
        QCOMPARE(answers[1].entry->payload(), std::string("v"));
    }

    void nothingIsReadWhileL2OwesARemoval()
    {
        DirectRig rig("stock:A");
        rig.l2->failure = outage();
        rig.invalidate(invalidationOf("stock:B"));
        rig.l2->failure.reset();
        QCOMPARE(rig.getDirect("stock:A"), std::string());
        QCOMPARE(rig.direct->reads, 0);
        rig.cache.tierIsBack(Stage::L2);
        QCOMPARE(rig.getDirect("stock:A"), std::string("v"));
    }

    void nothingIsReadWhileAWriteWaits()
    {
        DirectRig rig("stock:A", std::make_shared<MemoryJournal>());
        Policy policy = *rig.policies->policyFor("user");
        policy.strategy = WriteStrategy::Behind;
        QVERIFY(rig.policies->set(policy));
        rig.journal->holding = true;
        rig.l3->held = {"put"};
        rig.cache.write(keyOf("user:1"), "w", "test", [](const Status &) {});
        QCOMPARE(rig.getDirect("stock:A"), std::string());
        rig.journal->release();
        QCOMPARE(rig.getDirect("stock:A"), std::string());
        rig.l3->release();
        QCOMPARE(rig.getDirect("stock:A"), std::string("v"));
    }

    void valueWithParentsIsLeftToWhoKeepsTheEdges()
    {
        DirectRig rig("search:A");
        QCOMPARE(rig.getDirect("search:A"), std::string());
        QCOMPARE(rig.direct->reads, 1);
        QVERIFY(!rig.has(*rig.l1, "search:A"));
    }

    void hitThatIsDueSaysSo()
    {
        DirectRig rig("stock:A");
        rig.clock.advance(290s);
        const auto answer = rig.lookUpDirect("stock:A");
        QVERIFY(answer && answer->refreshing);
    }
};

QTEST_GUILESS_MAIN(TestDirectWalk)
#include "tst_directwalk.moc"
