// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/dependencytreemodel.h"

#include <algorithm>

#include "models/entriesmodel.h"
#include "models/entrytexts.h"
#include "models/keynotes.h"

namespace insitecache {

namespace {
constexpr std::size_t fetchedAtOnce = 500;
} // namespace

struct DependencyTreeModel::Node {
    int number = -1; ///< −1: above the highest level
    int row = 0;
    Node *parent = nullptr;
    std::vector<std::unique_ptr<Node>> children{};
};

DependencyTreeModel::DependencyTreeModel(KeyGraph::Way way, QObject *parent) :
    QAbstractItemModel(parent), m_way(way), m_graph(std::make_shared<const KeyGraph>()), m_top(std::make_unique<Node>())
{}

DependencyTreeModel::~DependencyTreeModel() = default;

void DependencyTreeModel::setGraph(KeyGraphPtr graph, int root)
{
    beginResetModel();
    m_graph = std::move(graph);
    m_top = std::make_unique<Node>();
    m_first.clear();
    m_hops.assign(static_cast<std::size_t>(m_graph->count()), -1);
    if (root >= 0)
        m_first.push_back(root);
    else
        findFirst();
    spread(m_first);
    // What only leads around in a cycle has nothing above it: the first of each such cycle stands for the rest.
    for (int number = 0; root < 0 && number < m_graph->count(); ++number) {
        if (m_hops[static_cast<std::size_t>(number)] >= 0)
            continue;
        m_first.push_back(number);
        spread({number});
    }
    endResetModel();
}

void DependencyTreeModel::findFirst()
{
    const auto other = m_way == KeyGraph::Way::Down ? KeyGraph::Way::Up : KeyGraph::Way::Down;
    for (int number = 0; number < m_graph->count(); ++number) {
        if (m_graph->neighbours(number, other).empty())
            m_first.push_back(number);
    }
}

/// Numbers everything that was not reached before by how far it is from these.
void DependencyTreeModel::spread(const std::vector<int> &from)
{
    std::vector<int> found = from;
    for (const int number : from)
        m_hops[static_cast<std::size_t>(number)] = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        for (const int next : m_graph->neighbours(found[i], m_way)) {
            int &hops = m_hops[static_cast<std::size_t>(next)];
            if (hops >= 0)
                continue;
            hops = m_hops[static_cast<std::size_t>(found[i])] + 1;
            found.push_back(next);
        }
    }
}

void DependencyTreeModel::update(KeyGraphPtr graph)
{
    m_graph = std::move(graph);
    std::vector<QModelIndex> open{{}};
    while (!open.empty()) {
        const QModelIndex parent = open.back();
        open.pop_back();
        const int rows = rowCount(parent);
        if (rows == 0)
            continue;
        Q_EMIT dataChanged(index(0, 0, parent), index(rows - 1, columnCountOfTree - 1, parent));
        for (int row = 0; row < rows; ++row)
            open.push_back(index(row, 0, parent));
    }
}

DependencyTreeModel::Node *DependencyTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_top.get();
}

/// The same key stands further up on the way to it.
bool DependencyTreeModel::isRepeated(const Node &node) const
{
    for (const Node *above = node.parent; above; above = above->parent) {
        if (above->number == node.number)
            return true;
    }
    return false;
}

const std::vector<int> &DependencyTreeModel::below(const Node &node) const
{
    static const std::vector<int> none;
    if (&node == m_top.get())
        return m_first;
    return isRepeated(node) ? none : m_graph->neighbours(node.number, m_way);
}

QModelIndex DependencyTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, nodeOf(parent)->children[static_cast<std::size_t>(row)].get());
}

QModelIndex DependencyTreeModel::parent(const QModelIndex &child) const
{
    Node *parent = child.isValid() ? nodeOf(child)->parent : nullptr;
    return !parent || parent == m_top.get() ? QModelIndex() : createIndex(parent->row, 0, parent);
}

int DependencyTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int DependencyTreeModel::columnCount(const QModelIndex &) const
{
    return columnCountOfTree;
}

