// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <limits>

#include <insitecache/cache/policy.h>

using namespace insitecache;
using namespace std::chrono_literals;

class TestPolicy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void builtInPoliciesAreTheDesigns_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<int>("seconds");
        QTest::addColumn<double>("refreshAhead");
        QTest::addColumn<bool>("memory");
        QTest::newRow("stock") << "stock" << 300 << 0.8 << true;
        QTest::newRow("search") << "search" << 600 << 0.7 << true;
        QTest::newRow("sentiment") << "sentiment" << 180 << 0.9 << false;
        QTest::newRow("trending") << "trending" << 900 << 0.8 << true;
        QTest::newRow("user") << "user" << 3600 << 0.5 << false;
    }
    void builtInPoliciesAreTheDesigns()
    {
        QFETCH(QString, type);
        QFETCH(int, seconds);
        QFETCH(double, refreshAhead);
        QFETCH(bool, memory);
        const auto policy = PolicyRegistry().policyFor(type.toStdString());
        QCOMPARE(policy->type, type.toStdString());
        QCOMPARE(policy->ttl.count(), seconds * 1000);
        QCOMPARE(policy->refreshAhead, refreshAhead);
        QCOMPARE(policy->uses(Stage::L1), memory);
        QVERIFY(policy->uses(Stage::L2) && policy->uses(Stage::L3));
        QVERIFY(policy->validate());
    }

    void unknownTypeGetsTheDefault() { QCOMPARE(PolicyRegistry().policyFor("bond")->type, std::string("default")); }

    void badPoliciesAreRefused_data()
    {
        QTest::addColumn<int>("field");
        for (int field = 0; field < 14; ++field)
            QTest::addRow("field %d", field) << field;
    }
    void badPoliciesAreRefused()
    {
        QFETCH(int, field);
        PolicyRegistry registry;
        Policy policy = *registry.policyFor("stock");
        switch (field) {
        case 0: policy.ttl = 0ms; break;
        case 1: policy.ttl = -5ms; break;
        case 2: policy.jitter = 0.6; break;
        case 3: policy.refreshAhead = 1.0; break;
        case 4: policy.negativeTtl = 31s; break;
        case 5: policy.tiers[0] = policy.tiers[1] = policy.tiers[2] = false; break;
        case 6: policy.type = "Bad Type"; break;
        case 7: policy.jitter = std::numeric_limits<double>::quiet_NaN(); break;
        case 8: policy.minTtl = 0ms; break;
        case 9: policy.maxTtl = policy.minTtl - 1ms; break;
        case 10: policy.maxTtl = std::chrono::hours(24 * 367); break;
        case 11: policy.adaptiveTtl = policy.l3IsTruth = true; break;
        case 12: policy.type = "default", policy.l1Bytes = 1; break;
        case 13: policy.tiers[0] = false, policy.l1Bytes = 1; break;
        }
        const Status status = registry.set(policy);
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(registry.policyFor("stock")->ttl.count(), 300'000);
    }

    void onlySoManyTypesAreGuaranteedBytes()
    {
        PolicyRegistry registry;
        Policy policy;
        policy.l1Bytes = 1000;
        for (std::size_t i = 0; i < mostGuaranteedTypes; ++i) {
            policy.type = "t" + std::to_string(i);
            QVERIFY(registry.set(policy));
        }
        policy.type = "more";
        const Status status = registry.set(policy);
        QVERIFY(!status && status.error().message.find("15 types") != std::string::npos);
        policy.type = "t3";
        policy.l1Bytes = 0;
        QVERIFY(registry.set(policy));
        policy.type = "more";
        policy.l1Bytes = 1000;
        QVERIFY(registry.set(policy));
        QVERIFY(excessOfGuarantees(*registry.all(), 15'000).empty());
        QVERIFY(excessOfGuarantees(*registry.all(), 14'999).find("15000 bytes") != std::string::npos);
    }

    void followersAreToldUntilTheyAreLetGo()
    {
        PolicyRegistry registry;
        std::vector<std::uint64_t> seen;
        auto follower = registry.follow([&](const std::vector<Policy> &policies) {
            const auto guarantees = guaranteesOf(policies);
            seen.push_back(guarantees.empty() ? 0 : guarantees.at(0).bytes);
        });
        Policy stock = *registry.policyFor("stock");
        stock.l1Bytes = 7;
        QVERIFY(registry.set(stock));
        follower.reset();
        stock.l1Bytes = 8;
        QVERIFY(registry.set(stock));
        QCOMPARE(seen, (std::vector<std::uint64_t>{0, 7}));
    }

    void aPolicyInUseSurvivesItsReplacement()
    {
        PolicyRegistry registry;
        const auto old = registry.policyFor("stock");
        Policy changed = *old;
        changed.ttl = 60s;
        QVERIFY(registry.set(changed));
        QCOMPARE(old->ttl.count(), 300'000);
        QCOMPARE(registry.policyFor("stock")->ttl.count(), 60'000);
    }
};

QTEST_APPLESS_MAIN(TestPolicy)
#include "tst_policy.moc"
