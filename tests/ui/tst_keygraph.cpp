// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <insitecache/base/random.h>

#include "models/blast.h"
#include "models/strongparts.h"
#include "support/keygraphs.h"
#include "theme/language.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

QStringList reached(const KeyGraph &graph, const QString &from, KeyGraph::Way way, int mostHops = -1)
{
    QStringList out;
    const int start = graph.numberOf(CacheKey::parse(from.toStdString()).value());
    for (const KeyGraph::Reached &each : graph.reach({start}, way, mostHops))
        out += QStringLiteral("%1 %2").arg(each.hops).arg(graph.text(each.node));
    return out;
}

int numberIn(const KeyGraph &graph, const char *key)
{
    return graph.numberOf(CacheKey::parse(key).value());
}

KeyEdges chain(int length)
{
    KeyEdges edges;
    for (int i = 0; i < length; ++i)
        edges.emplace_back("stock:N" + std::to_string(i), "stock:N" + std::to_string(i + 1));
    return edges;
}

std::vector<std::vector<int>> sorted(std::vector<std::vector<int>> parts)
{
    for (std::vector<int> &part : parts)
        std::sort(part.begin(), part.end());
    std::sort(parts.begin(), parts.end());
    return parts;
}

/// The slow way: two nodes are in one part when each reaches the other.
std::vector<std::vector<int>> partsTheSlowWay(const std::vector<std::vector<int>> &children)
{
    const std::size_t count = children.size();
    std::vector<std::vector<bool>> reach(count, std::vector<bool>(count, false));
    for (std::size_t node = 0; node < count; ++node) {
        reach[node][node] = true;
        for (const int child : children[node])
            reach[node][std::size_t(child)] = true;
    }
    for (std::size_t via = 0; via < count; ++via) {
        for (std::size_t from = 0; from < count; ++from) {
            for (std::size_t to = 0; to < count; ++to)
                reach[from][to] = reach[from][to] || (reach[from][via] && reach[via][to]);
        }
    }
    std::vector<std::vector<int>> parts;
    std::vector<bool> taken(count, false);
    for (std::size_t node = 0; node < count; ++node) {
        if (taken[node])
            continue;
        parts.emplace_back();
        for (std::size_t other = node; other < count; ++other) {
            if (reach[node][other] && reach[other][node]) {
                parts.back().push_back(int(other));
                taken[other] = true;
            }
        }
    }
    return parts;
}

} // namespace

