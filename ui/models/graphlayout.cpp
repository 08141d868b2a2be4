// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/graphlayout.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace insitecache {

namespace {

constexpr int layoutSweeps = 4;
constexpr int fewestRows = 6;
constexpr int rowsTried = 9;

template <class T>
T &valueAt(std::vector<T> &values, int index)
{
    return values[static_cast<std::size_t>(index)];
}

template <class T>
const T &valueAt(const std::vector<T> &values, int index)
{
    return values[static_cast<std::size_t>(index)];
}

std::vector<std::vector<int>> turnedAround(const std::vector<std::vector<int>> &children)
{
    std::vector<std::vector<int>> parents(children.size());
    for (int node = 0; node < static_cast<int>(children.size()); ++node) {
        for (const int child : valueAt(children, node))
            valueAt(parents, child).push_back(node);
    }
    return parents;
}

/// The mean place of the neighbours; without any the node stays where it is.
double barycentre(const std::vector<int> &neighbours, const std::vector<double> &places, double own)
{
    if (neighbours.empty())
        return own;
    double sum = 0;
    for (const int neighbour : neighbours)
        sum += valueAt(places, neighbour);
    return sum / static_cast<double>(neighbours.size());
}

QSizeF sizeWith(const std::vector<std::vector<int>> &layers, int rows, const GraphLayout::Spacing &spacing)
{
    double width = 0;
    int highest = 0;
    for (const std::vector<int> &nodes : layers) {
        const int count = static_cast<int>(nodes.size());
        const int across = (count + rows - 1) / rows;
        highest = std::max(highest, (count + across - 1) / across);
        width += across * (spacing.node.width() + spacing.columns) - spacing.columns + spacing.layers;
    }
    return {width - spacing.layers, highest * (spacing.node.height() + spacing.between) - spacing.between};
}

/// So many rows that the whole comes nearest to the wanted shape, among some that may do.
int rowsFor(const std::vector<std::vector<int>> &layers, std::size_t nodes, const GraphLayout::Spacing &spacing)
{
    const double wide = spacing.node.width() + (spacing.columns + spacing.layers) / 2;
    const double high = spacing.node.height() + spacing.between;
    const double about = std::sqrt(static_cast<double>(nodes) * wide / high / spacing.aspect);
    int best = fewestRows;
    double least = std::numeric_limits<double>::max();
    for (int i = 0; i < rowsTried; ++i) {
        const int rows = std::max(fewestRows, static_cast<int>(about * (0.8 + 0.1 * i)));
        const QSizeF size = sizeWith(layers, rows, spacing);
        const double off = std::abs(std::log(size.width() / size.height() / spacing.aspect));
        if (off < least) {
            least = off;
            best = rows;
        }
    }
    return best;
}

} // namespace

GraphLayout::GraphLayout(int nodes, const std::vector<std::pair<int, int>> &edges, const Spacing &spacing)
{
    Lists children(static_cast<std::size_t>(nodes));
    for (const auto &[from, to] : edges) {
        if (from != to)
            valueAt(children, from).push_back(to);
    }
    findLayers(children);
    place(orderLayers(children), spacing);
}

void GraphLayout::findLayers(Lists &children)
{
    dropBackEdges(children);
    layer.assign(children.size(), 0);
    for (const int node : layerInOrder(children)) {
        for (const int child : valueAt(children, node)) {
            valueAt(layer, child) = std::max(valueAt(layer, child), valueAt(layer, node) + 1);
            ++steps;
        }
    }
}

/// Depth first, with a stack of its own: an edge to a node that is still on the way there closes a cycle.
void GraphLayout::dropBackEdges(Lists &children)
{
    enum class Seen : char { Not, OnTheWay, Done };
    struct Step {
        int node;
        std::size_t next = 0, kept = 0;
    };
    std::vector<Seen> seen(children.size(), Seen::Not);
    std::vector<Step> way;
    for (int start = 0; start < static_cast<int>(children.size()); ++start) {
        if (valueAt(seen, start) != Seen::Not)
            continue;
        valueAt(seen, start) = Seen::OnTheWay;
        way.push_back({start});
        while (!way.empty()) {
            Step &step = way.back();
            std::vector<int> &ends = valueAt(children, step.node);
            ++steps;
            if (step.next == ends.size()) {
                ends.resize(step.kept);
                valueAt(seen, step.node) = Seen::Done;
                way.pop_back();
                continue;
            }
            const int child = ends[step.next++];
            if (valueAt(seen, child) == Seen::OnTheWay)
                continue;
            ends[step.kept++] = child;
            if (valueAt(seen, child) == Seen::Not) {
                valueAt(seen, child) = Seen::OnTheWay;
                way.push_back({child});
            }
        }
    }
}

