// labels: tsan
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <map>
#include <set>

#include <insitecache/base/random.h>

#include "coherence/dependencygraph.h"

using namespace insitecache;

namespace {

CacheKey node(std::size_t n)
{
    return CacheKey::make("stock", "N" + std::to_string(n)).value();
}

using Relation = std::set<std::pair<std::size_t, std::size_t>>;

/// The slow way: grow the set until nothing is added any more.
std::set<std::string> bruteForceClosure(const Relation &edges, std::size_t root)
{
    std::set<std::size_t> reached{root};
    std::set<std::string> dependents;
    for (bool grew = true; grew;) {
        grew = false;
        for (const auto &[parent, child] : edges) {
            if (reached.contains(parent) && reached.insert(child).second) {
                dependents.insert(node(child).text());
                grew = true;
            }
        }
    }
    return dependents;
}

std::set<std::string> texts(const Closure &closure)
{
    std::set<std::string> out;
    for (const Dependent &dependent : closure.dependents)
        out.insert(dependent.key.text());
    return out;
}

std::size_t below(Random &random, std::size_t limit)
{
    return static_cast<std::size_t>(random.unit() * static_cast<double>(limit));
}

/// Every fifth graph may have edges back, so cycles; the others only forward.
Relation randomEdges(Random &random, std::size_t nodes, bool cyclic)
{
    Relation edges;
    for (std::size_t i = below(random, 2 * nodes + 1); i > 0; --i) {
        const std::size_t a = below(random, nodes);
        const std::size_t b = below(random, nodes);
        if (cyclic)
            edges.insert({a, b});
        else if (a != b)
            edges.insert({std::min(a, b), std::max(a, b)});
    }
    return edges;
}

} // namespace

class TestDependencyGraph : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void race25_closureEqualsBruteForceOnRandomGraphs()
    {
        const auto random = Random::seeded(2026);
        for (int round = 0; round < 10'000; ++round) {
            const std::size_t nodes = 1 + below(*random, round % 100 == 0 ? 200 : 14);
            Relation edges = randomEdges(*random, nodes, round % 5 == 0);
            DependencyGraph graph;
            for (const auto &[parent, child] : edges)
                graph.add({node(parent), node(child)});
            // Some edges go again, so that numbers are used twice.
            for (auto it = edges.begin(); it != edges.end();) {
                const bool gone = random->unit() < 0.2;
                if (gone)
                    QVERIFY(graph.remove({node(it->first), node(it->second)}));
                it = gone ? edges.erase(it) : std::next(it);
            }
            QCOMPARE(graph.edgeCount(), edges.size());
            const std::size_t root = below(*random, nodes);
            const Closure closure = graph.closure({node(root)});
            QCOMPARE(texts(closure), bruteForceClosure(edges, root));
            QCOMPARE(texts(closure).size(), closure.dependents.size());
        }
    }

    void aCycleIsReportedWhenItIsClosed()
    {
        DependencyGraph graph;
        QCOMPARE(graph.add({node(1), node(2)}), DependencyGraph::Added::New);
        QCOMPARE(graph.add({node(2), node(3)}), DependencyGraph::Added::New);
        QCOMPARE(graph.add({node(3), node(1)}), DependencyGraph::Added::NewClosesCycle);
        QCOMPARE(graph.add({node(3), node(1)}), DependencyGraph::Added::Known);
        QCOMPARE(graph.add({node(4), node(4)}), DependencyGraph::Added::NewClosesCycle);
        QCOMPARE(texts(graph.closure({node(1)})), (std::set<std::string>{"stock:N2", "stock:N3"}));
        QCOMPARE(
            graph.neighbourhood(node(2), 9).cycles, (std::vector<std::vector<CacheKey>>{{node(2), node(3), node(1)}}));
        QCOMPARE(graph.neighbourhood(node(4), 9).cycles, (std::vector<std::vector<CacheKey>>{{node(4)}}));
        QVERIFY(graph.neighbourhood(node(9), 9).cycles.empty());
    }

    void depthIsTheShortestWay()
    {
        DependencyGraph graph;
        graph.add({node(1), node(2)});
        graph.add({node(2), node(3)});
        graph.add({node(1), node(3)});
        graph.add({node(3), node(4)});
        std::map<std::string, int> depths;
        for (const Dependent &dependent : graph.closure({node(1)}).dependents)
            depths[dependent.key.text()] = dependent.depth;
        QCOMPARE(depths, (std::map<std::string, int>{{"stock:N2", 1}, {"stock:N3", 1}, {"stock:N4", 2}}));
        QCOMPARE(graph.neighbourhood(node(1), 1).children.size(), 2u);
    }

    void aHundredThousandDependentsComeAndGo()
    {
        DependencyGraph graph;
        std::vector<CacheKey> children;
        for (std::size_t i = 1; i <= 100'000; ++i) {
            children.push_back(node(i));
            graph.add({node(0), children.back()});
        }
        QCOMPARE(graph.closure({node(0)}).dependents.size(), 100'000u);
        QVERIFY(graph.closure({node(0)}).complete);
        QVERIFY(!graph.closure({node(0)}, 99'999).complete);
        QCOMPARE(graph.dropEdgesOf(children), 100'000u);
        QCOMPARE(graph.keyCount(), 0u);
        QCOMPARE(graph.edgeCount(), 0u);
    }

    void aChainOfAnyLengthIsWalked()
    {
        DependencyGraph graph;
        for (std::size_t i = 0; i < 50'000; ++i)
            graph.add({node(i), node(i + 1)});
        QCOMPARE(graph.closure({node(0)}).dependents.back().depth, 50'000);
    }

    void allEdgesAreListedUpToALimit()
    {
        DependencyGraph graph;
        QVERIFY(graph.edges(0).complete);
        const std::vector<Edge> all{{node(1), node(2)}, {node(1), node(3)}, {node(3), node(3)}};
        for (const Edge &edge : all)
            graph.add(edge);
        const EdgeList list = graph.edges(3);
        QVERIFY(list.complete);
        QVERIFY(std::is_permutation(list.edges.begin(), list.edges.end(), all.begin(), all.end()));
        QCOMPARE(graph.edges(2).edges.size(), 2u);
        QVERIFY(!graph.edges(2).complete);
    }

    void edgesDieWithTheChildNotWithTheParent()
    {
        DependencyGraph graph;
        graph.add({node(1), node(2)});
        graph.add({node(2), node(3)});
        QCOMPARE(graph.dropEdgesOf({node(2)}), 1u);
        QCOMPARE(texts(graph.closure({node(2)})), (std::set<std::string>{"stock:N3"}));
        QVERIFY(texts(graph.closure({node(1)})).empty());
        QCOMPARE(graph.keyCount(), 2u);
    }
};

QTEST_GUILESS_MAIN(TestDependencyGraph)
#include "tst_dependencygraph.moc"
