// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "support/cacherig.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

using Rig = CacheRig;

class TestTieredCache : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void missAsksTheSourceAndFillsEveryTier()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        const Lookup first = rig.get("stock:AAPL");
        QCOMPARE(first.answeredBy, Stage::Source);
        QCOMPARE(first.entry->payload(), std::string("v1"));
        QCOMPARE(first.stepCount, 4);
        QCOMPARE(first.steps[0].outcome, Outcome::Miss);
        QCOMPARE(first.steps[3].outcome, Outcome::Hit);
        QVERIFY(first.stored[0] && first.stored[1] && first.stored[2]);
        const Lookup second = rig.get("stock:AAPL");
        QCOMPARE(second.answeredBy, Stage::L1);
        QCOMPARE(rig.source->calls.size(), 1u);
        const MetricsTotals totals = rig.metrics->totals();
        QCOMPARE(totals.all.lookups, 2u);
        QCOMPARE(totals.all.hits(), 1u);
        QCOMPARE(totals.tiers[0].lookups, 2u);
        QCOMPARE(totals.tiers[0].hits, 1u);
        QCOMPARE(totals.tiers[1].lookups, 1u);
    }

    void databaseHitFillsTheTiersAbove()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        rig.get("stock:AAPL");
        rig.l1->remove(Selector::all(), [](auto) {});
        rig.l2->inner().remove(Selector::all(), [](auto) {});
        QCOMPARE(rig.get("stock:AAPL").answeredBy, Stage::L3);
        QVERIFY(rig.has(*rig.l1, "stock:AAPL"));
        QVERIFY(rig.has(rig.l2->inner(), "stock:AAPL"));
        QCOMPARE(rig.source->calls.size(), 1u);
    }

    void tierLeftOutByThePolicyIsSkipped()
    {
        Rig rig;
        rig.source->answers["sentiment:AAPL"] = "s";
        const Lookup lookup = rig.get("sentiment:AAPL");
        QCOMPARE(lookup.steps[0].outcome, Outcome::Skipped);
        QVERIFY(!rig.has(*rig.l1, "sentiment:AAPL"));
        QCOMPARE(rig.get("sentiment:AAPL").answeredBy, Stage::L2);
    }

    void batchGoesOnWithTheMissingOnly()
    {
        Rig rig;
        for (const char *text : {"stock:A", "stock:B", "stock:C", "stock:D"})
            rig.source->answers[text] = text;
        rig.get("stock:A");
        rig.get("stock:B");
        rig.get("stock:C");
        rig.l1->remove(Selector::keys({keyOf("stock:B"), keyOf("stock:C")}), [](auto) {});
        rig.l2->inner().remove(Selector::keys({keyOf("stock:C")}), [](auto) {});
        rig.l2->getSizes.clear();
        rig.l3->getSizes.clear();
        rig.source->calls.clear();
        const auto answers
            = rig.get({keyOf("stock:D"), keyOf("stock:A"), keyOf("stock:B"), keyOf("stock:C"), keyOf("stock:A")});
        QCOMPARE(answers[0].answeredBy, Stage::Source);
        QCOMPARE(answers[1].answeredBy, Stage::L1);
        QCOMPARE(answers[2].answeredBy, Stage::L2);
        QCOMPARE(answers[3].answeredBy, Stage::L3);
        QCOMPARE(answers[4].entry->payload(), std::string("stock:A"));
        QCOMPARE(rig.l2->getSizes, std::vector<std::size_t>{3});
        QCOMPARE(rig.l3->getSizes, std::vector<std::size_t>{2});
        QCOMPARE(rig.source->calls, std::vector<std::vector<CacheKey>>{{keyOf("stock:D")}});
    }

    void absenceIsRememberedBriefly()
    {
        Rig rig;
        const Lookup first = rig.get("stock:NOPE");
        QVERIFY(first.negative);
        QCOMPARE(first.error->code, ErrorCode::NotFound);
        const Lookup second = rig.get("stock:NOPE");
        QVERIFY(second.negative && !second.hasValue());
        QCOMPARE(second.answeredBy, Stage::L1);
        QCOMPARE(rig.source->calls.size(), 1u);
        rig.clock.advance(31s);
        rig.source->answers["stock:NOPE"] = "listed now";
        QCOMPARE(rig.get("stock:NOPE").entry->payload(), std::string("listed now"));
    }

    void staleCopyIsServedWhenTheSourceFails()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        rig.get("stock:AAPL");
        rig.clock.advance(400s);
        rig.source->answers["stock:AAPL"] = tl::unexpected(outage());
        const Lookup stale = rig.get("stock:AAPL");
        QVERIFY(stale.stale && stale.hasValue());
        QVERIFY(stale.ttl < 0s);
        QCOMPARE(stale.error->code, ErrorCode::Unavailable);
        QCOMPARE(rig.metrics->totals().all.hits(), 0u);
        const Lookup strict = rig.get("stock:AAPL", {.allowStale = false});
        QVERIFY(!strict.entry && !strict.stale);
        rig.clock.advance(2h);
        QVERIFY(!rig.get("stock:AAPL").entry);
    }

    void refreshAheadReplacesTheValueOnce()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        const EntryPtr old = rig.get("stock:AAPL").entry;
        rig.source->answers["stock:AAPL"] = "v2";
        rig.clock.advance(old->refreshAt() - rig.clock.now());
        rig.source->holding = true;
        const Lookup hit = rig.get("stock:AAPL");
        QCOMPARE(hit.entry->payload(), std::string("v1"));
        QVERIFY(hit.refreshing);
        QVERIFY(!rig.get("stock:AAPL").refreshing);
        rig.source->release();
        QCOMPARE(rig.source->calls.size(), 2u);
        const Lookup after = rig.get("stock:AAPL");
        QCOMPARE(after.entry->payload(), std::string("v2"));
        QCOMPARE(after.answeredBy, Stage::L1);
        QCOMPARE(rig.metrics->totals().churn.refreshOk, 1u);
    }

    void failedRefreshNeverExtendsTheLife()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        const EntryPtr old = rig.get("stock:AAPL").entry;
        rig.source->answers["stock:AAPL"] = tl::unexpected(outage());
        rig.clock.advance(old->refreshAt() - rig.clock.now());
        rig.get("stock:AAPL");
        rig.get("stock:AAPL");
        QCOMPARE(rig.metrics->totals().churn.refreshFailed, 1u);
        QVERIFY(rig.l1->peek(keyOf("stock:AAPL"))->freshUntil() == old->freshUntil());
        rig.clock.advance((old->freshUntil() - rig.clock.now()) / 2);
        rig.get("stock:AAPL");
        QCOMPARE(rig.metrics->totals().churn.refreshFailed, 2u);
    }

    void bypassAsksTheSourceAndStores()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        rig.get("stock:AAPL");
        rig.source->answers["stock:AAPL"] = "v2";
        const Lookup bypass = rig.get("stock:AAPL", {.bypassCache = true});
        QCOMPARE(bypass.entry->payload(), std::string("v2"));
        QCOMPARE(bypass.steps[0].outcome, Outcome::Bypass);
        QCOMPARE(rig.get("stock:AAPL").entry->payload(), std::string("v2"));
    }

    void brokenTierIsPassedAndNamed()
    {
        Rig rig;
        rig.l2->failure = outage();
        rig.source->answers["stock:AAPL"] = "v1";
        rig.get("stock:AAPL");
        rig.l1->remove(Selector::all(), [](auto) {});
        const Lookup lookup = rig.get("stock:AAPL");
        QCOMPARE(lookup.answeredBy, Stage::L3);
        QCOMPARE(lookup.steps[1].outcome, Outcome::Error);
        QCOMPARE(lookup.steps[1].error->code, ErrorCode::Unavailable);
        QCOMPARE(rig.metrics->totals().tiers[1].errors, 2u);
        QCOMPARE(rig.metrics->totals().tiers[1].misses, 0u);
    }

    void writeGoesDeepestFirst()
    {
        Rig rig;
        QVERIFY(rig.write("stock:AAPL", "w"));
        QCOMPARE(rig.log, (std::vector<std::string>{"L2 claim", "L3 put", "L2 put"}));
        QCOMPARE(rig.get("stock:AAPL").entry->payload(), std::string("w"));
    }

    void writeThatFailsAtTheDeepestTierChangesNothing()
    {
        Rig rig;
        rig.write("user:1", "old");
        rig.l3->failure = outage();
        QVERIFY(!rig.write("user:1", "new"));
        QCOMPARE(rig.get("user:1").entry->payload(), std::string("old"));
    }

    void writeNamesTheTierThatWasNotUpdated()
    {
        Rig rig;
        rig.l2->failure = outage();
        const Status status = rig.write("user:1", "new");
        QVERIFY(!status);
        QVERIFY(status.error().message.find("stored in L3, but L2") != std::string::npos);
        rig.l2->failure.reset();
        QCOMPARE(rig.get("user:1").entry->payload(), std::string("new"));
    }

    void writeAroundDropsTheCopiesAbove()
    {
        Rig rig;
        Policy policy = *rig.policies->policyFor("stock");
        policy.strategy = WriteStrategy::Around;
        QVERIFY(rig.policies->set(policy));
        rig.source->answers["stock:AAPL"] = "v1";
        rig.get("stock:AAPL");
        QVERIFY(rig.write("stock:AAPL", "w"));
        QVERIFY(!rig.has(*rig.l1, "stock:AAPL") && !rig.has(rig.l2->inner(), "stock:AAPL"));
        QCOMPARE(rig.get("stock:AAPL").answeredBy, Stage::L3);
    }

    void preferencesLiveInTheDatabaseForGood()
    {
        Rig rig;
        QVERIFY(rig.write("user:1", "p"));
        rig.clock.advance(24h * 365);
        const Lookup lookup = rig.get("user:1");
        QCOMPARE(lookup.answeredBy, Stage::L3);
        QVERIFY(lookup.stored[1]);
        QVERIFY(rig.l2->inner().peek(keyOf("user:1"))->freshUntil() <= rig.clock.now() + 66min);
    }

    void absentPreferencesAndAnOutageLookDifferent()
    {
        Rig rig;
        const Lookup lookup = rig.get("user:nobody");
        QVERIFY(lookup.negative && !lookup.hasValue());
        QCOMPARE(lookup.answeredBy, Stage::L3);
        QCOMPARE(lookup.error->code, ErrorCode::NotFound);
        QVERIFY(lookup.error->hint.find("put user:nobody") != std::string::npos);
        const MetricsTotals totals = rig.metrics->totals();
        QCOMPARE(totals.all.errors, 0u);
        QCOMPARE(totals.all.negative, 1u);
        QVERIFY(!rig.has(*rig.l1, "user:nobody") && !rig.has(rig.l3->inner(), "user:nobody"));
        rig.l3->failure = outage();
        QCOMPARE(rig.get("user:nobody").error->code, ErrorCode::Unavailable);
        QCOMPARE(rig.metrics->totals().all.errors, 1u);
    }

    void unknownTypeIsUnconfigured() { QCOMPARE(Rig().get("bond:X").error->code, ErrorCode::Unconfigured); }

    void invalidationGoesFromTheDeepestTierUp()
    {
        Rig rig;
        for (const char *text : {"search:a", "search:b", "stock:A"}) {
            rig.source->answers[text] = text;
            rig.get(text);
        }
        Invalidation what;
        what.which = Selector::type("search");
        rig.log.clear();
        const InvalidationResult result = rig.invalidate(what);
        QCOMPARE(result.requested, 2u);
        QCOMPARE(result.deleted, 2u);
        QCOMPARE(result.verified, 2u);
        QCOMPARE(result.deletedByTier[2], 2u);
        QVERIFY(result.partial.empty());
        const auto l3 = std::find(rig.log.begin(), rig.log.end(), "L3 remove");
        QVERIFY(l3 < std::find(rig.log.begin(), rig.log.end(), "L2 remove"));
        QCOMPARE(rig.get("stock:A").answeredBy, Stage::L1);
        QCOMPARE(rig.get("search:a").answeredBy, Stage::Source);
    }

    void valueThatLivesInL3IsNoCopy()
    {
        Rig rig;
        rig.source->answers["stock:A"] = "v";
        for (const bool expire : {false, true}) {
            for (const Selector &which : {Selector::all(), Selector::pattern(Glob::compile("*").value()),
                     Selector::type("user"), Selector::keys({keyOf("user:1"), keyOf("stock:A")})}) {
                QVERIFY(rig.write("user:1", "mine"));
                rig.get("stock:A");
                const Invalidation what{which, {true, true, true}, expire, {}};
                const InvalidationResult result = rig.invalidate(what);
                QCOMPARE(result.verified, result.requested);
                QVERIFY(result.deletedByTier[1] >= 1);
                const EntryPtr copy = rig.l2->inner().peek(keyOf("user:1"));
                QVERIFY(!copy || !copy->isFresh(rig.clock.now()));
                QCOMPARE(rig.get("user:1").answeredBy, Stage::L3);
            }
        }
    }

    void unreachableTierMakesItPartial()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v";
        rig.get("stock:AAPL");
        rig.l2->failure = outage();
        const InvalidationResult result = rig.invalidate(invalidationOf("stock:AAPL"));
        QCOMPARE(result.partial.size(), 1u);
        QCOMPARE(result.partial[0].stage, Stage::L2);
        QCOMPARE(result.verified, 0u);
    }

    void expireKeepsTheCopyForAnOutage()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        rig.get("stock:AAPL");
        Invalidation what = invalidationOf("stock:AAPL");
        what.expire = true;
        QCOMPARE(rig.invalidate(what).verified, 1u);
        rig.source->answers["stock:AAPL"] = tl::unexpected(outage());
        QVERIFY(rig.get("stock:AAPL").stale);
        rig.source->answers["stock:AAPL"] = "v2";
        QCOMPARE(rig.get("stock:AAPL").entry->payload(), std::string("v2"));
    }

    void dependentsFallWithTheirRoot()
    {
        Rig rig;
        for (const char *text : {"stock:A", "search:A", "search:B", "trending:US"}) {
            rig.source->answers[text] = text;
            rig.get(text);
        }
        rig.cache.declare({keyOf("search:A"), keyOf("trending:US")}, [](const Status &) {});
        Invalidation what = invalidationOf("stock:A");
        QCOMPARE(rig.invalidate(what).requested, 1u);
        what.dependents = true;
        InvalidationPreview preview;
        rig.cache.preview(what, [&](InvalidationPreview p) { preview = std::move(p); });
        QCOMPARE(preview.keys, 2u); // the quote is gone already
        QCOMPARE(preview.dependents, 2u);
        QCOMPARE(preview.byHop, (std::vector<std::uint64_t>{0, 1, 1}));
        const InvalidationResult result = rig.invalidate(what);
        QCOMPARE(result.dependents, 2u);
        QCOMPARE(result.verified, 2u);
        for (const char *gone : {"search:A", "trending:US"})
            QVERIFY(!rig.has(*rig.l1, gone) && !rig.has(rig.l2->inner(), gone) && !rig.has(rig.l3->inner(), gone));
        QVERIFY(rig.has(rig.l3->inner(), "search:B"));
    }

    void previewTouchesNothing()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        rig.get("stock:AAPL");
        InvalidationPreview preview;
        rig.cache.preview(invalidationOf("stock:AAPL"), [&](InvalidationPreview p) { preview = std::move(p); });
        QCOMPARE(preview.keys, 1u);
        QCOMPARE(preview.byTier[0], 1u);
        QCOMPARE(preview.byTier[2], 1u);
        QVERIFY(preview.exact);
        QVERIFY(preview.byHop.empty());
        QCOMPARE(preview.sample, std::vector<std::string>{"stock:AAPL"});
        QCOMPARE(rig.get("stock:AAPL").answeredBy, Stage::L1);
    }

    void closeCancelsWhatWaits()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        rig.source->holding = true;
        Lookup waiting;
        rig.cache.lookup({keyOf("stock:AAPL")}, {}, [&](std::vector<Lookup> a) { waiting = a.at(0); });
        rig.cache.close();
        QCOMPARE(waiting.error->code, ErrorCode::Cancelled);
        rig.source->release();
        QCOMPARE(rig.get("stock:AAPL").error->code, ErrorCode::Cancelled);
    }

    void cacheStatusFollowsTheRfc()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        rig.get("stock:AAPL");
        rig.l1->remove(Selector::all(), [](auto) {});
        const std::string status = rig.get("stock:AAPL").cacheStatus();
        QVERIFY2(status.starts_with("L2; hit; ttl="), status.c_str());
        QVERIFY2(status.ends_with(", L1; fwd=miss; stored"), status.c_str());
    }
};

QTEST_GUILESS_MAIN(TestTieredCache)
#include "tst_tieredcache.moc"
