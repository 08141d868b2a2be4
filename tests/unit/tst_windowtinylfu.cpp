// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <deque>

#include <insitecache/base/random.h>

#include "eviction/ghostlist.h"
#include "eviction/ghostset.h"
#include "eviction/windowtinylfu.h"
#include "eviction/windowtournament.h"
#include "support/policycache.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

/// WindowTinyLfu as a policy of its own, its window following a tournament when there is one.
template <class Nodes>
class WindowPolicy final : public EvictionPolicy {
public:
    explicit WindowPolicy(Nodes &nodes) : m_lists(nodes, m_sketch, SketchUse::Counts) {}

    void insert(NodeId entry) override { m_lists.insert(entry); }
    void settle() override { m_lists.settle(); }
    NodeId evict() override { return m_lists.evict(); }
    void remove(NodeId entry) override { m_lists.remove(entry); }
    std::size_t overheadBytes() const override { return m_sketch.bytes() + m_lists.ghostBytes(); }
    WindowTinyLfu<Nodes> &lists() { return m_lists; }

private:
    FrequencySketch m_sketch;
    WindowTinyLfu<Nodes> m_lists;
};

using WindowCache = PolicyCache<WindowPolicy>;

double hitRatio(WindowCache &cache, const std::vector<std::uint32_t> &requests)
{
    std::size_t hits = 0;
    for (const std::uint32_t number : requests)
        hits += cache.request(number) ? 1 : 0;
    return double(hits) / double(requests.size());
}

std::vector<std::uint32_t> repeated(std::uint32_t numbers, int rounds)
{
    std::vector<std::uint32_t> requests;
    for (int round = 0; round < rounds; ++round) {
        for (std::uint32_t number = 0; number < numbers; ++number)
            requests.push_back(number);
    }
    return requests;
}

} // namespace

