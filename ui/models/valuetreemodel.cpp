// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/valuetreemodel.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>

namespace insitecache {

struct ValueTreeModel::Node {
    QString name, text;
    Node *parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Node>> children;
};

namespace {

QString leafText(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null: return QStringLiteral("null");
    case QJsonValue::Bool: return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case QJsonValue::Double: return value.toVariant().toString();
    case QJsonValue::String: return value.toString();
    default: return {};
    }
}

} // namespace

ValueTreeModel::ValueTreeModel(QObject *parent) : QAbstractItemModel(parent), m_root(std::make_unique<Node>()) {}

ValueTreeModel::~ValueTreeModel() = default;

void ValueTreeModel::setValue(const QJsonValue &value)
{
    beginResetModel();
    m_root = std::make_unique<Node>();
    m_count = 0;
    m_cut = false;
    if (value.isObject() || value.isArray())
        addChildren(*m_root, value);
    else if (!value.isUndefined())
        addChild(*m_root, QString(), value);
    endResetModel();
}

void ValueTreeModel::addChildren(Node &node, const QJsonValue &value)
{
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            addChild(node, member.key(), member.value());
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i)
            addChild(node, QStringLiteral("[%1]").arg(i), array[i]);
        node.text = tr("%n item(s)", "of a list", static_cast<int>(array.size()));
    }
}

void ValueTreeModel::addChild(Node &node, const QString &name, const QJsonValue &value)
{
    if (m_count >= mostNodes) {
        m_cut = true;
        return;
    }
    ++m_count;
    auto child = std::make_unique<Node>();
    child->name = name;
    child->text = leafText(value);
    child->parent = &node;
    child->row = static_cast<int>(node.children.size());
    Node &added = *child;
    node.children.push_back(std::move(child));
    addChildren(added, value);
}

const ValueTreeModel::Node *ValueTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<const Node *>(index.constInternalPointer()) : m_root.get();
}

QModelIndex ValueTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, nodeOf(parent)->children[static_cast<std::size_t>(row)].get());
}

QModelIndex ValueTreeModel::parent(const QModelIndex &child) const
{
    const Node *parent = child.isValid() ? nodeOf(child)->parent : nullptr;
    return !parent || parent == m_root.get() ? QModelIndex() : createIndex(parent->row, 0, parent);
}

int ValueTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int ValueTreeModel::columnCount(const QModelIndex &) const
{
    return 2;
}

QVariant ValueTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || role != Qt::DisplayRole)
        return {};
    const Node *node = nodeOf(index);
    return index.column() == 0 ? node->name : node->text;
}

QVariant ValueTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == 0 ? tr("Name") : tr("Value");
}

} // namespace insitecache
