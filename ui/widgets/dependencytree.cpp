// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dependencytree.h"

#include <QEvent>

#include "formatting/format.h"
#include "widgets/dependencytreeview.h"

namespace insitecache {

DependencyTree::DependencyTree(QWidget *parent) :
    QTabWidget(parent), m_sides{makeSide(KeyGraph::Way::Down, "depTree"), makeSide(KeyGraph::Way::Up, "depTreeUp")},
    m_graph(std::make_shared<const KeyGraph>())
{
    setObjectName(QStringLiteral("depSides"));
    setDocumentMode(true);
    retranslate();
}

DependencyTree::Side DependencyTree::makeSide(KeyGraph::Way way, const char *name)
{
    auto *model = new DependencyTreeModel(way, this);
    auto *view = new DependencyTreeView(*model, this);
    view->setObjectName(QString::fromLatin1(name));
    addTab(view, {});
    connect(view, &DependencyTreeView::lookedAt, this, &DependencyTree::lookedAt);
    connect(view, &DependencyTreeView::chosen, this, &DependencyTree::chosen);
    connect(view, &DependencyTreeView::invalidationAsked, this, &DependencyTree::invalidationAsked);
    connect(view, &DependencyTreeView::released, this, &DependencyTree::released);
    return {model, view};
}

void DependencyTree::setGraph(const KeyGraphPtr &graph, const std::optional<CacheKey> &root, Millis age)
{
    const bool isSame = m_root == root && m_graph->count() > 0 && m_graph->hasSameShape(*graph);
    const bool isOther = m_root != root;
    m_graph = graph;
    m_root = root;
    const int number = root ? graph->numberOf(*root) : -1;
    for (const Side &side : m_sides) {
        side.model->setAge(age);
        if (isSame) {
            side.model->update(graph);
            continue;
        }
        side.view->remember();
        side.model->setGraph(graph, number);
        side.view->restore();
        if (!isOther || number < 0)
            continue;
        if (side.model->canFetchMore({}))
            side.model->fetchMore({});
        side.view->expand(side.model->index(0, 0));
        side.view->setCurrentIndex(side.model->index(0, 0));
    }
    showCounts();
}

void DependencyTree::setAge(Millis age)
{
    for (const Side &side : m_sides)
        side.model->setAge(age);
    static_cast<QAbstractScrollArea *>(currentWidget())->viewport()->update();
}

std::optional<CacheKey> DependencyTree::currentKey() const
{
    const int number = m_sides[static_cast<std::size_t>(currentIndex())].view->currentNumber();
    return number < 0 ? std::nullopt : std::optional(m_graph->node(number).key);
}

void DependencyTree::showCounts()
{
    const int number = m_root ? m_graph->numberOf(*m_root) : -1;
    const auto title = [&](const QString &name, KeyGraph::Way way) {
        return number < 0
            ? name
            : QStringLiteral("%1 %2").arg(name, format::count(quint64(m_graph->reach({number}, way).size())));
    };
    setTabText(0, title(tr("Dependents"), KeyGraph::Way::Down));
    setTabText(1, title(tr("Made from"), KeyGraph::Way::Up));
}

void DependencyTree::retranslate()
{
    setTabToolTip(0, tr("What is no longer right when the key changes"));
    setTabToolTip(1, tr("What the key was made from"));
    m_sides[0].view->setAccessibleName(tr("Dependents"));
    m_sides[1].view->setAccessibleName(tr("Made from"));
    for (const Side &side : m_sides)
        side.model->retranslate();
    showCounts();
}

void DependencyTree::changeEvent(QEvent *event)
{
    QTabWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
