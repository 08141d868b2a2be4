// labels: tsan
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <insitecache/base/random.h>

#include "cache/sightings.h"
#include "support/cacherig.h"
#include "tiers/dropmarks.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

std::optional<MissReason> reasonAt(const Lookup &lookup, Stage stage)
{
    return lookup.steps[static_cast<std::size_t>(stage)].why;
}

std::uint64_t missed(const CacheRig &rig, Stage stage, MissReason why)
{
    return rig.metrics->totals().tiers[static_cast<std::size_t>(stage)].missReasons[static_cast<std::size_t>(why)];
}

/// A cache over an upstream that knows some shares.
struct ReasonRig : CacheRig {
    ReasonRig()
    {
        for (const char *key : {"stock:AAPL", "stock:MSFT", "stock:NVDA"})
            source->answers.emplace(key, "\x01");
    }
};

} // namespace

class TestMissReasons : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void marksAreTheLastDrops()
    {
        DropMarks marks(1024);
        const auto random = Random::seeded(5);
        std::vector<std::uint64_t> hashes;
        for (int i = 0; i < 20'000; ++i)
            hashes.push_back(random->bits());
        for (const std::uint64_t hash : hashes)
            marks.note(hash, MissReason::Evicted);
        const auto remembered = [&](std::size_t from, std::size_t to) {
            return std::count_if(hashes.begin() + std::ptrdiff_t(from), hashes.begin() + std::ptrdiff_t(to),
                [&](std::uint64_t hash) { return marks.reasonOf(hash) == MissReason::Evicted; });
        };
        QVERIFY(remembered(19'500, 20'000) > 475);
        QVERIFY(remembered(0, 10'000) < 20); // no key is taken for another, but for one in some thousand
    }

    void markIsOfTheLastReasonAndGoes()
    {
        DropMarks marks(64);
        const std::uint64_t hash = 0xfedc'ba98'7654'3210;
        const std::uint64_t sameSet = 0x0123'4567'89ab'3210;
        marks.note(hash, MissReason::Evicted);
        marks.note(sameSet, MissReason::Invalidated);
        marks.note(hash, MissReason::Expired);
        QCOMPARE(marks.reasonOf(hash), MissReason::Expired);
        QCOMPARE(marks.reasonOf(sameSet), MissReason::Invalidated);
        marks.forget(hash);
        QCOMPARE(marks.reasonOf(hash), MissReason::Cold);
        QCOMPARE(marks.reasonOf(sameSet), MissReason::Invalidated);
    }

    void sightingsTellWhyACopyIsGone()
    {
        Sightings sightings;
        const SteadyTime now = ManualClock().now();
        QCOMPARE(sightings.reasonOf("stock:A", now), MissReason::Cold);
        sightings.seen("stock:A", now + 10s);
        sightings.seen("stock:B", now + 10s);
        sightings.seen("search:C", now + 10s);
        QCOMPARE(sightings.reasonOf("stock:A", now + 9s), MissReason::Evicted);
        QCOMPARE(sightings.reasonOf("stock:A", now + 11s), MissReason::Expired);
        sightings.invalidated(Selector::keys({keyOf("stock:A")}));
        QCOMPARE(sightings.reasonOf("stock:A", now + 11s), MissReason::Invalidated);
        QCOMPARE(sightings.reasonOf("stock:B", now), MissReason::Evicted);
        sightings.invalidated(Selector::type("stock"));
        QCOMPARE(sightings.reasonOf("stock:B", now), MissReason::Invalidated);
        QCOMPARE(sightings.reasonOf("stock:NEW", now), MissReason::Cold);
        QCOMPARE(sightings.reasonOf("search:C", now), MissReason::Evicted);
        sightings.seen("stock:B", now + 10s);
        QCOMPARE(sightings.reasonOf("stock:B", now), MissReason::Evicted);
    }

    void firstLookupIsColdEverywhere()
    {
        ReasonRig rig;
        const Lookup lookup = rig.get("stock:AAPL");
        for (const Stage stage : {Stage::L1, Stage::L2, Stage::L3}) {
            QCOMPARE(reasonAt(lookup, stage), MissReason::Cold);
            QCOMPARE(missed(rig, stage, MissReason::Cold), 1u);
        }
        QVERIFY(!reasonAt(rig.get("stock:AAPL"), Stage::L1));
        QCOMPARE(rig.metrics->totals().types.at(0).missReasons[0][std::size_t(MissReason::Cold)], 1u);
    }

    void expiredIsToldWithAndWithoutAStaleCopy()
    {
        ReasonRig rig;
        rig.get("stock:AAPL");
        const auto policy = rig.policies->policyFor("stock");
        rig.clock.advance(policy->ttl * 2);
        const Lookup stale = rig.get("stock:AAPL");
        QCOMPARE(stale.steps[0].outcome, Outcome::Stale);
        QCOMPARE(reasonAt(stale, Stage::L1), MissReason::Expired);
        QCOMPARE(reasonAt(stale, Stage::L2), MissReason::Expired);
        rig.clock.advance(policy->ttl * 2 + policy->staleFor);
        rig.l1->purgeExpired(1000);
        const Lookup gone = rig.get("stock:AAPL");
        for (const Stage stage : {Stage::L1, Stage::L2, Stage::L3}) {
            QCOMPARE(gone.steps[std::size_t(stage)].outcome, Outcome::Miss);
            QCOMPARE(reasonAt(gone, stage), MissReason::Expired);
        }
    }

    void evictedIsToldInL1()
    {
        ReasonRig rig;
        MemoryTierOptions options;
        options.maxEntries = 1;
        MemoryTier small(options, rig.clock);
        for (const char *key : {"stock:AAPL", "stock:MSFT"})
            small.put(writesOf({rig.get(key).entry}), [](const Status &) {});
        std::map<MissReason, int> reasons;
        for (const char *key : {"stock:AAPL", "stock:MSFT"})
            ++reasons[small.missReason(keyOf(key), nullptr)];
        QCOMPARE(reasons, (std::map<MissReason, int>{{MissReason::Cold, 1}, {MissReason::Evicted, 1}}));
    }

    void invalidatedIsToldByKeyByTypeAndByExpiry_data()
    {
        QTest::addColumn<bool>("byType");
        QTest::addColumn<bool>("expire");
        QTest::newRow("key") << false << false;
        QTest::newRow("type") << true << false;
        QTest::newRow("key, kept stale") << false << true;
        QTest::newRow("type, kept stale") << true << true;
    }
    void invalidatedIsToldByKeyByTypeAndByExpiry()
    {
        QFETCH(const bool, byType);
        QFETCH(const bool, expire);
        ReasonRig rig;
        rig.get("stock:AAPL");
        Invalidation what = invalidationOf("stock:AAPL");
        if (byType)
            what.which = Selector::type("stock");
        what.expire = expire;
        rig.invalidate(what);
        const Lookup lookup = rig.get("stock:AAPL");
        for (const Stage stage : {Stage::L1, Stage::L2, Stage::L3}) {
            QCOMPARE(lookup.steps[std::size_t(stage)].outcome, expire ? Outcome::Stale : Outcome::Miss);
            QCOMPARE(reasonAt(lookup, stage), MissReason::Invalidated);
        }
        QCOMPARE(reasonAt(rig.get("stock:NEW"), Stage::L1), MissReason::Cold);
        // It came back since, so it only expired.
        rig.clock.advance(rig.policies->policyFor("stock")->ttl * 2);
        QCOMPARE(reasonAt(rig.get("stock:AAPL"), Stage::L1), MissReason::Expired);
    }

    void invalidationElsewhereIsTold()
    {
        ReasonRig rig;
        rig.get("stock:AAPL");
        rig.l2->remove(Selector::type("stock"), [](const auto &) {});
        rig.cache.heard(Selector::type("stock"), std::nullopt);
        const Lookup lookup = rig.get("stock:AAPL");
        QCOMPARE(reasonAt(lookup, Stage::L1), MissReason::Invalidated);
        QCOMPARE(reasonAt(lookup, Stage::L2), MissReason::Invalidated);
    }

    void goneBeforeItsTimeIsEvicted()
    {
        ReasonRig rig;
        rig.get("stock:AAPL");
        rig.l1->remove(Selector::all(), [](const auto &) {});
        rig.l2->remove(Selector::all(), [](const auto &) {});
        QCOMPARE(reasonAt(rig.get("stock:AAPL"), Stage::L2), MissReason::Evicted);
    }

    void negativeAndDownAreReasons()
    {
        ReasonRig rig;
        rig.get("stock:NONE");
        QCOMPARE(reasonAt(rig.get("stock:NONE"), Stage::L1), MissReason::Negative);
        rig.l2->failure = outage();
        const Lookup lookup = rig.get("stock:AAPL");
        QCOMPARE(reasonAt(lookup, Stage::L2), MissReason::Down);
        QCOMPARE(missed(rig, Stage::L2, MissReason::Down), 1u);
    }

    // The reasons of a tier are its lookups that gave no fresh value, and the negative ones.
    void reasonsAddUp()
    {
        ReasonRig rig;
        const auto random = Random::seeded(9);
        for (int step = 0; step < 3000; ++step) {
            const std::string key = "stock:" + std::to_string(random->bits() % 40);
            rig.source->answers.emplace(key, "\x01");
            const double what = random->unit();
            if (what < 0.1)
                rig.invalidate(invalidationOf(key.c_str()));
            else if (what < 0.11)
                rig.clock.advance(rig.policies->policyFor("stock")->ttl);
            else
                rig.get(key.c_str());
        }
        for (const TierTotals &tier : rig.metrics->totals().tiers) {
            const std::uint64_t reasons
                = std::accumulate(tier.missReasons.begin(), tier.missReasons.end(), std::uint64_t(0));
            QCOMPARE(reasons, tier.lookups - tier.hits + tier.negative);
            QVERIFY(reasons > 100);
        }
    }
};

QTEST_GUILESS_MAIN(TestMissReasons)
#include "tst_missreasons.moc"