class tst_KeyGraph : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyLanguage(Language::English); }

    void everyKeyIsReachedOnceByItsShortestWay()
    {
        const auto graph = keyGraph({{"stock:A", "search:a"}, {"stock:A", "trending:US"}, {"search:a", "trending:US"},
            {"trending:US", "user:1"}, {"stock:B", "search:a"}});
        QCOMPARE(reached(*graph, QStringLiteral("stock:A"), KeyGraph::Way::Down),
            (QStringList{QStringLiteral("1 search:a"), QStringLiteral("1 trending:US"), QStringLiteral("2 user:1")}));
        QCOMPARE(reached(*graph, QStringLiteral("stock:A"), KeyGraph::Way::Down, 1).size(), 2);
        QCOMPARE(reached(*graph, QStringLiteral("user:1"), KeyGraph::Way::Up),
            (QStringList{QStringLiteral("1 trending:US"), QStringLiteral("2 search:a"), QStringLiteral("2 stock:A"),
                QStringLiteral("3 stock:B")}));
        QCOMPARE(graph->edgeCount(), 5u);
        QCOMPARE(graph->numberOf(CacheKey::parse("stock:Z").value()), -1);
    }

    void cyclesAreCountedOnceAndEnd()
    {
        const auto graph = keyGraph({{"stock:A", "stock:B"}, {"stock:B", "stock:C"}, {"stock:C", "stock:A"},
            {"stock:C", "search:c"}, {"user:1", "user:1"}, {"stock:D", "stock:A"}});
        QCOMPARE(graph->cycleCount(), 2);
        QCOMPARE(reached(*graph, QStringLiteral("stock:B"), KeyGraph::Way::Down).size(), 3);
        QVERIFY(graph->isOnCycle(numberIn(*graph, "stock:C"), numberIn(*graph, "stock:A")));
        QVERIFY(!graph->isOnCycle(numberIn(*graph, "stock:C"), numberIn(*graph, "search:c")));
        QVERIFY(!graph->isOnCycle(numberIn(*graph, "stock:D"), numberIn(*graph, "stock:A")));
        QVERIFY(graph->node(numberIn(*graph, "user:1")).cycle >= 0);
    }

    void strongPartsAreThoseOfTheDefinition()
    {
        const auto random = Random::seeded(11);
        for (int round = 0; round < 300; ++round) {
            const std::size_t count = 1 + random->bits() % 12;
            std::vector<std::vector<int>> children(count);
            for (std::uint64_t edges = random->bits() % (2 * count + 1); edges > 0; --edges)
                children[random->bits() % count].push_back(int(random->bits() % count));
            QCOMPARE(sorted(strongParts(children)), partsTheSlowWay(children));
        }
    }

    void aChainOfAnyLengthIsWalked()
    {
        const auto graph = keyGraph(chain(50'000));
        QCOMPARE(graph->cycleCount(), 0);
        const int first = numberIn(*graph, "stock:N0");
        QCOMPARE(graph->reach({first}, KeyGraph::Way::Down).back().hops, 50'000);
    }

    void whatIsOlderThanItsParentSaysSo()
    {
        EntryRow parent = entryRow("stock:A", "L1", Millis(60'000));
        EntryRow child = entryRow("search:a", "L1", Millis(60'000));
        child.created = parent.created - Millis(1);
        const auto graph = keyGraph({{"stock:A", "search:a"}, {"stock:B", "search:a"}}, {parent, child});
        QVERIFY(graph->node(numberIn(*graph, "search:a")).isOlder);
        QVERIFY(!graph->node(numberIn(*graph, "stock:A")).isOlder);
        QCOMPARE(graph->olderCount(), 1);
        child.created = parent.created;
        QCOMPARE(keyGraph({{"stock:A", "search:a"}}, {parent, child})->olderCount(), 0);
    }

    void aBlastCountsWhatAPreviewWould()
    {
        const auto graph = keyGraph(
            {{"stock:A", "search:a"}, {"stock:A", "sentiment:A"}, {"search:a", "user:1"}, {"stock:A", "trending:US"}},
            {entryRow("stock:A", "L1 L2 L3", Millis(60'000)), entryRow("search:a", "L2 L3", Millis(60'000)),
                entryRow("sentiment:A", "L3", Millis(60'000)), entryRow("user:1", "L3", Millis(60'000))});
        const Blast blast = blastOf(*graph, {numberIn(*graph, "stock:A")});
        // trending:US is nowhere, and L3 keeps the only copy of user:1.
        QCOMPARE(blast.keys, 3u);
        QCOMPARE(blast.byTier[0], 1u);
        QCOMPARE(blast.byTier[1], 2u);
        QCOMPARE(blast.byTier[2], 3u);
        QCOMPARE(blast.bytes, 6u * 400);
        QCOMPARE(blast.hops, 2);
        QCOMPARE(blast.allCalls(), 4);
        SourceStatus x;
        x.name = "x";
        x.callsLeft = 50;
        QCOMPARE(blastText(blast, *graph, {x}),
            QStringLiteral("3 keys · L1 1 · L2 2 · L3 3 · 2.3 KiB · refill ≈ 4 API calls (Reddit 1 · X 1, 2.0% of what "
                           "is left · Yahoo 2)"));
    }
};

QTEST_MAIN(tst_KeyGraph)
#include "tst_keygraph.moc"
