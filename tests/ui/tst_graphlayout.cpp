// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRectF>
#include <QTest>

#include <insitecache/base/random.h>

#include "models/graphlayout.h"

using namespace insitecache;

namespace {

using LayoutEdges = std::vector<std::pair<int, int>>;

std::vector<QRectF> boxes(const GraphLayout &layout)
{
    const QSizeF size = GraphLayout::Spacing().node;
    std::vector<QRectF> out;
    for (const QPointF &centre : layout.centre)
        out.emplace_back(centre - QPointF(size.width(), size.height()) / 2, size);
    return out;
}

bool overlap(const GraphLayout &layout)
{
    const auto all = boxes(layout);
    for (std::size_t a = 0; a < all.size(); ++a) {
        for (std::size_t b = a + 1; b < all.size(); ++b) {
            if (all[a].intersects(all[b]))
                return true;
        }
    }
    return false;
}

int crossings(const GraphLayout &layout, const LayoutEdges &edges)
{
    int count = 0;
    for (std::size_t a = 0; a < edges.size(); ++a) {
        for (std::size_t b = a + 1; b < edges.size(); ++b) {
            const auto y = [&](int node) { return layout.centre[std::size_t(node)].y(); };
            count += (y(edges[a].first) - y(edges[b].first)) * (y(edges[a].second) - y(edges[b].second)) < 0;
        }
    }
    return count;
}

} // namespace

class tst_GraphLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void edgesPointToTheRight()
    {
        const LayoutEdges edges{{0, 1}, {1, 2}, {0, 2}, {3, 2}};
        const GraphLayout layout(5, edges, {});
        QCOMPARE(layout.layer, (std::vector<int>{0, 1, 2, 0, 0}));
        for (const auto &[from, to] : edges)
            QVERIFY(layout.centre[std::size_t(from)].x() < layout.centre[std::size_t(to)].x());
        QVERIFY(!overlap(layout));
    }

    void nothingIsNothing()
    {
        const GraphLayout layout(0, {}, {});
        QVERIFY(layout.centre.empty());
        QCOMPARE(layout.size, QSizeF(0, 0));
    }

    void cyclesEndAndKeepEveryNodeInSight()
    {
        const GraphLayout layout(4, {{0, 1}, {1, 2}, {2, 0}, {3, 3}, {2, 3}}, {});
        QCOMPARE(layout.layer, (std::vector<int>{0, 1, 2, 3}));
        QVERIFY(!overlap(layout));
    }

    void aTangleIsCombed()
    {
        // Two halves whose order is turned around: with the order of the input every edge crosses every other.
        LayoutEdges edges;
        for (int i = 0; i < 6; ++i)
            edges.emplace_back(i, 11 - i);
        QCOMPARE(crossings(GraphLayout(12, edges, {}), edges), 0);
    }

    void nothingOverlapsWhateverTheGraph()
    {
        const auto random = Random::seeded(3);
        for (int round = 0; round < 60; ++round) {
            const int nodes = 1 + int(random->bits() % 150);
            LayoutEdges edges;
            for (std::uint64_t i = random->bits() % std::uint64_t(3 * nodes); i > 0; --i)
                edges.emplace_back(
                    int(random->bits() % std::uint64_t(nodes)), int(random->bits() % std::uint64_t(nodes)));
            const GraphLayout layout(nodes, edges, {});
            QVERIFY(!overlap(layout));
            const QRectF all(QPointF(-0.001, -0.001), layout.size + QSizeF(0.002, 0.002));
            for (const QRectF &box : boxes(layout))
                QVERIFY(all.contains(box));
        }
    }

    void aTallLayerBecomesColumns()
    {
        LayoutEdges edges;
        for (int i = 1; i < 120; ++i)
            edges.emplace_back(0, i);
        const GraphLayout layout(120, edges, {});
        QVERIFY(layout.size.height() < layout.size.width());
        QVERIFY(layout.size.width() < 3 * layout.size.height());
        QVERIFY(*std::max_element(layout.column.begin(), layout.column.end()) > 2);
    }

    // Counted, not timed: each node and each edge is looked at a fixed number of times.
    void tenThousandNodesTakeLinearlyManySteps_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("chain") << 0;
        QTest::newRow("star") << 1;
        QTest::newRow("one cycle") << 2;
        QTest::newRow("random") << 3;
    }

    void tenThousandNodesTakeLinearlyManySteps()
    {
        QFETCH(int, kind);
        constexpr int nodes = 10'000;
        const auto random = Random::seeded(5);
        LayoutEdges edges;
        for (int i = 1; i < nodes; ++i) {
            if (kind == 3) {
                for (int more = 0; more < 3; ++more)
                    edges.emplace_back(int(random->bits() % nodes), int(random->bits() % nodes));
            } else {
                edges.emplace_back(kind == 1 ? 0 : i - 1, i);
            }
        }
        if (kind == 2)
            edges.emplace_back(nodes - 1, 0);
        const GraphLayout layout(nodes, edges, {});
        QCOMPARE(int(layout.centre.size()), nodes);
        QVERIFY2(layout.steps <= 16 * (nodes + static_cast<long long>(edges.size())),
            qPrintable(QString::number(layout.steps)));
    }
};

QTEST_APPLESS_MAIN(tst_GraphLayout)
#include "tst_graphlayout.moc"
