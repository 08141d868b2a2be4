// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <insitecache/cache/tieredcache.h>

#include "support/gatedtier.h"
#include "support/manualclock.h"
#include "support/scriptedsource.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

CacheKey key(const char *text)
{
    return CacheKey::parse(text).value();
}

Error outage()
{
    return {ErrorCode::Unavailable, "down for the test"};
}

/// One coordinator over a real L1 and two gated tiers, with everything that happens written down.
struct Rig {
    ManualClock clock;
    std::vector<std::string> log;
    std::shared_ptr<MemoryTier> l1 = std::make_shared<MemoryTier>(MemoryTierOptions{}, clock);
    std::shared_ptr<GatedTier> l2 = std::make_shared<GatedTier>(Stage::L2, clock, &log);
    std::shared_ptr<GatedTier> l3 = std::make_shared<GatedTier>(Stage::L3, clock, &log);
    std::shared_ptr<ScriptedSource> source = std::make_shared<ScriptedSource>();
    std::shared_ptr<PolicyRegistry> policies = std::make_shared<PolicyRegistry>();
    std::shared_ptr<Metrics> metrics = std::make_shared<Metrics>();
    /// Every search is made from the quote of the same name.
    static std::vector<CacheKey> parentsOf(const Entry &entry)
    {
        if (entry.key.type() != "search")
            return {};
        return {CacheKey::make("stock", entry.key.identity()).value()};
    }
    TieredCache cache{{l1, l2, l3, {source}, policies, metrics, &clock, Random::seeded(1), parentsOf, nullptr}};

    std::vector<Lookup> get(std::vector<CacheKey> keys, LookupOptions options = {})
    {
        std::vector<Lookup> out;
        cache.lookup(std::move(keys), options, [&](std::vector<Lookup> answers) { out = std::move(answers); });
        return out;
    }
    Lookup get(const char *text, LookupOptions options = {}) { return get(std::vector{key(text)}, options).at(0); }
    InvalidationResult invalidate(Invalidation what)
    {
        InvalidationResult out;
        cache.invalidate(what, [&](InvalidationResult result) { out = std::move(result); });
        return out;
    }
    Status write(const char *text, const char *payload)
    {
        Status out = fail(ErrorCode::Internal, "not answered");
        cache.write(key(text), payload, "test", [&](Status status) { out = std::move(status); });
        return out;
    }
    bool has(MemoryTier &tier, const char *text) { return tier.peek(key(text)) != nullptr; }
};

Invalidation invalidationOf(const char *text)
{
    Invalidation what;
    what.which = Selector::keys({key(text)});
    return what;
}

} // namespace

