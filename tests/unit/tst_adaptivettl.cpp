// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "support/cacherig.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

/// The adaptive policy through the coordinator: what is loaded, what the tiers keep, what the answer says.
class TestAdaptiveTtl : public QObject {
    Q_OBJECT

    static void adapt(CacheRig &rig, bool adaptive = true)
    {
        Policy policy = *rig.policies->policyFor("stock");
        policy.adaptiveTtl = adaptive;
        policy.ttl = 300s;
        policy.minTtl = 20s;
        policy.maxTtl = 2h;
        policy.jitter = 0;
        QVERIFY(rig.policies->set(policy));
        rig.source->answers.insert_or_assign("stock:A", "1");
    }

private Q_SLOTS:
    void itIsOffUnlessAskedFor()
    {
        CacheRig rig;
        adapt(rig, false);
        rig.source->life.atMost = 60s;
        const Lookup answer = rig.get("stock:A");
        QCOMPARE(answer.ttl, Duration(300s));
        QCOMPARE(answer.ttlReason, std::string());
    }

    void theAnswerLivesAsLongAsItsUpstreamAllows()
    {
        CacheRig rig;
        adapt(rig);
        rig.source->life.atMost = 60s;
        const Lookup answer = rig.get("stock:A");
        QCOMPARE(answer.ttl, Duration(60s));
        QVERIFY2(answer.ttlReason.ends_with("at most max-age 60 s"), answer.ttlReason.c_str());
        QCOMPARE(rig.get("stock:A").ttlReason, std::string()); // from L1: it was loaded before
        rig.clock.advance(61s);
        QCOMPARE(rig.get("stock:A").answeredBy, Stage::Source);
    }

    // Each tier cuts a copy to what its policy allows, and so must know the longest life.
    void everyTierKeepsALongLife()
    {
        CacheRig rig;
        adapt(rig);
        for (int i = 0; i < 32; ++i) {
            rig.clock.advance(10min);
            rig.get("stock:A", {.bypassCache = true});
        }
        const Lookup answer = rig.get("stock:A", {.bypassCache = true});
        QVERIFY2(answer.ttl > 1h, answer.ttlReason.c_str());
        QVERIFY(rig.l1->peek(keyOf("stock:A"))->freshUntil() > rig.clock.now() + 1h);
        rig.l1->remove(Selector::all(), [](const auto &) {});
        QCOMPARE(rig.get("stock:A").answeredBy, Stage::L2);
        QVERIFY(rig.l1->peek(keyOf("stock:A"))->freshUntil() > rig.clock.now() + 1h);
    }

    void jitterOnlyShortens()
    {
        CacheRig rig;
        adapt(rig);
        Policy policy = *rig.policies->policyFor("stock");
        policy.jitter = 0.5;
        QVERIFY(rig.policies->set(policy));
        rig.source->life.atMost = 100s;
        Duration shortest = 1h;
        for (int i = 0; i < 50; ++i) {
            const Duration ttl = rig.get("stock:A", {.bypassCache = true}).ttl;
            QVERIFY(ttl <= 100s && ttl >= 50s);
            shortest = std::min(shortest, ttl);
        }
        QVERIFY(shortest < 90s);
    }

    void aWriteGetsTheTtlOfThePolicy()
    {
        CacheRig rig;
        adapt(rig);
        rig.source->life.atMost = 60s;
        QVERIFY(rig.write("stock:A", "2"));
        QCOMPARE(rig.get("stock:A").ttl, Duration(300s));
    }
};

QTEST_APPLESS_MAIN(TestAdaptiveTtl)
#include "tst_adaptivettl.moc"
