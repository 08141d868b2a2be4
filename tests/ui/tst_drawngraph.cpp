// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "models/drawngraph.h"
#include "support/keygraphs.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

KeyEdges manySearches(int count)
{
    KeyEdges edges;
    for (int i = 0; i < count; ++i) {
        const std::string number = std::to_string(i);
        edges.emplace_back("stock:S" + std::to_string(i % 97), "search:" + std::string(1, char('a' + i % 26)) + number);
    }
    return edges;
}

/// Every key of the scope stands somewhere, once.
int members(const DrawnGraph &drawn)
{
    std::set<int> all;
    int count = 0;
    for (const DrawnNode &node : drawn.nodes) {
        all.insert(node.members.begin(), node.members.end());
        count += int(node.members.size());
    }
    return int(all.size()) == count ? count : -1;
}

const DrawnNode *groupOf(const DrawnGraph &drawn, const QString &prefix)
{
    for (const DrawnNode &node : drawn.nodes) {
        if (node.isGroup() && node.prefix == prefix && !node.isRest)
            return &node;
    }
    return nullptr;
}

CacheKey key(const char *text)
{
    return CacheKey::parse(text).value();
}

} // namespace

class tst_DrawnGraph : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSmallGraphIsDrawnWhole()
    {
        const auto graph = keyGraph({{"stock:A", "search:a"}, {"stock:A", "stock:A"}, {"search:a", "user:1"}});
        const DrawnGraph drawn(*graph, {});
        QCOMPARE(drawn.nodes.size(), 3u);
        QCOMPARE(drawn.groups, 0);
        QCOMPARE(drawn.edges.size(), 3u);
        QVERIFY(drawn.indexOf(QStringLiteral("user:1")) >= 0);
        QCOMPARE(drawn.indexOf(QStringLiteral("user:2")), -1);
    }

    void aLargeOneIsGroupedAndStaysBounded_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {151, 2'000, 40'000})
            QTest::addRow("%d edges", count) << count;
    }

    void aLargeOneIsGroupedAndStaysBounded()
    {
        QFETCH(int, count);
        const auto graph = keyGraph(manySearches(count));
        GraphScope scope;
        for (int step = 0; step < 40; ++step) {
            const DrawnGraph drawn(*graph, scope);
            QVERIFY(int(drawn.nodes.size()) <= DrawnGraph::mostNodes);
            QCOMPARE(members(drawn), graph->count());
            const auto group = std::find_if(drawn.nodes.begin(), drawn.nodes.end(),
                [&](const DrawnNode &node) { return node.isGroup() && !scope.expanded.contains(node.id); });
            if (group == drawn.nodes.end())
                return;
            scope.expanded.insert(group->id);
        }
    }

    void groupsExpandByWhatTheirKeysBeginWith()
    {
        const auto graph = keyGraph(manySearches(2'000));
        const DrawnGraph closed(*graph, {});
        const DrawnNode *searches = groupOf(closed, QStringLiteral("search:"));
        QVERIFY(searches && searches->members.size() > 1'900u);
        GraphScope scope;
        scope.expanded.insert(searches->id);
        const DrawnGraph open(*graph, scope);
        QVERIFY(!groupOf(open, QStringLiteral("search:")));
        const DrawnNode *letter = groupOf(open, QStringLiteral("search:a"));
        QVERIFY(letter);
        QVERIFY(letter->members.size() > 60u && letter->members.size() < 80u);
        scope.expanded.insert(letter->id);
        const DrawnGraph opener(*graph, scope);
        QVERIFY(!groupOf(opener, QStringLiteral("search:a")));
        QVERIFY(opener.nodes.size() > open.nodes.size());
    }

    void focusDrawsWhatIsNear()
    {
        KeyEdges edges = manySearches(2'000);
        edges.emplace_back("search:a0", "user:7");
        edges.emplace_back("user:7", "user:8");
        const auto graph = keyGraph(edges);
        GraphScope scope;
        scope.focus = key("search:a0");
        scope.hops = 1;
        const DrawnGraph near(*graph, scope);
        QCOMPARE(near.nodes.size(), 3u); // its quote, itself, user:7
        scope.hops = 2;
        QCOMPARE(DrawnGraph(*graph, scope).nodes.size(), 4u);
        scope.focus = key("search:not-there");
        QVERIFY(DrawnGraph(*graph, scope).nodes.size() > 4u);
    }

    void whatIsPinnedStandsForItself()
    {
        const auto graph = keyGraph(manySearches(2'000));
        const CacheKey pinned = key("search:z1975");
        QCOMPARE(DrawnGraph(*graph, {}).indexOf(QStringLiteral("search:z1975")), -1);
        GraphScope scope;
        scope.pinned = pinned;
        const DrawnGraph drawn(*graph, scope);
        QVERIFY(drawn.indexOf(QStringLiteral("search:z1975")) >= 0);
        QCOMPARE(drawn.indexOfKey(graph->numberOf(pinned)), drawn.indexOf(QStringLiteral("search:z1975")));
    }

    void edgesOfGroupsAreDrawnOnce()
    {
        const auto graph = keyGraph(manySearches(2'000));
        const DrawnGraph drawn(*graph, {});
        std::set<std::pair<int, int>> ends;
        for (const DrawnEdge &edge : drawn.edges) {
            QVERIFY(ends.emplace(edge.from, edge.to).second);
            QVERIFY(edge.from != edge.to);
        }
    }

    void tenThousandTypesAreBoundedToo()
    {
        KeyEdges edges;
        for (int i = 0; i < 10'000; ++i)
            edges.emplace_back("stock:A", std::string(1, char('a' + i % 26)) + std::to_string(i) + ":x");
        const auto graph = keyGraph(edges);
        const DrawnGraph drawn(*graph, {});
        QVERIFY(drawn.nodes.size() < 40u);
        QCOMPARE(members(drawn), graph->count());
    }

    void hangulAndPairsOfUnitsAreNotCutApart()
    {
        KeyEdges edges;
        for (int i = 0; i < 400; ++i)
            edges.emplace_back("stock:A", (i % 2 ? "search:😀" : "search:삼") + std::to_string(i));
        const auto graph = keyGraph(edges);
        GraphScope scope;
        scope.expanded.insert(groupOf(DrawnGraph(*graph, {}), QStringLiteral("search:"))->id);
        const DrawnGraph drawn(*graph, scope);
        QVERIFY(groupOf(drawn, QStringLiteral("search:😀")));
        QVERIFY(groupOf(drawn, QStringLiteral("search:삼")));
    }
};

QTEST_MAIN(tst_DrawnGraph)
#include "tst_drawngraph.moc"