/// Every node after all of its parents (Kahn).
std::vector<int> GraphLayout::layerInOrder(const Lists &children)
{
    std::vector<int> missing(children.size(), 0);
    for (const std::vector<int> &ends : children) {
        for (const int child : ends)
            ++valueAt(missing, child);
    }
    std::vector<int> order;
    for (int node = 0; node < static_cast<int>(children.size()); ++node) {
        if (valueAt(missing, node) == 0)
            order.push_back(node);
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (const int child : valueAt(children, order[i])) {
            ++steps;
            if (--valueAt(missing, child) == 0)
                order.push_back(child);
        }
    }
    return order;
}

GraphLayout::Lists GraphLayout::orderLayers(const Lists &children)
{
    const Lists parents = turnedAround(children);
    const int deepest = layer.empty() ? -1 : *std::max_element(layer.begin(), layer.end());
    Lists layers(static_cast<std::size_t>(deepest + 1));
    for (int node = 0; node < static_cast<int>(layer.size()); ++node)
        valueAt(layers, valueAt(layer, node)).push_back(node);
    // From 0 to 1 in each layer, so that layers of different lengths can be compared.
    std::vector<double> places(layer.size(), 0), wanted(layer.size(), 0);
    const auto number = [&](const std::vector<int> &nodes) {
        for (std::size_t i = 0; i < nodes.size(); ++i)
            valueAt(places, nodes[i]) = (static_cast<double>(i) + 0.5) / static_cast<double>(nodes.size());
    };
    std::for_each(layers.begin(), layers.end(), number);
    for (int sweep = 0; sweep < layoutSweeps; ++sweep) {
        const bool isDown = sweep % 2 == 0;
        for (int i = 0; i <= deepest; ++i) {
            std::vector<int> &nodes = valueAt(layers, isDown ? i : deepest - i);
            for (const int node : nodes) {
                const std::vector<int> &neighbours = valueAt(isDown ? parents : children, node);
                valueAt(wanted, node) = barycentre(neighbours, places, valueAt(places, node));
                steps += static_cast<long long>(neighbours.size()) + 1;
            }
            std::stable_sort(
                nodes.begin(), nodes.end(), [&](int a, int b) { return valueAt(wanted, a) < valueAt(wanted, b); });
            number(nodes);
        }
    }
    return layers;
}

void GraphLayout::place(const Lists &layers, const Spacing &spacing)
{
    centre.assign(layer.size(), {});
    column.assign(layer.size(), 0);
    const int mostRows = rowsFor(layers, layer.size(), spacing);
    steps += rowsTried * static_cast<long long>(layers.size());
    const double pitch = spacing.node.height() + spacing.between;
    double x = 0;
    int columns = 0;
    for (const std::vector<int> &nodes : layers) {
        const int count = static_cast<int>(nodes.size());
        const int across = (count + mostRows - 1) / mostRows;
        const int rows = (count + across - 1) / across;
        for (int i = 0; i < count; ++i) {
            const int inColumn = std::min(rows, count - i / rows * rows);
            const double y = (i % rows - (inColumn - 1) / 2.0) * pitch;
            valueAt(column, nodes[static_cast<std::size_t>(i)]) = columns + i / rows;
            valueAt(centre, nodes[static_cast<std::size_t>(i)])
                = {x + i / rows * (spacing.node.width() + spacing.columns) + spacing.node.width() / 2, y};
        }
        columns += across;
        x += across * (spacing.node.width() + spacing.columns) - spacing.columns + spacing.layers;
    }
    double top = 0, bottom = 0;
    for (const QPointF &point : centre) {
        top = std::min(top, point.y() - spacing.node.height() / 2);
        bottom = std::max(bottom, point.y() + spacing.node.height() / 2);
    }
    for (QPointF &point : centre)
        point.ry() -= top;
    size = {layers.empty() ? 0 : x - spacing.layers, bottom - top};
}

} // namespace insitecache
