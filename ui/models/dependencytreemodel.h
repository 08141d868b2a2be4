// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QAbstractItemModel>

#include "models/keygraph.h"

namespace insitecache {

/// What depends on one key, or what it depends on, as a tree: a key stands under each that leads to it. Children are
/// made when somebody opens them, some hundreds at a time, and a key that leads back to one above it is not followed
/// again, so neither a cycle nor a large graph makes it grow by itself.
class DependencyTreeModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { KeyColumn, HopColumn, LevelsColumn, TtlColumn, columnCountOfTree };
    enum Role {
        NumberRole = Qt::UserRole + 16, ///< of the key in the graph
        PathRole,                       ///< keys from the root to this one, one a line
    };

    explicit DependencyTreeModel(KeyGraph::Way way, QObject *parent = nullptr);
    ~DependencyTreeModel() override;

    /// Without a root the tree begins with what has nothing above it (or below, the other way).
    void setGraph(KeyGraphPtr graph, int root);
    /// The same shape, newer: only what is shown of the keys changes. Precondition: as KeyGraph::hasSameShape().
    void update(KeyGraphPtr graph);
    /// How long ago the tiers were read.
    void setAge(Millis age) { m_age = age; }
    QModelIndex find(const QString &path) const; ///< among what was opened

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void retranslate();

private:
    struct Node;
    void findFirst();
    void spread(const std::vector<int> &from);
    Node *nodeOf(const QModelIndex &index) const;
    bool isRepeated(const Node &node) const;
    const std::vector<int> &below(const Node &node) const;
    QString keyText(const Node &node) const;
    QString spoken(const Node &node) const;
    QString path(const Node &node) const;
    QVariant text(const Node &node, int column) const;

    KeyGraph::Way m_way;
    KeyGraphPtr m_graph;
    std::unique_ptr<Node> m_top;
    std::vector<int> m_first; ///< on the highest level
    std::vector<int> m_hops;  ///< from the root, by number; −1: not reached
    Millis m_age{};
    bool m_isFetching = false; ///< who hears of new rows may ask for more of them at once
};

} // namespace insitecache