class TestWindowTinyLfu : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sketchNeverUnderestimatesAndForgets()
    {
        FrequencySketch sketch;
        sketch.reserve(1000);
        for (std::uint64_t key = 0; key < 100; ++key)
            sketch.add(ArrayNodes::hashOf(NodeId(key)), unsigned(key % 16));
        for (std::uint64_t key = 0; key < 100; ++key)
            QVERIFY(sketch.estimate(ArrayNodes::hashOf(NodeId(key))) >= key % 16);
        for (std::uint64_t key = 1000; key < 40'000; ++key)
            sketch.add(ArrayNodes::hashOf(NodeId(key)));
        QVERIFY(sketch.estimate(ArrayNodes::hashOf(15)) < 15);
    }

    void sketchKeepsItsEstimatesWhenItGrows()
    {
        FrequencySketch sketch;
        sketch.reserve(100);
        for (NodeId key = 0; key < 500; ++key)
            sketch.add(ArrayNodes::hashOf(key), 1 + key % 5);
        std::vector<unsigned> before;
        for (NodeId key = 0; key < 500; ++key)
            before.push_back(sketch.estimate(ArrayNodes::hashOf(key)));
        sketch.reserve(5000);
        for (NodeId key = 0; key < 500; ++key)
            QCOMPARE(sketch.estimate(ArrayNodes::hashOf(key)), before[key]);
    }

    void ghostsAreTheLastThatLeft()
    {
        GhostList ghosts;
        ghosts.resize(100);
        for (NodeId key = 0; key < 1000; ++key)
            ghosts.put(ArrayNodes::hashOf(key));
        ghosts.resize(60);
        for (NodeId key = 0; key < 1000; ++key)
            QCOMPARE(ghosts.take(ArrayNodes::hashOf(key)), key >= 940);
        QVERIFY(!ghosts.take(ArrayNodes::hashOf(999)));
    }

    // Taking leaves gaps in the ring and moves the table about: nobody is lost by it before its time.
    void ghostsSurviveTheTakingOfOthers()
    {
        constexpr std::size_t limit = 64;
        GhostList ghosts;
        ghosts.resize(limit);
        std::deque<NodeId> model; // the puts in order; 0 where it was taken
        const auto random = Random::seeded(3);
        for (NodeId key = 1; key < 50'000; ++key) {
            ghosts.put(ArrayNodes::hashOf(key));
            model.push_back(key);
            if (model.size() > limit)
                model.pop_front();
            NodeId &one = model[random->bits() % model.size()];
            if (random->unit() < 0.3) {
                QCOMPARE(ghosts.take(ArrayNodes::hashOf(one)), one != 0);
                one = 0;
            }
        }
    }

    void ghostSetHoldsNearlyTheLastThatLeft()
    {
        constexpr NodeId limit = 3000;
        constexpr NodeId last = 50'000;
        GhostSet ghosts;
        ghosts.reserve(limit);
        for (NodeId key = 0; key < last; ++key)
            ghosts.put(ArrayNodes::hashOf(key));
        const auto found = [&ghosts](NodeId from, NodeId to) {
            double count = 0;
            for (NodeId key = from; key < to; ++key)
                count += ghosts.take(ArrayNodes::hashOf(key));
            return count / (to - from);
        };
        QVERIFY(found(last - limit / 2, last) > 0.95);
        QVERIFY(found(last - limit / 2, last) < 0.01); // taken is gone
        QVERIFY(found(0, last - limit * 2) < 0.01);
        QVERIFY(ghosts.bytes() <= std::size_t(limit) * 2 + 2 * 64 + limit / 15);
    }

    void ghostSetKeepsWhatItHoldsWhenItGrows()
    {
        GhostSet ghosts;
        ghosts.reserve(1000);
        for (NodeId key = 0; key < 500; ++key)
            ghosts.put(ArrayNodes::hashOf(key));
        ghosts.reserve(2000);
        double kept = 0;
        for (NodeId key = 0; key < 500; ++key)
            kept += ghosts.take(ArrayNodes::hashOf(key));
        QVERIFY(kept > 0.97 * 500);
    }

    // Twice as many keys in a circle as fit: least-recently-used never hits.
    void aLoopDoesNotEmptyIt()
    {
        WindowCache cache(500, 1000);
        QVERIFY(hitRatio(cache, repeated(1000, 40)) > 0.35);
    }

    void aScanDoesNotPushOutWhatIsUsed()
    {
        WindowCache cache(100, 100'000);
        for (int round = 0; round < 20; ++round)
            hitRatio(cache, repeated(80, 1));
        for (std::uint32_t number = 1000; number < 50'000; ++number)
            cache.request(number);
        std::size_t kept = 0;
        for (std::uint32_t number = 0; number < 80; ++number)
            kept += cache.has(number) ? 1 : 0;
        QVERIFY2(kept > 60, qPrintable(QString::number(kept)));
    }

    // It must have been used oftener than all that it would push out together.
    void aLargeEntryMustEarnItsRoom()
    {
        WindowCache cache(1000, 10'000);
        for (int round = 0; round < 10; ++round)
            hitRatio(cache, repeated(900, 1));
        for (std::uint32_t number = 5000; number < 5100; ++number)
            cache.request(number, 300);
        std::size_t kept = 0;
        for (std::uint32_t number = 0; number < 900; ++number)
            kept += cache.has(number) ? 1 : 0;
        QVERIFY2(kept > 500, qPrintable(QString::number(kept)));
    }

    void anySequenceStaysWithinItsWeight()
    {
        WindowCache cache(2000, 500);
        const auto random = Random::seeded(8);
        for (int step = 0; step < 100'000; ++step) {
            const auto number = std::uint32_t(random->unit() * random->unit() * 500);
            if (random->unit() < 0.1)
                cache.remove(number);
            else
                cache.request(number, 1 + random->bits() % 60);
            if (random->unit() < 0.01)
                cache.policy().lists().setWindowShare(random->unit());
            QVERIFY(cache.weight() <= 2000);
        }
        std::size_t present = 0;
        for (const bool there : cache.present())
            present += there ? 1 : 0;
        QCOMPARE(cache.policy().lists().count(), present);
        while (cache.policy().evict() != 0)
            --present;
        QCOMPARE(present, 0u);
    }

    void whatIsRememberedShrinksWithTheCache()
    {
        WindowCache cache(10'000, 20'000);
        for (std::uint32_t number = 0; number < 11'000; ++number)
            cache.request(number);
        const std::size_t full = cache.policy().overheadBytes();
        QVERIFY(full > 80'000);
        for (int i = 0; i < 9500; ++i)
            cache.policy().evict();
        QVERIFY2(
            cache.policy().overheadBytes() < full / 3, qPrintable(QString::number(cache.policy().overheadBytes())));
    }

    // Keys that come twice and never again reward recency; a loop rewards a small window.
    void theTournamentFollowsTheRequests()
    {
        WindowTournament tournament(500);
        const auto ask = [&](std::uint32_t number) {
            const std::uint64_t hash = ArrayNodes::hashOf(number);
            if (tournament.isSampled(hash))
                tournament.use(hash, 500, true);
        };
        for (std::uint32_t number = 0; number < 60'000; ++number) {
            ask(number);
            if (number >= 300)
                ask(number - 300);
        }
        QVERIFY2(tournament.share() > 0.4, qPrintable(QString::number(tournament.share())));
        for (const std::uint32_t number : repeated(1000, 100))
            ask(number);
        QVERIFY2(tournament.share() < 0.1, qPrintable(QString::number(tournament.share())));
    }
};

QTEST_APPLESS_MAIN(TestWindowTinyLfu)
#include "tst_windowtinylfu.moc"