bool DependencyTreeModel::hasChildren(const QModelIndex &parent) const
{
    return parent.column() <= 0 && !below(*nodeOf(parent)).empty();
}

bool DependencyTreeModel::canFetchMore(const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    return !m_isFetching && parent.column() <= 0 && node->children.size() < below(*node).size();
}

void DependencyTreeModel::fetchMore(const QModelIndex &parent)
{
    Node *node = nodeOf(parent);
    const std::vector<int> &all = below(*node);
    const std::size_t from = node->children.size();
    const std::size_t to = std::min(all.size(), from + fetchedAtOnce);
    if (m_isFetching || parent.column() > 0 || from == to)
        return;
    m_isFetching = true;
    beginInsertRows(parent, static_cast<int>(from), static_cast<int>(to) - 1);
    for (std::size_t i = from; i < to; ++i)
        node->children.push_back(std::make_unique<Node>(Node{all[i], static_cast<int>(i), node}));
    endInsertRows();
    m_isFetching = false;
}

QString DependencyTreeModel::keyText(const Node &node) const
{
    const QString text = m_graph->text(node.number);
    return isRepeated(node) ? QStringLiteral("↺ ") + text : text;
}

QString DependencyTreeModel::spoken(const Node &node) const
{
    QStringList parts{m_graph->text(node.number)};
    if (isRepeated(node))
        parts += tr("leads back to a key above");
    parts += keyNotes(*m_graph, node.number);
    return parts.join(QStringLiteral(", "));
}

QString DependencyTreeModel::path(const Node &node) const
{
    QStringList keys;
    for (const Node *at = &node; at != m_top.get(); at = at->parent)
        keys.prepend(m_graph->text(at->number));
    return keys.join(QLatin1Char('\n'));
}

QVariant DependencyTreeModel::text(const Node &node, int column) const
{
    switch (column) {
    case KeyColumn: return keyText(node);
    case HopColumn: return m_hops[static_cast<std::size_t>(node.number)];
    default: break;
    }
    const EntryRow *row = m_graph->row(node.number);
    if (!row)
        return column == LevelsColumn ? QStringLiteral("–––") : QStringLiteral("–");
    const EntryMoment moment = m_graph->moment(node.number, m_age);
    return entryText(*row, moment, column == LevelsColumn ? EntryColumn::Levels : EntryColumn::TtlLeft);
}

QVariant DependencyTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeOf(index);
    switch (role) {
    case Qt::DisplayRole: return text(node, index.column());
    case Qt::AccessibleTextRole:
        if (index.column() == KeyColumn)
            return spoken(node);
        if (const EntryRow *row = m_graph->row(node.number); row && index.column() == LevelsColumn)
            return entryAccessibleText(*row, m_graph->moment(node.number, m_age), EntryColumn::Levels);
        return text(node, index.column()).toString();
    case Qt::ToolTipRole: return index.column() == KeyColumn ? plainToolTip(spoken(node)) : QVariant();
    case EntriesModel::MomentRole: return QVariant::fromValue(m_graph->moment(node.number, m_age));
    case NumberRole: return node.number;
    case PathRole: return path(node);
    default: return {};
    }
}

QVariant DependencyTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case KeyColumn: return entryColumnTitle(EntryColumn::Key);
    case HopColumn: return tr("Hop", "how many edges away");
    case LevelsColumn: return entryColumnTitle(EntryColumn::Levels);
    default: return entryColumnTitle(EntryColumn::TtlLeft);
    }
}

QModelIndex DependencyTreeModel::find(const QString &path) const
{
    QModelIndex at;
    for (const QString &key : path.split(QLatin1Char('\n'))) {
        const int rows = rowCount(at);
        int row = 0;
        while (row < rows && m_graph->text(nodeOf(index(row, 0, at))->number) != key)
            ++row;
        if (row == rows)
            return {};
        at = index(row, 0, at);
    }
    return at;
}

void DependencyTreeModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCountOfTree - 1);
    update(m_graph);
}

} // namespace insitecache
