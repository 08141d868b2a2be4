// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "support/cacherig.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

/// The same policy with other tiers.
Policy policyWith(const CacheRig &rig, const char *type, bool l1, bool l2, bool l3)
{
    Policy policy = *rig.policies->policyFor(type);
    policy.type = type;
    policy.tiers[0] = l1;
    policy.tiers[1] = l2;
    policy.tiers[2] = l3;
    return policy;
}

} // namespace

/// Policies that change while the cache runs.
class TestPolicyChange : public QObject {
    Q_OBJECT

    static Status change(CacheRig &rig, const Policy &policy)
    {
        Status out = fail(ErrorCode::Internal, "not answered");
        rig.cache.setPolicy(policy, [&](Status status) { out = std::move(status); });
        return out;
    }
    static bool hasAt(CacheRig &rig, Stage stage, const char *text)
    {
        return rig.has(stage == Stage::L1 ? *rig.l1 : stage == Stage::L2 ? rig.l2->inner() : rig.l3->inner(), text);
    }

    static void load(CacheRig &rig, const char *type, int count)
    {
        for (int i = 0; i < count; ++i) {
            const std::string key = std::string(type) + ':' + std::to_string(i);
            rig.source->answers[key] = std::string(10'000, 'x');
            rig.get(key.c_str());
        }
    }
    static std::uint64_t inL1(CacheRig &rig, const char *type)
    {
        return TierCalls{*rig.l1}.count(Selector::type(type))->keys;
    }

private Q_SLOTS:
    void whatATypeIsGuaranteedOfL1HoldsAtOnce()
    {
        CacheRig rig({.maxBytes = 512 << 10});
        load(rig, "stock", 20);
        Policy stock = policyWith(rig, "stock", true, true, true);
        stock.l1Bytes = 256 << 10;
        QVERIFY(change(rig, stock));
        load(rig, "trending", 200);
        QCOMPARE(inL1(rig, "stock"), 20u);
        stock.l1Bytes = 0;
        QVERIFY(change(rig, stock));
        load(rig, "trending", 400);
        QVERIFY(inL1(rig, "stock") < 20);
        QCOMPARE(TierCalls{*rig.l1}.usage().types.size(), 0u);
    }

    void theTiersThatATypeLeavesAreSwept_data()
    {
        QTest::addColumn<int>("left");
        for (int i = 0; i < tierCount; ++i)
            QTest::addRow("L%d", i + 1) << i;
    }
    void theTiersThatATypeLeavesAreSwept()
    {
        QFETCH(int, left);
        CacheRig rig;
        for (const char *text : {"stock:A", "search:A"}) {
            rig.source->answers[text] = "v";
            rig.get(text);
        }
        QVERIFY(change(rig, policyWith(rig, "stock", left != 0, left != 1, left != 2)));
        for (int i = 0; i < tierCount; ++i) {
            QCOMPARE(hasAt(rig, static_cast<Stage>(i), "stock:A"), i != left);
            QVERIFY(hasAt(rig, static_cast<Stage>(i), "search:A"));
        }
    }

    void defaultIsAboutTheTypesWithoutTheirOwn()
    {
        CacheRig rig;
        rig.source->types.insert("bond");
        for (const char *text : {"stock:A", "bond:A"}) {
            rig.source->answers[text] = "v";
            rig.get(text);
        }
        QVERIFY(change(rig, policyWith(rig, "default", true, false, true)));
        QVERIFY(!hasAt(rig, Stage::L2, "bond:A") && hasAt(rig, Stage::L2, "stock:A"));
        QVERIFY(hasAt(rig, Stage::L1, "bond:A"));
        QVERIFY(change(rig, policyWith(rig, "bond", false, false, true)));
        QVERIFY(!hasAt(rig, Stage::L1, "bond:A") && hasAt(rig, Stage::L3, "bond:A"));
    }

    void aLoadFromBeforeStoresNothingThere_data()
    {
        QTest::addColumn<QString>("holdAt");
        for (const char *place : {"source", "L2 get", "L3 get", "L3 fill", "L2 fill"})
            QTest::newRow(place) << QString::fromLatin1(place);
    }
    void aLoadFromBeforeStoresNothingThere()
    {
        QFETCH(QString, holdAt);
        for (int left = 0; left < tierCount; ++left) {
            CacheRig rig;
            rig.source->answers["stock:A"] = "v";
            GatedTier &gate = holdAt.startsWith(QStringLiteral("L2")) ? *rig.l2 : *rig.l3;
            if (holdAt == QStringLiteral("source"))
                rig.source->holding = true;
            else
                gate.held = {holdAt.mid(3).toStdString()};
            rig.cache.lookup({keyOf("stock:A")}, {}, [](const auto &) {});
            gate.held.clear();
            QVERIFY(change(rig, policyWith(rig, "stock", left != 0, left != 1, left != 2)));
            gate.release();
            rig.source->release();
            QVERIFY2(!hasAt(rig, static_cast<Stage>(left), "stock:A"), qPrintable(QString::number(left + 1)));
        }
    }

    void aWriteFromBeforeStoresNothingThere()
    {
        CacheRig rig;
        rig.l3->held = {"put"};
        Status written = fail(ErrorCode::Internal, "not answered");
        rig.cache.write(keyOf("stock:A"), "w", "test", [&](Status status) { written = std::move(status); });
        rig.l3->held.clear();
        QVERIFY(change(rig, policyWith(rig, "stock", true, false, true)));
        rig.l3->release();
        QVERIFY(written);
        QVERIFY(!hasAt(rig, Stage::L2, "stock:A") && hasAt(rig, Stage::L3, "stock:A"));
    }

    void theOnlyCopyStays()
    {
        CacheRig rig;
        QVERIFY(rig.write("user:1", "mine"));
        Policy policy = policyWith(rig, "user", false, true, false);
        policy.l3IsTruth = false;
        change(rig, policy);
        QVERIFY(hasAt(rig, Stage::L3, "user:1"));
        QVERIFY(hasAt(rig, Stage::L2, "user:1"));
    }

    void whatIsOutOfRangeChangesNothing()
    {
        CacheRig rig;
        Policy policy = policyWith(rig, "stock", true, false, true);
        policy.ttl = Millis(0);
        QCOMPARE(change(rig, policy).error().code, ErrorCode::InvalidArgument);
        QVERIFY(rig.policies->policyFor("stock")->uses(Stage::L2));
        QVERIFY(rig.log.empty());
    }

    void aTierThatCannotBeSweptIsNamed()
    {
        CacheRig rig;
        rig.l2->failure = outage();
        const Status status = change(rig, policyWith(rig, "stock", true, false, true));
        QCOMPARE(status.error().code, ErrorCode::Unavailable);
        QVERIFY(status.error().message.find("L2") != std::string::npos);
        QVERIFY(!rig.policies->policyFor("stock")->uses(Stage::L2));
    }
};

QTEST_GUILESS_MAIN(TestPolicyChange)
#include "tst_policychange.moc"
