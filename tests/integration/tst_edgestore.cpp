// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include <set>

#include <insitecache/base/random.h>

#include "coherence/dependencygraph.h"
#include "sql/databasetier.h"
#include "support/manualclock.h"
#include "support/tiercalls.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

CacheKey node(int n)
{
    return CacheKey::make("stock", "N" + std::to_string(n)).value();
}

std::set<std::string> texts(const Closure &closure)
{
    std::set<std::string> out;
    for (const Dependent &dependent : closure.dependents)
        out.insert(dependent.key.text());
    return out;
}

} // namespace

/// Edges as L3 keeps them: written with a fill, shared by processes, gone with the entry.
class TestEdgeStore : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    ManualClock m_clock;
    int m_files = 0;

    std::shared_ptr<DatabaseTier> open(int file, const std::string &space = {})
    {
        DatabaseTierOptions options;
        options.url = "sqlite:" + m_dir.filePath(QStringLiteral("edges%1.db").arg(file)).toStdString();
        options.space = space;
        return DatabaseTier::open(options, m_clock).value();
    }
    FillOutcome fill(DatabaseTier &tier, const CacheKey &key, const std::vector<CacheKey> &parents)
    {
        const FillTicket ticket = TierCalls{tier}.claim(key.text());
        const Fill one{share(entryOf(key.text(), "v", m_clock)), ticket, parents};
        return await<std::vector<FillOutcome>>([&](auto done) { tier.fill({one}, done); }).at(0);
    }
    static std::set<std::string> closureOf(DatabaseTier &tier, const Selector &roots)
    {
        return texts(await<Result<Closure>>([&](auto done) { tier.closure(roots, done); }).value());
    }

