// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "support/cacherig.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

bool did(const CacheRig &rig, const char *what)
{
    return std::find(rig.log.begin(), rig.log.end(), what) != rig.log.end();
}

/// A rig that has read these keys once, so that every tier has them.
void warm(CacheRig &rig, const std::vector<const char *> &keys)
{
    for (const char *text : keys) {
        rig.source->answers[text] = "old";
        rig.get(text);
        rig.source->answers[text] = "new";
    }
}

std::string valueOf(CacheRig &rig, const char *text)
{
    const Lookup lookup = rig.get(text);
    return lookup.entry ? std::string(lookup.entry->payload()) : lookup.error->toString();
}

std::shared_ptr<MemoryJournal> newJournal()
{
    return std::make_shared<MemoryJournal>();
}

} // namespace

/// What tiers owe after a removal that they did not confirm, with the failure and the crash at every place.
class TestOutbox : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsTouchedBeforeItIsWrittenDown()
    {
        CacheRig rig(newJournal());
        warm(rig, {"stock:A"});
        rig.journal->holding = true;
        bool answered = false;
        rig.cache.invalidate(invalidationOf("stock:A"), [&](const auto &) { answered = true; });
        QVERIFY(!did(rig, "L3 remove") && !answered);
        rig.journal->release();
        QVERIFY(did(rig, "L3 remove") && answered);
        QVERIFY(rig.journal->owed.empty());
        QCOMPARE(rig.journal->commits, 1);
    }

    void aJournalThatFailsKeepsNobodyWaiting()
    {
        CacheRig rig(newJournal());
        warm(rig, {"stock:A"});
        rig.journal->failure = Error{ErrorCode::Io, "the disk is full"};
        QCOMPARE(rig.invalidate(invalidationOf("stock:A")).verified, 1u);
        QCOMPARE(valueOf(rig, "stock:A"), std::string("new"));
        QCOMPARE(rig.metrics->totals().churn.journalFailures, 1u);
    }

    void race28_aTierFailsDuringAnInvalidation_data()
    {
        QTest::addColumn<bool>("l2Fails");
        QTest::addColumn<bool>("l3Fails");
        QTest::addColumn<bool>("expire");
        QTest::newRow("L2") << true << false << false;
        QTest::newRow("L3") << false << true << false;
        QTest::newRow("L2 and L3") << true << true << false;
        QTest::newRow("L2, expire") << true << false << true;
        QTest::newRow("L3, expire") << false << true << true;
    }
    void race28_aTierFailsDuringAnInvalidation()
    {
        QFETCH(bool, l2Fails);
        QFETCH(bool, l3Fails);
        QFETCH(bool, expire);
        CacheRig rig(newJournal());
        warm(rig, {"stock:A", "stock:B"});
        if (l2Fails)
            rig.l2->failure = outage();
        if (l3Fails)
            rig.l3->failure = outage();
        Invalidation what = invalidationOf("stock:A");
        what.expire = expire;
        const InvalidationResult result = rig.invalidate(what);
        QCOMPARE(result.partial.size(), std::size_t(l2Fails + l3Fails));
        QCOMPARE(rig.cache.outbox().waiting, 1u);
        QCOMPARE(rig.journal->owed.size(), 1u);
        rig.clock.advance(3s);
        QCOMPARE(rig.cache.outbox().oldest, Millis(3000));
        // The tiers answer again, with what they have, before anybody has removed it.
        rig.l2->failure.reset();
        rig.l3->failure.reset();
        const Lookup read = rig.get("stock:A");
        QCOMPARE(read.entry->payload(), std::string("new"));
        for (int i = 1; i < 3; ++i) {
            const bool failed = i == 1 ? l2Fails : l3Fails;
            QCOMPARE(read.steps[i].outcome, failed ? Outcome::Open : expire ? Outcome::Stale : Outcome::Miss);
            QCOMPARE(read.stored[i], !failed);
        }
        QVERIFY(read.stored[0]);
        QCOMPARE(valueOf(rig, "stock:B"), std::string("old"));
        for (const Stage stage : {Stage::L2, Stage::L3})
            rig.cache.tierIsBack(stage);
        QCOMPARE(rig.cache.outbox().waiting, 0u);
        QVERIFY(rig.journal->owed.empty());
        QVERIFY(rig.has(rig.l2->inner(), "stock:A") == !l2Fails);
        QVERIFY(rig.has(rig.l3->inner(), "stock:A") == !l3Fails);
        rig.get("stock:A", {.bypassCache = true});
        rig.l1->remove(Selector::all(), [](auto) {});
        QCOMPARE(rig.get("stock:A").answeredBy, Stage::L2);
    }

    // The copies survive the outage; nothing of them may be seen until they are gone.
    void race29_aTierComesBackWithWhatWasInvalidatedMeanwhile()
    {
        CacheRig rig(newJournal());
        std::vector<std::string> names;
        for (int i = 0; i < 100; ++i)
            names.push_back("stock:S" + std::to_string(i));
        for (const std::string &name : names)
            warm(rig, {name.c_str()});
        rig.l2->failure = outage();
        for (const std::string &name : names)
            QCOMPARE(rig.invalidate(invalidationOf(name.c_str())).partial.size(), 1u);
        rig.l2->failure.reset();
        rig.l2->held = {"remove"};
        rig.cache.tierIsBack(Stage::L2);
        for (const std::string &name : names) {
            const Lookup read = rig.get(name.c_str());
            QCOMPARE(read.steps[1].outcome, Outcome::Open);
            QCOMPARE(read.entry->payload(), std::string("new"));
        }
        rig.l2->release();
        rig.l1->remove(Selector::all(), [](auto) {});
        for (const std::string &name : names)
            QCOMPARE(valueOf(rig, name.c_str()), std::string("new"));
        QCOMPARE(rig.cache.outbox().waiting, 0u);
    }

    void debtsMadeWhilePayingStay()
    {
        CacheRig rig(newJournal());
        warm(rig, {"stock:A", "stock:B"});
        rig.l2->failure = outage();
        rig.invalidate(invalidationOf("stock:A"));
        rig.l2->failure.reset();
        rig.l2->held = {"remove"};
        rig.cache.tierIsBack(Stage::L2);
        rig.l2->failure = outage();
        rig.l2->releaseOne();
        rig.l2->release();
        rig.invalidate(invalidationOf("stock:B"));
        rig.l2->failure.reset();
        QCOMPARE(rig.get("stock:A").steps[1].outcome, Outcome::Open);
        QCOMPARE(rig.get("stock:B").steps[1].outcome, Outcome::Open);
        rig.cache.tierIsBack(Stage::L2);
        QVERIFY(!rig.has(rig.l2->inner(), "stock:A") && !rig.has(rig.l2->inner(), "stock:B"));
    }

    void aDebtSurvivesTheProcess()
    {
        CacheRig dead(newJournal());
        warm(dead, {"stock:A"});
        dead.l2->failure = outage();
        dead.invalidate(invalidationOf("stock:A"));
        CacheRig rig(dead);
        QCOMPARE(rig.cache.outbox().waiting, 1u);
        rig.l2->failure.reset();
        const Lookup first = rig.get("stock:A");
        QCOMPARE(first.steps[1].outcome, Outcome::Open);
        QCOMPARE(first.entry->payload(), std::string("new"));
        rig.cache.tierIsBack(Stage::L2);
        QVERIFY(!rig.has(rig.l2->inner(), "stock:A"));
        QVERIFY(rig.journal->owed.empty());
    }

    void aDebtOfAnotherProcessIsPaid()
    {
        CacheRig rig(newJournal());
        warm(rig, {"stock:A"});
        OwedInvalidation left;
        left.roots = Selector::keys({keyOf("stock:A")});
        left.tiers[1] = true;
        rig.journal->meet({{left}, {}});
        QVERIFY(!rig.has(rig.l2->inner(), "stock:A"));
    }

    void killedBetweenTheTiers_data()
    {
        QTest::addColumn<QString>("tier");
        QTest::addColumn<int>("removal");
        QTest::addColumn<bool>("dependents");
        QTest::newRow("before L3") << "L3" << 1 << false;
        QTest::newRow("between L3 and L2") << "L2" << 1 << false;
        QTest::newRow("between the roots and their dependents in L3") << "L3" << 2 << true;
        QTest::newRow("between L3 and L2, with dependents") << "L2" << 1 << true;
        QTest::newRow("between the roots and their dependents in L2") << "L2" << 2 << true;
    }
    // The edges are in memory and die with the process: the dependents must have been written down.
    void killedBetweenTheTiers()
    {
        QFETCH(QString, tier);
        QFETCH(int, removal);
        QFETCH(bool, dependents);
        CacheRig dead(newJournal());
        warm(dead, {"stock:A", "search:A", "search:B"});
        GatedTier &held = tier == QStringLiteral("L3") ? *dead.l3 : *dead.l2;
        held.held = {"remove"};
        Invalidation what = invalidationOf("stock:A");
        what.dependents = dependents;
        bool answered = false;
        dead.cache.invalidate(what, [&](const auto &) { answered = true; });
        for (int i = 1; i < removal; ++i)
            held.releaseOne();
        QVERIFY(!answered);
        CacheRig rig(dead);
        QCOMPARE(valueOf(rig, "stock:A"), std::string("new"));
        QCOMPARE(valueOf(rig, "search:A"), std::string(dependents ? "new" : "old"));
        QCOMPARE(valueOf(rig, "search:B"), std::string("old"));
        QVERIFY(rig.journal->owed.empty());
    }

    // A dependent that came between the first look and the removal of its root.
    void aLateDependentIsWrittenDownBeforeItsEdgesGo()
    {
        CacheRig rig(newJournal());
        warm(rig, {"stock:A"});
        rig.l3->held = {"remove"};
        Invalidation what = invalidationOf("stock:A");
        what.dependents = true;
        rig.cache.invalidate(what, [](const auto &) {});
        rig.cache.declare({keyOf("stock:A"), keyOf("search:B")}, [](const Status &) {});
        warm(rig, {"search:B"});
        rig.l2->held = {"remove"};
        rig.l3->release();
        CacheRig next(rig);
        QCOMPARE(valueOf(next, "search:B"), std::string("new"));
    }

    void aWriteThatAnUpperTierMissedIsNotShadowed()
    {
        CacheRig rig(newJournal());
        warm(rig, {"stock:A"});
        rig.l2->failure = outage();
        QVERIFY(!rig.write("stock:A", "written"));
        rig.l2->failure.reset();
        rig.l1->remove(Selector::all(), [](auto) {});
        const Lookup read = rig.get("stock:A");
        QCOMPARE(read.entry->payload(), std::string("written"));
        QCOMPARE(read.steps[1].outcome, Outcome::Open);
        // The next write that arrives settles it.
        QVERIFY(rig.write("stock:A", "again"));
        rig.l1->remove(Selector::all(), [](auto) {});
        QCOMPARE(rig.get("stock:A").answeredBy, Stage::L2);
        QCOMPARE(valueOf(rig, "stock:A"), std::string("again"));
    }

    void killedInTheMiddleOfAWrite()
    {
        CacheRig dead(newJournal());
        warm(dead, {"stock:A"});
        dead.l2->held = {"put"};
        dead.cache.write(keyOf("stock:A"), "written", "test", [](const Status &) {});
        CacheRig rig(dead);
        QCOMPARE(valueOf(rig, "stock:A"), std::string("written"));
    }

    void preferencesInL3AreNeverOwed()
    {
        CacheRig rig(newJournal());
        QVERIFY(rig.write("user:1", "mine"));
        rig.l3->failure = outage();
        Invalidation everything;
        everything.which = Selector::all();
        rig.invalidate(everything);
        rig.l3->failure.reset();
        QCOMPARE(valueOf(rig, "user:1"), std::string("mine"));
        rig.cache.tierIsBack(Stage::L3);
        QCOMPARE(valueOf(rig, "user:1"), std::string("mine"));
    }

    void tooManyDebtsBecomeOne()
    {
        CacheRig rig(newJournal());
        warm(rig, {"stock:Z"});
        rig.l2->failure = outage();
        for (int i = 0; i <= 10'000; ++i)
            rig.invalidate(invalidationOf(("stock:S" + std::to_string(i)).c_str()));
        QCOMPARE(rig.journal->owed.size(), 1u);
        QVERIFY(rig.journal->owed.begin()->second.roots.isAll());
        rig.l2->failure.reset();
        QCOMPARE(rig.get("stock:Y").steps[1].outcome, Outcome::Open);
        rig.cache.tierIsBack(Stage::L2);
        QVERIFY(!rig.has(rig.l2->inner(), "stock:Z"));
        QVERIFY(rig.journal->owed.empty());
    }

    void withoutAJournalItLastsAsLongAsTheProcess()
    {
        CacheRig rig;
        warm(rig, {"stock:A"});
        rig.l2->failure = outage();
        rig.invalidate(invalidationOf("stock:A"));
        rig.l2->failure.reset();
        QCOMPARE(rig.get("stock:A").steps[1].outcome, Outcome::Open);
        rig.cache.tierIsBack(Stage::L2);
        QVERIFY(!rig.has(rig.l2->inner(), "stock:A"));
    }
};

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
