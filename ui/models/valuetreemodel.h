// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <QAbstractItemModel>
#include <QJsonValue>

namespace insitecache {

/// A value as a tree of names and values. At most `mostNodes` are shown: the rest is counted.
class ValueTreeModel : public QAbstractItemModel {
    Q_OBJECT

public:
    static constexpr int mostNodes = 20'000;

    explicit ValueTreeModel(QObject *parent = nullptr);
    ~ValueTreeModel() override;

    void setValue(const QJsonValue &value);
    bool isCut() const { return m_cut; }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Node;
    void addChildren(Node &node, const QJsonValue &value);
    void addChild(Node &node, const QString &name, const QJsonValue &value);
    const Node *nodeOf(const QModelIndex &index) const;

    std::unique_ptr<Node> m_root;
    int m_count = 0;
    bool m_cut = false;
};

} // namespace insitecache