private Q_SLOTS:
    void closureIsThatOfTheGraph()
    {
        const auto random = Random::seeded(7);
        for (int round = 0; round < 40; ++round) {
            const auto tier = open(++m_files);
            DependencyGraph graph;
            const int nodes = 3 + static_cast<int>(random->unit() * 12);
            for (int child = 0; child < nodes; ++child) {
                std::vector<CacheKey> parents;
                for (int i = 0; i < 2; ++i) {
                    parents.push_back(node(static_cast<int>(random->unit() * nodes)));
                    graph.add({parents.back(), node(child)});
                }
                QCOMPARE(fill(*tier, node(child), parents), FillOutcome::Stored);
            }
            for (int root = 0; root < nodes; ++root)
                QCOMPARE(closureOf(*tier, Selector::keys({node(root)})), texts(graph.closure({node(root)})));
        }
    }

    void cyclesAndSelfEdgesEnd()
    {
        const auto tier = open(++m_files);
        fill(*tier, node(2), {node(1)});
        fill(*tier, node(3), {node(2), node(3)});
        fill(*tier, node(1), {node(3)});
        QCOMPARE(closureOf(*tier, Selector::keys({node(1)})), (std::set<std::string>{"stock:N2", "stock:N3"}));
        QCOMPARE(closureOf(*tier, Selector::keys({node(3)})), (std::set<std::string>{"stock:N1", "stock:N2"}));
        QVERIFY(closureOf(*tier, Selector::type("stock")).empty()); // all are roots
    }

    void aStarOfStarsIsFollowedToItsTips()
    {
        const auto tier = open(++m_files);
        constexpr int points = 40;
        std::vector<Fill> fills;
        const FillTicket ticket = TierCalls{*tier}.claim("stock:N0");
        for (int i = 1; i <= points * (points + 1); ++i)
            fills.push_back({share(entryOf(node(i).text(), "v", m_clock)), ticket,
                {i <= points ? node(0) : node((i - 1) / points)}});
        await<std::vector<FillOutcome>>([&](auto done) { tier->fill(fills, done); });
        QCOMPARE(closureOf(*tier, Selector::keys({node(0)})).size(), std::size_t(points * (points + 1)));
        QCOMPARE(closureOf(*tier, Selector::keys({node(1)})).size(), std::size_t(points));
    }

    // More children than are read at once, of one parent and of several.
    void manyChildrenAreReadInPages()
    {
        const auto tier = open(++m_files);
        constexpr int children = 2500;
        std::vector<Fill> fills;
        const FillTicket ticket = TierCalls{*tier}.claim("stock:N0");
        for (int i = 1; i <= children; ++i)
            fills.push_back({share(entryOf(node(i).text(), "v", m_clock)), ticket, {node(0), node(children + i % 3)}});
        await<std::vector<FillOutcome>>([&](auto done) { tier->fill(fills, done); });
        QCOMPARE(closureOf(*tier, Selector::keys({node(0)})).size(), std::size_t(children));
        QCOMPARE(closureOf(*tier, Selector::keys({node(children), node(children + 1), node(children + 2)})).size(),
            std::size_t(children - 1)); // one of the three is a child of another
    }

    void anotherProcessFollowsTheEdgesToo()
    {
        const auto one = open(++m_files);
        const auto two = open(m_files);
        QCOMPARE(fill(*one, keyOf("search:a"), {keyOf("stock:A")}), FillOutcome::Stored);
        QCOMPARE(closureOf(*two, Selector::keys({keyOf("stock:A")})), (std::set<std::string>{"search:a"}));
        QCOMPARE(closureOf(*two, Selector::pattern(Glob::compile("st*:[A-Z]").value())),
            (std::set<std::string>{"search:a"}));
        QVERIFY(closureOf(*two, Selector::type("trending")).empty());
    }

    void loadedEdgesDieWithTheEntryDeclaredOnesStay()
    {
        const auto tier = open(++m_files);
        fill(*tier, keyOf("search:a"), {keyOf("stock:A")});
        QVERIFY(await<Status>([&](auto done) { tier->declare({keyOf("stock:B"), keyOf("search:a")}, done); }));
        QVERIFY(TierCalls{*tier}.remove(Selector::keys({keyOf("search:a")})));
        QVERIFY(closureOf(*tier, Selector::keys({keyOf("stock:A")})).empty());
        QCOMPARE(closureOf(*tier, Selector::keys({keyOf("stock:B")})), (std::set<std::string>{"search:a"}));
        QVERIFY(await<Result<bool>>([&](auto done) {
            tier->undeclare({keyOf("stock:B"), keyOf("search:a")}, done);
        }).value());
        QVERIFY(closureOf(*tier, Selector::keys({keyOf("stock:B")})).empty());
    }

    void anInvalidatedParentVoidsTheFillInAnotherProcess()
    {
        const auto one = open(++m_files);
        const auto two = open(m_files);
        const FillTicket ticket = TierCalls{*one}.get("search:a").ticket;
        QVERIFY(TierCalls{*two}.remove(Selector::keys({keyOf("stock:A")})));
        const Fill late{share(entryOf("search:a", "old", m_clock)), ticket, {keyOf("stock:A")}};
        QCOMPARE(
            await<std::vector<FillOutcome>>([&](auto done) { one->fill({late}, done); }).at(0), FillOutcome::Refused);
    }

    void whatAnotherProcessInvalidatesIsHeardOnce()
    {
        const auto one = open(++m_files);
        const auto two = open(m_files);
        const auto listen = [&](DatabaseTier &tier) {
            return await<Result<DatabaseTier::Heard>>([&](auto done) { tier.listen(done); }).value();
        };
        QVERIFY(listen(*one).rows->empty());
        QVERIFY(TierCalls{*two}.remove(Selector::pattern(Glob::compile("stock:*").value())));
        QVERIFY(TierCalls{*one}.remove(Selector::type("search")));
        const auto heard = listen(*one).rows;
        QCOMPARE(heard->size(), 1u);
        QCOMPARE(heard->front().which.describe(), std::string("stock:*"));
        QVERIFY(listen(*one).rows->empty());
        QCOMPARE(listen(*two).rows->size(), 1u);
    }

    // More than are read at once, and what lies in another space is not ours.
    void allEdgesAreListedInPages()
    {
        const auto tier = open(++m_files, "demo");
        const auto other = open(m_files, "live");
        fill(*other, keyOf("search:a"), {keyOf("stock:A")});
        std::set<std::pair<std::string, std::string>> wanted;
        std::vector<Fill> fills;
        const FillTicket ticket = TierCalls{*tier}.claim("stock:N0");
        for (int child = 1; child <= 1100; ++child) {
            fills.push_back({share(entryOf(node(child).text(), "v", m_clock)), ticket, {node(0), node(child / 2)}});
            for (const CacheKey &parent : fills.back().parents)
                wanted.emplace(parent.text(), node(child).text());
        }
        await<std::vector<FillOutcome>>([&](auto done) { tier->fill(fills, done); });
        const auto listed = [&](std::size_t limit) {
            return await<Result<EdgeList>>([&](auto done) { tier->edges(limit, done); }).value();
        };
        const EdgeList all = listed(10'000);
        QVERIFY(all.complete);
        std::set<std::pair<std::string, std::string>> found;
        for (const Edge &edge : all.edges)
            found.emplace(edge.parent.text(), edge.child.text());
        QVERIFY(found == wanted);
        QCOMPARE(all.edges.size(), wanted.size());
        QVERIFY(listed(wanted.size()).complete);
        QVERIFY(!listed(wanted.size() - 1).complete);
        QCOMPARE(listed(1500).edges.size(), 1500u);
    }

    void theNeighbourhoodTellsParentsChildrenAndCycles()
    {
        const auto tier = open(++m_files);
        fill(*tier, node(2), {node(1)});
        fill(*tier, node(3), {node(2)});
        fill(*tier, node(1), {node(3)});
        const auto around
            = await<Result<Neighbourhood>>([&](auto done) { tier->neighbourhood(node(1), 9, done); }).value();
        QCOMPARE(around.parents, std::vector<CacheKey>{node(3)});
        QCOMPARE(around.children.size(), 2u);
        QCOMPARE(around.cycles.size(), 1u);
    }
};

QTEST_GUILESS_MAIN(TestEdgeStore)
#include "tst_edgestore.moc"
