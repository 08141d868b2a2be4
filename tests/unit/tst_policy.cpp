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
        for (int field = 0; field < 8; ++field)
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
        }
        const Status status = registry.set(policy);
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(registry.policyFor("stock")->ttl.count(), 300'000);
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
