// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/drawngraph.h"

#include <algorithm>
#include <deque>
#include <map>

namespace insitecache {

namespace {

// What is shown by itself beside the groups: enough to see a pattern, few enough to read the names.
constexpr std::size_t mostShownFirst = 36;
constexpr std::size_t mostParts = 24;
// No key holds a control character, so no key is named like a group.
constexpr QChar groupSign(0x01), restSign(0x02);

DrawnNode keyNode(const KeyGraph &graph, int number)
{
    return {graph.text(number), {number}, {}, false};
}

DrawnNode groupNode(const QString &prefix, std::vector<int> members, bool isRest)
{
    return {groupSign + prefix + (isRest ? QString(restSign) : QString()), std::move(members), prefix, isRest};
}

std::vector<int> inScope(const KeyGraph &graph, const GraphScope &scope)
{
    std::vector<int> numbers;
    const int focus = scope.focus ? graph.numberOf(*scope.focus) : -1;
    if (focus < 0) {
        for (int number = 0; number < graph.count(); ++number)
            numbers.push_back(number);
        return numbers;
    }
    numbers.push_back(focus);
    for (const KeyGraph::Way way : {KeyGraph::Way::Up, KeyGraph::Way::Down}) {
        for (const KeyGraph::Reached &reached : graph.reach({focus}, way, scope.hops))
            numbers.push_back(reached.node);
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
}

/// The keys with the most dependents and these, as far as they are few.
std::set<int> shownFirst(const KeyGraph &graph, const GraphScope &scope, const std::vector<int> &numbers)
{
    std::set<int> shown;
    const std::set<int> all(numbers.begin(), numbers.end());
    std::vector<int> parents = numbers;
    std::stable_sort(parents.begin(), parents.end(),
        [&](int a, int b) { return graph.node(a).children.size() > graph.node(b).children.size(); });
    for (const int parent : parents) {
        if (shown.size() >= mostShownFirst || graph.node(parent).children.empty())
            break;
        shown.insert(parent);
        const std::vector<int> &children = graph.node(parent).children;
        if (shown.size() + children.size() > mostShownFirst)
            continue;
        std::copy_if(children.begin(), children.end(), std::inserter(shown, shown.end()),
            [&](int child) { return all.contains(child); });
    }
    // Beside the others, so that choosing a key that is shown changes nothing.
    for (const auto &key : {scope.focus, scope.pinned}) {
        if (const int number = key ? graph.numberOf(*key) : -1; all.contains(number))
            shown.insert(number);
    }
    return shown;
}

/// The group in smaller ones by the next letter, each letter of which there are many; a single key stands for itself.
std::vector<DrawnNode> partsOf(const KeyGraph &graph, const DrawnNode &group)
{
    std::map<QString, std::vector<int>> byLetter;
    for (const int number : group.members) {
        const QString text = graph.text(number);
        const qsizetype at = group.prefix.size();
        const bool isPair = at + 1 < text.size() && text[at].isHighSurrogate();
        byLetter[text.left(at + (isPair ? 2 : 1))].push_back(number);
    }
    std::vector<std::pair<QString, std::vector<int>>> letters(byLetter.begin(), byLetter.end());
    std::stable_sort(
        letters.begin(), letters.end(), [](const auto &a, const auto &b) { return a.second.size() > b.second.size(); });
    std::vector<DrawnNode> parts;
    std::vector<int> rest;
    for (auto &[prefix, members] : letters) {
        if (parts.size() + 1 >= mostParts)
            rest.insert(rest.end(), members.begin(), members.end());
        else if (members.size() == 1)
            parts.push_back(keyNode(graph, members.front()));
        else
            parts.push_back(groupNode(prefix, std::move(members), false));
    }
    std::sort(rest.begin(), rest.end());
    if (rest.size() == 1)
        parts.push_back(keyNode(graph, rest.front()));
    else if (!rest.empty())
        parts.push_back(groupNode(group.prefix, std::move(rest), true));
    return parts;
}

// Types are anybody's to name: where there are too many they are grouped too.
std::vector<DrawnNode> groupsByType(const KeyGraph &graph, const std::vector<int> &numbers)
{
    std::map<QString, std::vector<int>> byType;
    for (const int number : numbers)
        byType[graph.type(number) + QLatin1Char(':')].push_back(number);
    if (byType.size() > mostParts)
        return partsOf(graph, groupNode({}, numbers, false));
    std::vector<DrawnNode> groups;
    for (auto &[prefix, members] : byType)
        groups.push_back(
            members.size() == 1 ? keyNode(graph, members.front()) : groupNode(prefix, std::move(members), false));
    return groups;
}

/// Replaces expanded groups by what is in them, while there is room for it.
std::vector<DrawnNode> expanded(const KeyGraph &graph, std::vector<DrawnNode> groups, const GraphScope &scope, int room)
{
    std::deque<DrawnNode> waiting(std::make_move_iterator(groups.begin()), std::make_move_iterator(groups.end()));
    std::vector<DrawnNode> out;
    int count = static_cast<int>(waiting.size());
    while (!waiting.empty()) {
        DrawnNode node = std::move(waiting.front());
        waiting.pop_front();
        if (!node.isGroup() || !scope.expanded.contains(node.id)) {
            out.push_back(std::move(node));
            continue;
        }
        std::vector<DrawnNode> parts;
        if (count - 1 + static_cast<int>(node.members.size()) <= room) {
            for (const int number : node.members)
                parts.push_back(keyNode(graph, number));
        } else {
            parts = partsOf(graph, node);
        }
        if (count - 1 + static_cast<int>(parts.size()) > room) {
            out.push_back(std::move(node));
            continue;
        }
        count += static_cast<int>(parts.size()) - 1;
        waiting.insert(waiting.end(), std::make_move_iterator(parts.begin()), std::make_move_iterator(parts.end()));
    }
    return out;
}

} // namespace

DrawnGraph::DrawnGraph(const KeyGraph &graph, const GraphScope &scope)
{
    const std::vector<int> numbers = inScope(graph, scope);
    if (numbers.size() <= mostNodes) {
        for (const int number : numbers)
            nodes.push_back(keyNode(graph, number));
    } else {
        const std::set<int> shown = shownFirst(graph, scope, numbers);
        std::vector<int> others;
        std::copy_if(numbers.begin(), numbers.end(), std::back_inserter(others),
            [&](int number) { return !shown.contains(number); });
        nodes = expanded(graph, groupsByType(graph, others), scope, mostNodes - static_cast<int>(shown.size()));
        for (const int number : shown)
            nodes.push_back(keyNode(graph, number));
    }
    std::sort(nodes.begin(), nodes.end(), [](const DrawnNode &a, const DrawnNode &b) { return a.id < b.id; });
    groups = static_cast<int>(
        std::count_if(nodes.begin(), nodes.end(), [](const DrawnNode &node) { return node.isGroup(); }));
    addEdges(graph);
}

void DrawnGraph::addEdges(const KeyGraph &graph)
{
    m_nodeOf.assign(static_cast<std::size_t>(graph.count()), -1);
    for (int node = 0; node < static_cast<int>(nodes.size()); ++node) {
        for (const int member : nodes[static_cast<std::size_t>(node)].members)
            m_nodeOf[static_cast<std::size_t>(member)] = node;
    }
    std::map<std::pair<int, int>, bool> found;
    for (int parent = 0; parent < graph.count(); ++parent) {
        const int from = indexOfKey(parent);
        for (const int child : graph.node(parent).children) {
            const int to = indexOfKey(child);
            const bool isInGroup = from == to && from >= 0 && nodes[static_cast<std::size_t>(from)].isGroup();
            if (from >= 0 && to >= 0 && !isInGroup)
                found[{from, to}] |= graph.isOnCycle(parent, child);
        }
    }
    for (const auto &[ends, isOnCycle] : found)
        edges.push_back({ends.first, ends.second, isOnCycle});
}

int DrawnGraph::indexOf(const QString &id) const
{
    const auto place = std::lower_bound(
        nodes.begin(), nodes.end(), id, [](const DrawnNode &node, const QString &wanted) { return node.id < wanted; });
    return place != nodes.end() && place->id == id ? static_cast<int>(place - nodes.begin()) : -1;
}

int DrawnGraph::indexOfKey(int number) const
{
    return number >= 0 && number < static_cast<int>(m_nodeOf.size()) ? m_nodeOf[static_cast<std::size_t>(number)] : -1;
}

bool DrawnGraph::hasSameShape(const DrawnGraph &other) const
{
    return edges == other.edges
        && std::equal(nodes.begin(), nodes.end(), other.nodes.begin(), other.nodes.end(),
            [](const DrawnNode &a, const DrawnNode &b) { return a.id == b.id; });
}

} // namespace insitecache