class TestTieredCache : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void missAsksTheSourceAndFillsEveryTier()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        const Lookup first = rig.get("stock:AAPL");
        QCOMPARE(first.answeredBy, Stage::Source);
        QCOMPARE(first.entry->payload, std::string("v1"));
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

    void promotionKeepsTheRemainingLife()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        const SteadyTime expiry = rig.get("stock:AAPL").entry->freshUntil;
        rig.clock.advance(100s);
        rig.l1->remove(Selector::all(), [](auto) {});
        rig.log.clear();
        const Lookup promoted = rig.get("stock:AAPL");
        QCOMPARE(promoted.answeredBy, Stage::L2);
        QVERIFY(promoted.stored[0] && !promoted.stored[1]);
        QVERIFY(rig.l1->peek(key("stock:AAPL"))->freshUntil == expiry);
        QCOMPARE(rig.log, std::vector<std::string>{"L2 get"});
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

    void concurrentLookupsShareOneLoad()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        rig.source->holding = true;
        std::vector<Lookup> answers;
        for (int i = 0; i < 1000; ++i)
            rig.cache.lookup(
                {key("stock:AAPL")}, {}, [&](std::vector<Lookup> a) { answers.push_back(std::move(a.at(0))); });
        QVERIFY(answers.empty());
        rig.source->release();
        QCOMPARE(rig.source->calls.size(), 1u);
        QCOMPARE(answers.size(), 1000u);
        QCOMPARE(std::count_if(answers.begin(), answers.end(), [](const Lookup &a) { return a.collapsed; }), 999);
        QCOMPARE(rig.metrics->totals().all.collapsed, 999u);
    }

    void aFailureReachesEveryWaiter()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = tl::unexpected(outage());
        rig.source->holding = true;
        int failed = 0;
        for (int i = 0; i < 10; ++i)
            rig.cache.lookup({key("stock:AAPL")}, {}, [&](const std::vector<Lookup> &a) {
                failed += !a[0].entry && a[0].error->code == ErrorCode::Unavailable;
            });
        rig.source->release();
        QCOMPARE(failed, 10);
        rig.source->answers["stock:AAPL"] = "v1";
        QCOMPARE(rig.get("stock:AAPL").answeredBy, Stage::Source);
    }

    void batchGoesOnWithTheMissingOnly()
    {
        Rig rig;
        for (const char *text : {"stock:A", "stock:B", "stock:C", "stock:D"})
            rig.source->answers[text] = text;
        rig.get("stock:A");
        rig.get("stock:B");
        rig.get("stock:C");
        rig.l1->remove(Selector::keys({key("stock:B"), key("stock:C")}), [](auto) {});
        rig.l2->inner().remove(Selector::keys({key("stock:C")}), [](auto) {});
        rig.l2->getSizes.clear();
        rig.l3->getSizes.clear();
        rig.source->calls.clear();
        const auto answers = rig.get({key("stock:D"), key("stock:A"), key("stock:B"), key("stock:C"), key("stock:A")});
        QCOMPARE(answers[0].answeredBy, Stage::Source);
        QCOMPARE(answers[1].answeredBy, Stage::L1);
        QCOMPARE(answers[2].answeredBy, Stage::L2);
        QCOMPARE(answers[3].answeredBy, Stage::L3);
        QCOMPARE(answers[4].entry->payload, std::string("stock:A"));
        QCOMPARE(rig.l2->getSizes, std::vector<std::size_t>{3});
        QCOMPARE(rig.l3->getSizes, std::vector<std::size_t>{2});
        QCOMPARE(rig.source->calls, std::vector<std::vector<CacheKey>>{{key("stock:D")}});
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
        QCOMPARE(rig.get("stock:NOPE").entry->payload, std::string("listed now"));
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

    void staleCopyDoesNotOutliveItsInvalidation()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        rig.get("stock:AAPL");
        rig.invalidate(invalidationOf("stock:AAPL"));
        rig.source->answers["stock:AAPL"] = tl::unexpected(outage());
        QVERIFY(!rig.get("stock:AAPL").entry);
    }

    void refreshAheadReplacesTheValueOnce()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        const EntryPtr old = rig.get("stock:AAPL").entry;
        rig.source->answers["stock:AAPL"] = "v2";
        rig.clock.advance(old->refreshAt - rig.clock.now());
        rig.source->holding = true;
        const Lookup hit = rig.get("stock:AAPL");
        QCOMPARE(hit.entry->payload, std::string("v1"));
        QVERIFY(hit.refreshing);
        QVERIFY(!rig.get("stock:AAPL").refreshing);
        rig.source->release();
        QCOMPARE(rig.source->calls.size(), 2u);
        const Lookup after = rig.get("stock:AAPL");
        QCOMPARE(after.entry->payload, std::string("v2"));
        QCOMPARE(after.answeredBy, Stage::L1);
        QCOMPARE(rig.metrics->totals().churn.refreshOk, 1u);
    }

    void failedRefreshNeverExtendsTheLife()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        const EntryPtr old = rig.get("stock:AAPL").entry;
        rig.source->answers["stock:AAPL"] = tl::unexpected(outage());
        rig.clock.advance(old->refreshAt - rig.clock.now());
        rig.get("stock:AAPL");
        rig.get("stock:AAPL");
        QCOMPARE(rig.metrics->totals().churn.refreshFailed, 1u);
        QVERIFY(rig.l1->peek(key("stock:AAPL"))->freshUntil == old->freshUntil);
        rig.clock.advance((old->freshUntil - rig.clock.now()) / 2);
        rig.get("stock:AAPL");
        QCOMPARE(rig.metrics->totals().churn.refreshFailed, 2u);
    }

    void lifeIsJittered()
    {
        Rig rig;
        std::set<Duration> lives;
        for (int i = 0; i < 200; ++i) {
            const std::string text = "stock:S" + std::to_string(i);
            rig.source->answers[text] = "v";
            const Duration ttl = rig.get(text.c_str()).entry->ttl;
            QVERIFY(ttl >= 270s && ttl <= 330s);
            lives.insert(ttl);
        }
        QVERIFY(lives.size() > 190);
    }

    void bypassAsksTheSourceAndStores()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        rig.get("stock:AAPL");
        rig.source->answers["stock:AAPL"] = "v2";
        const Lookup bypass = rig.get("stock:AAPL", {.bypassCache = true});
        QCOMPARE(bypass.entry->payload, std::string("v2"));
        QCOMPARE(bypass.steps[0].outcome, Outcome::Bypass);
        QCOMPARE(rig.get("stock:AAPL").entry->payload, std::string("v2"));
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
        QCOMPARE(rig.get("stock:AAPL").entry->payload, std::string("w"));
    }

    void writeThatFailsAtTheDeepestTierChangesNothing()
    {
        Rig rig;
        rig.write("user:1", "old");
        rig.l3->failure = outage();
        QVERIFY(!rig.write("user:1", "new"));
        QCOMPARE(rig.get("user:1").entry->payload, std::string("old"));
    }

    void writeNamesTheTierThatWasNotUpdated()
    {
        Rig rig;
        rig.l2->failure = outage();
        const Status status = rig.write("user:1", "new");
        QVERIFY(!status);
        QVERIFY(status.error().message.find("stored in L3, but L2") != std::string::npos);
        rig.l2->failure.reset();
        QCOMPARE(rig.get("user:1").entry->payload, std::string("new"));
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
        QVERIFY(rig.l2->inner().peek(key("user:1"))->freshUntil <= rig.clock.now() + 66min);
    }

    void absentPreferencesAndAnOutageLookDifferent()
    {
        Rig rig;
        QCOMPARE(rig.get("user:2").error->code, ErrorCode::NotFound);
        rig.l3->failure = outage();
        QCOMPARE(rig.get("user:2").error->code, ErrorCode::Unavailable);
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
                     Selector::type("user"), Selector::keys({key("user:1"), key("stock:A")})}) {
                QVERIFY(rig.write("user:1", "mine"));
                rig.get("stock:A");
                const Invalidation what{which, {true, true, true}, expire, {}};
                const InvalidationResult result = rig.invalidate(what);
                QCOMPARE(result.verified, result.requested);
                QVERIFY(result.deletedByTier[1] >= 1);
                const EntryPtr copy = rig.l2->inner().peek(key("user:1"));
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
        QCOMPARE(rig.get("stock:AAPL").entry->payload, std::string("v2"));
    }

    void loadOvertakenByAnInvalidationIsNotStored()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "old";
        rig.source->holding = true;
        Lookup early;
        rig.cache.lookup({key("stock:AAPL")}, {}, [&](std::vector<Lookup> a) { early = a.at(0); });
        rig.invalidate(invalidationOf("stock:AAPL"));
        rig.source->answers["stock:AAPL"] = "new";
        Lookup late;
        rig.cache.lookup({key("stock:AAPL")}, {}, [&](std::vector<Lookup> a) { late = a.at(0); });
        rig.source->release();
        QCOMPARE(early.entry->payload, std::string("old"));
        QCOMPARE(late.entry->payload, std::string("new"));
        QCOMPARE(rig.get("stock:AAPL").entry->payload, std::string("new"));
        QCOMPARE(rig.l3->inner().peek(key("stock:AAPL"))->payload, std::string("new"));
    }

    // The reader has read L3 before its removal and answers after L1's: only a fence keeps it from filling both.
    void readDuringAnInvalidationIsNotStored()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "old";
        rig.get("stock:AAPL");
        rig.l1->remove(Selector::all(), [](auto) {});
        rig.l2->inner().remove(Selector::all(), [](auto) {});
        rig.l2->held = {"list"};
        rig.cache.invalidate(invalidationOf("stock:AAPL"), [](const InvalidationResult &) {});
        rig.l3->holdAnswers = true;
        Lookup during;
        rig.cache.lookup({key("stock:AAPL")}, {}, [&](std::vector<Lookup> a) { during = a.at(0); });
        rig.l2->releaseOne();
        rig.l3->release();
        QCOMPARE(during.entry->payload, std::string("old"));
        rig.l2->release();
        rig.source->answers["stock:AAPL"] = "new";
        QCOMPARE(rig.get("stock:AAPL").entry->payload, std::string("new"));
    }

    void refreshOvertakenByAWriteIsNotStored()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        const EntryPtr old = rig.get("stock:AAPL").entry;
        rig.clock.advance(old->refreshAt - rig.clock.now());
        rig.source->holding = true;
        rig.get("stock:AAPL");
        QVERIFY(rig.write("stock:AAPL", "written"));
        rig.source->release();
        QCOMPARE(rig.get("stock:AAPL").entry->payload, std::string("written"));
    }

    void dependentsFallWithTheirRoot()
    {
        Rig rig;
        for (const char *text : {"stock:A", "search:A", "search:B", "trending:US"}) {
            rig.source->answers[text] = text;
            rig.get(text);
        }
        rig.cache.declare({key("search:A"), key("trending:US")}, [](const Status &) {});
        Invalidation what = invalidationOf("stock:A");
        QCOMPARE(rig.invalidate(what).requested, 1u);
        what.dependents = true;
        InvalidationPreview preview;
        rig.cache.preview(what, [&](InvalidationPreview p) { preview = std::move(p); });
        QCOMPARE(preview.keys, 2u); // the quote is gone already
        QCOMPARE(preview.dependents, 2u);
        const InvalidationResult result = rig.invalidate(what);
        QCOMPARE(result.dependents, 2u);
        QCOMPARE(result.verified, 2u);
        for (const char *gone : {"search:A", "trending:US"})
            QVERIFY(!rig.has(*rig.l1, gone) && !rig.has(rig.l2->inner(), gone) && !rig.has(rig.l3->inner(), gone));
        QVERIFY(rig.has(rig.l3->inner(), "search:B"));
    }

    // The edge is not there yet when the invalidation follows the edges: the fill is refused instead.
    void valueLoadedFromAParentThatFallsIsNotStored()
    {
        Rig rig;
        rig.source->answers["search:A"] = "made from the old quote";
        rig.source->holding = true;
        rig.cache.lookup({key("search:A")}, {}, [](const auto &) {});
        Invalidation what = invalidationOf("stock:A");
        what.dependents = true;
        rig.invalidate(what);
        rig.source->release();
        QVERIFY(!rig.has(*rig.l1, "search:A"));
        QVERIFY(!rig.has(rig.l2->inner(), "search:A"));
        QVERIFY(!rig.has(rig.l3->inner(), "search:A"));
        rig.source->answers["search:A"] = "new";
        QCOMPARE(rig.get("search:A").entry->payload, std::string("new"));
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
        QCOMPARE(preview.sample, std::vector<std::string>{"stock:AAPL"});
        QCOMPARE(rig.get("stock:AAPL").answeredBy, Stage::L1);
    }

    void closeCancelsWhatWaits()
    {
        Rig rig;
        rig.source->answers["stock:AAPL"] = "v1";
        rig.source->holding = true;
        Lookup waiting;
        rig.cache.lookup({key("stock:AAPL")}, {}, [&](std::vector<Lookup> a) { waiting = a.at(0); });
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
