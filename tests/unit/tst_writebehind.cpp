// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "support/cacherig.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

void behind(CacheRig &rig)
{
    for (const char *type : {"stock", "user"}) {
        Policy policy = *rig.policies->policyFor(type);
        policy.strategy = WriteStrategy::Behind;
        rig.policies->set(policy);
    }
}

struct BehindRig : CacheRig {
    BehindRig() : CacheRig(std::make_shared<MemoryJournal>()) { behind(*this); }
    explicit BehindRig(CacheRig &dead) : CacheRig(dead) { behind(*this); }
    std::string inL3(const char *text)
    {
        const EntryPtr entry = l3->inner().peek(keyOf(text));
        return entry ? std::string(entry->payload()) : std::string();
    }
    std::string read(const char *text)
    {
        const Lookup lookup = get(text);
        return lookup.entry ? std::string(lookup.entry->payload()) : lookup.error->toString();
    }
};

} // namespace

/// Writes that are acknowledged before L3 has them, with the failure and the crash at every place.
class TestWriteBehind : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acknowledgedWhenItIsWrittenDown()
    {
        BehindRig rig;
        rig.l3->held = {"put"};
        rig.journal->holding = true;
        bool answered = false;
        rig.cache.write(keyOf("user:1"), "v", "test", [&](const Status &status) { answered = status.has_value(); });
        QVERIFY(!answered);
        rig.journal->release();
        QVERIFY(answered);
        QVERIFY(rig.has(rig.l2->inner(), "user:1"));
        QCOMPARE(rig.cache.writeBehind().waiting, 1u);
        rig.clock.advance(2s);
        QCOMPARE(rig.cache.writeBehind().oldest, Millis(2000));
        rig.l3->release();
        QCOMPARE(rig.inL3("user:1"), std::string("v"));
        QCOMPARE(rig.cache.writeBehind().waiting, 0u);
        QVERIFY(rig.journal->writes.empty() && rig.journal->owed.empty());
    }

    void race11_acknowledgedWriteSurvivesTheProcess_data()
    {
        QTest::addColumn<QString>("held");
        QTest::newRow("before L3 is asked") << "claim";
        QTest::newRow("while L3 is asked") << "put";
    }
    void race11_acknowledgedWriteSurvivesTheProcess()
    {
        QFETCH(QString, held);
        BehindRig dead;
        QVERIFY(dead.write("user:1", "old"));
        (held == QStringLiteral("put") ? dead.l3 : dead.l2)->held = {held.toStdString()};
        QVERIFY(dead.write("user:1", "new"));
        QCOMPARE(dead.inL3("user:1"), std::string("old"));
        BehindRig rig(dead);
        QCOMPARE(rig.read("user:1"), std::string("new"));
        QCOMPARE(rig.inL3("user:1"), std::string("new"));
        QVERIFY(rig.journal->writes.empty());
    }

    void race11_lookupsSeeWhatWaits()
    {
        BehindRig rig;
        QVERIFY(rig.write("user:1", "old"));
        rig.l3->held = {"put"};
        QVERIFY(rig.write("user:1", "new"));
        rig.l1->remove(Selector::all(), [](auto) {});
        rig.l2->inner().remove(Selector::all(), [](auto) {});
        const Lookup read = rig.get("user:1");
        QCOMPARE(read.entry->payload(), std::string("new"));
        QCOMPARE(read.answeredBy, Stage::L3);
        rig.l3->release();
        QCOMPARE(rig.read("user:1"), std::string("new"));
    }

    // What the source says while a write waits would be stored over it.
    void race11_nothingLoadedIsStoredOverWhatWaits()
    {
        BehindRig rig;
        rig.source->answers["stock:A"] = "loaded";
        rig.source->holding = true;
        rig.cache.lookup({keyOf("stock:A")}, {}, [](const auto &) {});
        rig.l3->held = {"put"};
        QVERIFY(rig.write("stock:A", "written"));
        rig.clock.advance(1s);
        rig.source->release();
        QCOMPARE(rig.get("stock:A", {.bypassCache = true}).entry->payload(), std::string("loaded"));
        QCOMPARE(rig.read("stock:A"), std::string("written"));
        QCOMPARE(rig.inL3("stock:A"), std::string());
        rig.l3->release();
        QCOMPARE(rig.inL3("stock:A"), std::string("written"));
    }

    void race11_anInvalidationLeavesWhatWaits()
    {
        BehindRig rig;
        rig.l3->held = {"put"};
        QVERIFY(rig.write("stock:A", "written"));
        rig.invalidate(invalidationOf("stock:A"));
        QVERIFY(!rig.has(rig.l2->inner(), "stock:A"));
        QCOMPARE(rig.read("stock:A"), std::string("written"));
        rig.l3->release();
        QCOMPARE(rig.inL3("stock:A"), std::string("written"));
    }

    void race12_theNewestIsAppliedLastAndTheOthersNotAtAll()
    {
        BehindRig rig;
        rig.l3->failure = outage();
        for (const char *value : {"1", "2", "3"})
            QVERIFY(rig.write("user:1", value));
        QCOMPARE(rig.cache.writeBehind().waiting, 1u);
        QCOMPARE(rig.journal->writes.size(), 1u);
        for (int i = 0; i < 3; ++i) {
            rig.cache.tierIsBack(Stage::L3);
            QCOMPARE(rig.read("user:1"), std::string("3"));
        }
        rig.l3->failure.reset();
        rig.log.clear();
        rig.cache.tierIsBack(Stage::L3);
        QCOMPARE(rig.inL3("user:1"), std::string("3"));
        QCOMPARE(std::count(rig.log.begin(), rig.log.end(), "L3 put"), 1);
        QVERIFY(rig.journal->writes.empty());
    }

    void race12_oneAtATimeForEachKey()
    {
        BehindRig rig;
        rig.l3->held = {"put"};
        QVERIFY(rig.write("user:1", "1"));
        QVERIFY(rig.write("user:1", "2"));
        QCOMPARE(std::count(rig.log.begin(), rig.log.end(), "L3 put"), 1);
        rig.l3->releaseOne();
        QCOMPARE(rig.inL3("user:1"), std::string("1"));
        QCOMPARE(rig.cache.writeBehind().waiting, 1u);
        rig.l3->release();
        QCOMPARE(rig.inL3("user:1"), std::string("2"));
    }

    void race33_theEndFlushesWhatItCan()
    {
        BehindRig rig;
        rig.l3->failure = outage();
        QVERIFY(rig.write("user:1", "v"));
        rig.l3->failure.reset();
        rig.cache.close();
        Status late;
        rig.cache.write(keyOf("user:2"), "late", "test", [&](const Status &status) { late = status; });
        QCOMPARE(late.error().code, ErrorCode::Cancelled);
        bool written = false;
        rig.cache.whenWritten([&] { written = true; });
        QVERIFY(written);
        QCOMPARE(rig.inL3("user:1"), std::string("v"));
    }

    void race33_theRestStaysInTheJournal()
    {
        BehindRig dead;
        dead.l3->failure = outage();
        QVERIFY(dead.write("user:1", "v"));
        dead.cache.close();
        bool written = false;
        dead.cache.whenWritten([&] { written = true; });
        QVERIFY(!written);
        QTRY_VERIFY(written);
        QCOMPARE(dead.journal->writes.size(), 1u);
        dead.l3->failure.reset();
        BehindRig rig(dead);
        QCOMPARE(rig.inL3("user:1"), std::string("v"));
    }

    void aJournalThatFailsMakesItAWriteThrough()
    {
        BehindRig rig;
        rig.journal->failure = Error{ErrorCode::Io, "the disk is full"};
        rig.l3->held = {"put"};
        bool answered = false;
        rig.cache.write(keyOf("user:1"), "v", "test", [&](const Status &) { answered = true; });
        QVERIFY(!answered);
        rig.l3->release();
        QVERIFY(answered);
        QCOMPARE(rig.inL3("user:1"), std::string("v"));
        QVERIFY(rig.metrics->totals().churn.journalFailures >= 1u);
        rig.l3->failure = outage();
        QVERIFY(!rig.write("user:1", "refused"));
    }

    void withoutAJournalItGoesThrough()
    {
        CacheRig rig;
        behind(rig);
        rig.l3->failure = outage();
        QVERIFY(!rig.write("user:1", "v"));
    }

    void anUpperTierThatFailedIsOwed()
    {
        BehindRig rig;
        QVERIFY(rig.write("user:1", "old"));
        rig.l2->failure = outage();
        rig.l3->failure = outage();
        QVERIFY(rig.write("user:1", "new"));
        rig.l2->failure.reset();
        rig.l1->remove(Selector::all(), [](auto) {});
        QCOMPARE(rig.read("user:1"), std::string("new"));
        rig.l3->failure.reset();
        rig.cache.tierIsBack(Stage::L3);
        rig.cache.tierIsBack(Stage::L2);
        QCOMPARE(rig.read("user:1"), std::string("new"));
    }
};

QTEST_GUILESS_MAIN(TestWriteBehind)
#include "tst_writebehind.moc"
