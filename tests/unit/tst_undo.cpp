// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "support/cacherig.h"
#include "tiers/entryblock.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

Invalidation undoable(Selector which)
{
    Invalidation what;
    what.which = std::move(which);
    what.undoable = true;
    return what;
}

Invalidation undoable(const char *text)
{
    return undoable(Selector::keys({keyOf(text)}));
}

/// Three quotes that every tier holds.
struct UndoRig : CacheRig {
    UndoRig()
    {
        for (const char *text : {"stock:A", "stock:B", "stock:C"}) {
            source->answers[text] = "old";
            get(text);
        }
    }
    bool isNowhere(const char *text) { return !has(*l1, text) && !has(l2->inner(), text) && !has(l3->inner(), text); }
    std::string at(MemoryTier &tier, const char *text)
    {
        const EntryPtr entry = tier.peek(keyOf(text));
        return entry ? std::string(entry->payload()) : std::string();
    }
};

} // namespace

/// What an undo brings back, and above all what it does not.
class TestUndo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasTakenComesBackEverywhereWithItsExpiry()
    {
        UndoRig rig;
        const EntryPtr old = rig.l1->peek(keyOf("stock:A"));
        rig.clock.advance(10s);
        const InvalidationResult gone = rig.invalidate(undoable(Selector::type("stock")));
        QCOMPARE(gone.verified, 3u);
        QVERIFY(gone.undo > 0);
        QVERIFY(rig.isNowhere("stock:A"));
        rig.clock.advance(20s);
        const UndoResult undone = rig.undo(gone.undo).value();
        QCOMPARE(undone.restored, 3u);
        QCOMPARE(undone.newer + undone.expired, 0u);
        QVERIFY(undone.partial.empty());
        for (MemoryTier *tier : {rig.l1.get(), &rig.l2->inner(), &rig.l3->inner()}) {
            QCOMPARE(rig.at(*tier, "stock:A"), std::string("old"));
            QVERIFY(tier->peek(keyOf("stock:A"))->freshUntil() == old->freshUntil());
            QVERIFY(tier->peek(keyOf("stock:A"))->created() == old->created());
        }
        QCOMPARE(rig.get("stock:A").answeredBy, Stage::L1);
        QCOMPARE(rig.source->calls.size(), 3u);
        QCOMPARE(rig.metrics->totals().churn.undos, 1u);
        QCOMPARE(rig.metrics->totals().churn.restoredKeys, 3u);
    }

    void freshnessThatWasEndedComesBack()
    {
        UndoRig rig;
        const SteadyTime expiry = rig.l1->peek(keyOf("stock:A"))->freshUntil();
        Invalidation what = undoable("stock:A");
        what.expire = true;
        const InvalidationResult ended = rig.invalidate(what);
        QVERIFY(!rig.l1->peek(keyOf("stock:A"))->isFresh(rig.clock.now()));
        QCOMPARE(rig.undo(ended.undo)->restored, 1u);
        for (MemoryTier *tier : {rig.l1.get(), &rig.l2->inner(), &rig.l3->inner()})
            QVERIFY(tier->peek(keyOf("stock:A"))->freshUntil() == expiry);
    }

    void onlyTheTiersThatWereEmptiedAreFilled()
    {
        UndoRig rig;
        rig.l2->inner().remove(Selector::all(), [](auto) {});
        const InvalidationResult gone = rig.invalidate(undoable("stock:A"));
        QCOMPARE(rig.undo(gone.undo)->restored, 1u);
        QVERIFY(rig.has(*rig.l1, "stock:A") && rig.has(rig.l3->inner(), "stock:A"));
        QVERIFY(!rig.has(rig.l2->inner(), "stock:A"));
    }

    void takingLooksWithoutAsking()
    {
        UndoRig rig;
        rig.log.clear();
        rig.invalidate(undoable("stock:A"));
        for (const std::string &call : rig.log)
            QVERIFY2(call != "L2 get" && call != "L2 claim" && call != "L3 get", call.c_str());
    }

    void itIsGivenBackOnce()
    {
        UndoRig rig;
        const std::uint64_t id = rig.invalidate(undoable("stock:A")).undo;
        QVERIFY(rig.undo(id));
        QCOMPARE(rig.undo(id).error().code, ErrorCode::NotFound);
        QCOMPARE(rig.undo(0).error().code, ErrorCode::NotFound);
        QCOMPARE(rig.undo(id + 1).error().code, ErrorCode::NotFound);
        QVERIFY(!rig.undo(id).error().hint.empty());
    }

    void itIsGivenBackForThirtySeconds()
    {
        UndoRig rig;
        const std::uint64_t id = rig.invalidate(undoable("stock:A")).undo;
        const std::uint32_t kept = EntryBlock::idOf(*rig.l1->peek(keyOf("stock:B")));
        const std::uint64_t other = rig.invalidate(undoable("stock:B")).undo;
        rig.clock.advance(30s - 1ns);
        QVERIFY(rig.undo(id));
        QVERIFY(EntryBlock::tryAcquire(kept));
        rig.clock.advance(1ns);
        QCOMPARE(rig.undo(other).error().code, ErrorCode::NotFound);
        rig.cache.purge();
        QVERIFY(!EntryBlock::tryAcquire(kept));
    }

    void whoDoesNotAskGetsNone()
    {
        UndoRig rig;
        QCOMPARE(rig.invalidate(invalidationOf("stock:A")).undo, 0u);
        QCOMPARE(rig.invalidate(undoable("stock:NONE")).undo, 0u);
    }

    void aLifeThatEndedMeanwhileIsOver()
    {
        UndoRig rig;
        rig.source->answers.erase("stock:GHOST");
        rig.get("stock:GHOST"); // "there is none", believed for 30 s
        rig.clock.advance(10s);
        const std::uint64_t id
            = rig.invalidate(undoable(Selector::keys({keyOf("stock:A"), keyOf("stock:GHOST")}))).undo;
        rig.clock.advance(25s);
        const UndoResult undone = rig.undo(id).value();
        QCOMPARE(undone.restored, 1u);
        QCOMPARE(undone.expired, 1u);
        QVERIFY(rig.isNowhere("stock:GHOST"));
    }

    void whatHappenedSinceWins_data()
    {
        QTest::addColumn<QString>("event");
        for (const char *event : {"write", "load", "invalidation", "invalidation of a pattern", "heard", "heard of all",
                 "flight", "refresh under way", "invalidation of its parent"})
            QTest::newRow(event) << QString::fromLatin1(event);
    }
    void whatHappenedSinceWins()
    {
        QFETCH(QString, event);
        UndoRig rig;
        rig.source->answers["search:A"] = "old";
        rig.get("search:A");
        const InvalidationResult gone = rig.invalidate(undoable(Selector::keys({keyOf("search:A"), keyOf("stock:B")})));
        rig.source->answers["search:A"] = "new";
        std::string expected = "new";
        if (event == QStringLiteral("write")) {
            QVERIFY(rig.write("search:A", "new"));
        } else if (event == QStringLiteral("load")) {
            rig.get("search:A");
        } else if (event.endsWith(QStringLiteral("flight")) || event.startsWith(QStringLiteral("refresh"))) {
            rig.source->holding = true;
            const LookupOptions options{.bypassCache = event.startsWith(QStringLiteral("refresh"))};
            rig.cache.lookup({keyOf("search:A")}, options, [](const auto &) {});
        } else if (event.startsWith(QStringLiteral("heard"))) {
            rig.cache.heard(
                event.endsWith(QStringLiteral("all")) ? Selector::all() : Selector::keys({keyOf("search:A")}));
            expected.clear();
        } else {
            Invalidation what = invalidationOf("search:A");
            if (event.endsWith(QStringLiteral("pattern")))
                what.which = Selector::pattern(Glob::compile("search:*").value());
            if (event.endsWith(QStringLiteral("parent")))
                what.which = Selector::keys({keyOf("stock:A")});
            rig.invalidate(what);
            expected.clear();
        }
        const UndoResult undone = rig.undo(gone.undo).value();
        QCOMPARE(undone.newer, 1u + (event.endsWith(QStringLiteral("all")) ? 1u : 0u));
        rig.source->release();
        for (MemoryTier *tier : {rig.l1.get(), &rig.l2->inner(), &rig.l3->inner()})
            QCOMPARE(rig.at(*tier, "search:A"), expected);
    }

    /// Something newer at each single step of the undo.
    void whatHappensMeanwhileWins_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("event");
        for (const char *step : {"L3 peek", "L2 peek", "L2 get", "L3 fill", "L2 fill"}) {
            for (const char *event : {"write", "load", "invalidation", "heard"})
                QTest::newRow((std::string(event) + " during " + step).c_str())
                    << QString::fromLatin1(step) << QString::fromLatin1(event);
        }
    }
    void whatHappensMeanwhileWins()
    {
        QFETCH(QString, step);
        QFETCH(QString, event);
        UndoRig rig;
        const std::uint64_t id = rig.invalidate(undoable("stock:A")).undo;
        GatedTier &gate = step.startsWith(QStringLiteral("L2")) ? *rig.l2 : *rig.l3;
        gate.held = {step.mid(3).toStdString()};
        std::optional<UndoResult> undone;
        rig.cache.undo(id, [&](Result<UndoResult> result) { undone = std::move(*result); });
        QVERIFY(!undone);
        gate.held.clear(); // what comes now passes by what is held
        rig.clock.advance(1ms);
        rig.source->answers["stock:A"] = "new";
        if (event == QStringLiteral("write"))
            QVERIFY(rig.write("stock:A", "new"));
        else if (event == QStringLiteral("load"))
            rig.get("stock:A", {.bypassCache = true});
        else if (event == QStringLiteral("heard"))
            rig.cache.heard(Selector::keys({keyOf("stock:A")}));
        else
            rig.invalidate(invalidationOf("stock:A"));
        gate.release();
        QVERIFY(undone);
        QVERIFY(rig.at(*rig.l1, "stock:A") != "old");
        // Who was only told finds the shared tiers emptied in real life; here nobody did that.
        if (event == QStringLiteral("heard"))
            return;
        QVERIFY(rig.at(rig.l2->inner(), "stock:A") != "old");
        QVERIFY(rig.at(rig.l3->inner(), "stock:A") != "old");
        QCOMPARE(undone->newer, 1u);
        QCOMPARE(rig.get("stock:A").entry->payload(), std::string("new"));
    }

    /// The copies are looked at, then removed: what is written in between is not undone to what was there before.
    void whatIsWrittenWhileItIsTakenWins_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<bool>("load");
        for (const char *step : {"L3 peek", "L3 remove", "L3 claim", "L2 remove", "L3 list"}) {
            QTest::newRow((std::string("write, ") + step).c_str()) << QString::fromLatin1(step) << false;
            QTest::newRow((std::string("load, ") + step).c_str()) << QString::fromLatin1(step) << true;
        }
    }
    void whatIsWrittenWhileItIsTakenWins()
    {
        QFETCH(QString, step);
        QFETCH(bool, load);
        UndoRig rig;
        GatedTier &gate = step.startsWith(QStringLiteral("L2")) ? *rig.l2 : *rig.l3;
        gate.held = {step.mid(3).toStdString()};
        std::optional<InvalidationResult> gone;
        rig.cache.invalidate(undoable("stock:A"), [&](InvalidationResult result) { gone = std::move(result); });
        QVERIFY(!gone);
        gate.held.clear();
        rig.clock.advance(1ms);
        rig.source->answers["stock:A"] = "new";
        if (load)
            rig.get("stock:A", {.bypassCache = true});
        else
            QVERIFY(rig.write("stock:A", "new"));
        gate.release();
        QVERIFY(gone);
        const auto undone = rig.undo(gone->undo);
        QVERIFY(undone || step == QStringLiteral("L3 list"));
        for (MemoryTier *tier : {rig.l1.get(), &rig.l2->inner(), &rig.l3->inner()})
            QVERIFY(rig.at(*tier, "stock:A") != "old");
    }

    void anOlderCopyNeverLiesAboveANewerOne()
    {
        UndoRig rig;
        Invalidation what = undoable("stock:A");
        what.tiers[1] = what.tiers[2] = false;
        const std::uint64_t id = rig.invalidate(what).undo;
        EntryFields newer = rig.l3->inner().peek(keyOf("stock:A"))->fields();
        newer.created += 1ms;
        rig.l3->inner().put({{Entry::make(newer)}}, [](const Status &) {});
        QCOMPARE(rig.undo(id)->newer, 1u);
        QVERIFY(!rig.has(*rig.l1, "stock:A"));
    }

    void aValueOfTheSameMillisecondStays()
    {
        UndoRig rig;
        EntryFields newer = rig.l1->peek(keyOf("stock:A"))->fields();
        newer.payload = "new";
        const std::uint64_t id = rig.invalidate(undoable("stock:A")).undo;
        const TierCalls l3{rig.l3->inner()};
        QCOMPARE(l3.fill(Entry::make(newer), l3.claim("stock:A")), FillOutcome::Stored);
        QCOMPARE(rig.undo(id).value().newer, 1u);
        QCOMPARE(rig.at(rig.l3->inner(), "stock:A"), std::string("new"));
        QVERIFY(!rig.has(*rig.l1, "stock:A"));
    }

    void aTierThatIsDownIsNamed()
    {
        UndoRig rig;
        const std::uint64_t id = rig.invalidate(undoable("stock:A")).undo;
        rig.l2->failure = outage();
        const UndoResult undone = rig.undo(id).value();
        QCOMPARE(undone.restored, 1u);
        QCOMPARE(undone.partial.size(), 1u);
        QCOMPARE(undone.partial[0].stage, Stage::L2);
        QVERIFY(rig.has(*rig.l1, "stock:A") && rig.has(rig.l3->inner(), "stock:A"));
    }

    void aTierThatOwesARemovalIsLeftOut()
    {
        UndoRig rig;
        rig.l2->failure = outage();
        const InvalidationResult gone = rig.invalidate(undoable("stock:A"));
        QCOMPARE(gone.partial.size(), 1u);
        rig.l2->failure.reset();
        const UndoResult undone = rig.undo(gone.undo).value();
        QCOMPARE(undone.restored, 1u);
        QVERIFY(rig.has(*rig.l1, "stock:A") && rig.has(rig.l3->inner(), "stock:A"));
    }

    void copiesAboveWhatLivesInL3ComeBack()
    {
        CacheRig rig;
        QVERIFY(rig.write("user:1", "mine"));
        const std::uint64_t id = rig.invalidate(undoable("user:1")).undo;
        QVERIFY(!rig.has(rig.l2->inner(), "user:1") && rig.has(rig.l3->inner(), "user:1"));
        rig.log.clear();
        QCOMPARE(rig.undo(id)->restored, 1u);
        QVERIFY(std::find(rig.log.begin(), rig.log.end(), "L3 fill") == rig.log.end());
        QCOMPARE(rig.get("user:1").answeredBy, Stage::L2);
    }

    void dependentsComeBackAndDependAgain()
    {
        UndoRig rig;
        rig.source->answers["search:A"] = "old";
        rig.get("search:A");
        Invalidation what = undoable("stock:A");
        what.dependents = true;
        const InvalidationResult gone = rig.invalidate(what);
        QCOMPARE(gone.dependents, 1u);
        QCOMPARE(rig.undo(gone.undo)->restored, 2u);
        QCOMPARE(rig.get("search:A").answeredBy, Stage::L1);
        QCOMPARE(rig.invalidate(what).dependents, 1u);
    }

    void thePreviewTellsWhetherItCouldBeUndone()
    {
        UndoRig rig;
        InvalidationPreview preview;
        const auto look = [&] {
            rig.cache.preview(undoable(Selector::all()), [&](InvalidationPreview p) { preview = std::move(p); });
        };
        look();
        QVERIFY(preview.undoable);
        QVERIFY(preview.bytes > 3 * 3 * sizeof("old"));
        for (const char *text : {"stock:D", "stock:E", "stock:F"}) {
            rig.source->answers[text] = std::string(10u << 20, 'x'); // nine copies are more than 64 MiB
            rig.get(text);
        }
        look();
        QVERIFY(!preview.undoable);
        QCOMPARE(rig.invalidate(undoable(Selector::all())).undo, 0u);
    }

    void tooManyKeysCannotBeUndone()
    {
        CacheRig rig;
        rig.source->types = {"stock"};
        std::vector<CacheKey> keys;
        for (int i = 0; i < 10'001; ++i)
            keys.push_back(keyOf(("stock:S" + std::to_string(i)).c_str()));
        rig.get(keys);
        QCOMPARE(rig.invalidate(undoable(Selector::all())).undo, 0u);
        rig.get(keys);
        rig.invalidate(invalidationOf("stock:S7"));
        const std::uint64_t id = rig.invalidate(undoable(Selector::all())).undo;
        QCOMPARE(rig.undo(id)->restored, 10'000u);
    }

    void theOldestMakesRoom()
    {
        UndoRig rig;
        for (const char *text : {"stock:D", "stock:E", "stock:F"}) {
            rig.source->answers[text] = std::string(10u << 20, 'x'); // 30 MiB over the tiers
            rig.get(text);
        }
        const std::uint64_t first = rig.invalidate(undoable("stock:D")).undo;
        const std::uint64_t second = rig.invalidate(undoable("stock:E")).undo;
        const std::uint64_t third = rig.invalidate(undoable("stock:F")).undo;
        QCOMPARE(rig.undo(first).error().code, ErrorCode::NotFound);
        QCOMPARE(rig.undo(second)->restored, 1u);
        QCOMPARE(rig.undo(third)->restored, 1u);
    }

    void aTypeThatLeftATierIsNotPutBackThere()
    {
        UndoRig rig;
        const std::uint64_t id = rig.invalidate(undoable("stock:A")).undo;
        Policy policy = *rig.policies->policyFor("stock");
        policy.tiers[0] = false;
        QVERIFY(rig.policies->set(policy));
        QCOMPARE(rig.undo(id)->restored, 1u);
        QVERIFY(!rig.has(*rig.l1, "stock:A") && rig.has(rig.l2->inner(), "stock:A"));
    }
};

QTEST_GUILESS_MAIN(TestUndo)
#include "tst_undo.moc"
