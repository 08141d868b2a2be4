// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>
#include <vector>

#include <QPointF>
#include <QSizeF>

namespace insitecache {

/// Places for the nodes of a directed graph: layers from left to right, so that edges point to the right, and within a
/// layer an order with few crossings. The steps of Sugiyama, Tagawa and Toda (IEEE SMC 11(2), 1981): edges that close
/// a cycle are left out, a node's layer is its longest way from a source, and four sweeps put each node near the mean
/// of its neighbours. Edges across several layers get no bends of their own.
///
/// A layer that is taller than the picture is wide becomes several columns. Time is linear in nodes and edges but for
/// the sorting of layers. A pure function; any thread.
struct GraphLayout {
    struct Spacing {
        QSizeF node{148, 40};
        double between = 12;  ///< nodes of a column
        double columns = 28;  ///< columns of one layer
        double layers = 84;   ///< two layers
        double aspect = 1.35; ///< the width of the picture that is aimed at, by its height
    };

    std::vector<int> layer;
    std::vector<int> column;     ///< over all layers, from the left
    std::vector<QPointF> centre; ///< of each node
    QSizeF size;
    long long steps = 0; ///< nodes and edges that were looked at

    GraphLayout() = default;
    /// Precondition: the ends of edges are from 0 to `nodes`.
    GraphLayout(int nodes, const std::vector<std::pair<int, int>> &edges, const Spacing &spacing);

private:
    using Lists = std::vector<std::vector<int>>;

    void findLayers(Lists &children);
    std::vector<int> layerInOrder(const Lists &children);
    void dropBackEdges(Lists &children);
    Lists orderLayers(const Lists &children);
    void place(const Lists &layers, const Spacing &spacing);
};

} // namespace insitecache
