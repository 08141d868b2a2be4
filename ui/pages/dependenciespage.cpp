// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/dependenciespage.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QShowEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "formatting/format.h"
#include "graph/graphview.h"
#include "graph/graphwriter.h"
#include "graph/nodelook.h"
#include "models/blast.h"
#include "theme/glyphicon.h"
#include "widgets/dependencytree.h"

namespace insitecache {

namespace {

QLabel *graphLine(QWidget *parent, const char *name)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

constexpr char16_t firstStrongIsolate = 0x2068, popIsolate = 0x2069;

/// The key inside a sentence: short enough for it, and kept from turning the direction of the rest.
QString keyInSentence(const QString &key)
{
    constexpr qsizetype longest = 60;
    const QString shown
        = key.size() <= longest ? key : key.left(longest / 2) + QStringLiteral("…") + key.right(longest / 2 - 1);
    return QChar(firstStrongIsolate) + shown + QChar(popIsolate);
}

} // namespace

DependenciesPage::DependenciesPage(Monitor &monitor, QWidget *parent) :
    Page(parent), m_feed(monitor), m_bar(new GraphBar(this)), m_banner(graphLine(this, "graphBanner")),
    m_readout(graphLine(this, "graphReadout")), m_view(new GraphView(this)), m_empty(graphLine(this, "graphEmpty")),
    m_stack(new QStackedWidget(this)), m_tree(new DependencyTree(this)), m_splitter(new QSplitter(this)),
    m_status(graphLine(this, "graphStatus"))
{
    setObjectName(QStringLiteral("dependenciesPage"));
    build();
    connectParts();
    connectView();
    retranslate();
}

void DependenciesPage::build()
{
    m_banner->hide();
    m_empty->setAlignment(Qt::AlignCenter);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_view);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_tree);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({760, 340});
    QFont strong = m_readout->font();
    strong.setBold(true);
    m_readout->setFont(strong);
    // Two lines at once, so that nothing jumps when a longer text comes.
    m_readout->setMinimumHeight(2 * m_readout->fontMetrics().lineSpacing());
    m_readout->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_status->setForegroundRole(QPalette::PlaceholderText);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 6);
    column->setSpacing(6);
    for (QWidget *part : std::initializer_list<QWidget *>{m_bar, m_banner, m_readout, m_splitter, m_status})
        column->addWidget(part, part == m_splitter ? 1 : 0);
}

void DependenciesPage::connectParts()
{
    connect(&m_feed, &DependencyFeed::arrived, this, &DependenciesPage::arrived);
    connect(&m_feed, &DependencyFeed::failed, this, [this](const Error &error) {
        m_failure = format::error(error);
        showBanner();
    });
    connect(m_bar, &GraphBar::findNext, this, &DependenciesPage::findNext);
    connect(m_bar, &GraphBar::scopeChanged, this, &DependenciesPage::draw);
    connect(m_bar, &GraphBar::aboveToggled, this, &DependenciesPage::showHighlight);
    connect(m_bar, &GraphBar::zoomInAsked, m_view, &GraphView::zoomIn);
    connect(m_bar, &GraphBar::zoomOutAsked, m_view, &GraphView::zoomOut);
    connect(m_bar, &GraphBar::fitAsked, m_view, &GraphView::fit);
    connect(m_bar, &GraphBar::exportAsked, this, &DependenciesPage::exportAs);
    connect(m_tree, &DependencyTree::lookedAt, this, &DependenciesPage::lookAtKey);
    connect(m_tree, &DependencyTree::chosen, this, [this](int number) {
        if (m_graph && number >= 0)
            choose(m_graph->node(number).key);
    });
    connect(m_tree, &DependencyTree::invalidationAsked, this, &DependenciesPage::askInvalidation);
    connect(m_tree, &DependencyTree::released, this, &DependenciesPage::release);
}

void DependenciesPage::connectView()
{
    connect(m_view, &GraphView::lookedAt, this, &DependenciesPage::lookAtNode);
    connect(m_view, &GraphView::chosen, this, &DependenciesPage::chooseNode);
    connect(m_view, &GraphView::opened, this, &DependenciesPage::open);
    connect(m_view, &GraphView::invalidationAsked, this, &DependenciesPage::askInvalidation);
    connect(m_view, &GraphView::released, this, &DependenciesPage::release);
    connect(m_view, &GraphView::menuAsked, this, &DependenciesPage::openMenu);
}

void DependenciesPage::showSnapshot(const std::shared_ptr<const Snapshot> &snapshot)
{
    m_feed.setConfigured(configuredTiers(*snapshot));
    m_sources = snapshot->sources;
    m_feed.askIfDue();
    if (!m_graph)
        return;
    m_view->setAge(m_feed.age());
    m_tree->setAge(m_feed.age());
    showStatus();
}

QWidget *DependenciesPage::findField()
{
    return m_bar->findField();
}

void DependenciesPage::refresh()
{
    if (isVisible())
        m_feed.ask();
}

void DependenciesPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    if (!event->spontaneous())
        refresh();
}

// What is under the mouse must not move away from it.
void DependenciesPage::arrived(const KeyGraphPtr &graph)
{
    m_failure.clear();
    if (m_graph && m_looked >= 0 && m_view->underMouse() && !m_graph->hasSameShape(*graph))
        m_waiting = graph;
    else
        adopt(graph);
}

void DependenciesPage::adopt(const KeyGraphPtr &graph)
{
    const bool isSame = m_graph && m_graph->hasSameShape(*graph);
    m_graph = graph;
    m_waiting = nullptr;
    if (!isSame)
        m_lookedNumber = -1; // numbers are of one graph
    draw();
    if (m_tree->currentWidget()->hasFocus() && m_tree->currentKey())
        lookAtKey(m_graph->numberOf(*m_tree->currentKey()));
}

void DependenciesPage::draw()
{
    if (!m_graph)
        return;
    m_scope.focus = m_bar->isFocused() ? m_chosen : std::nullopt;
    m_scope.hops = m_bar->hops();
    m_scope.pinned = m_chosen;
    const DrawnGraph drawn(*m_graph, m_scope);
    if (m_view->drawn().hasSameShape(drawn)) {
        m_view->updatePicture(m_graph, drawn, m_feed.age());
    } else {
        m_looked = -1;
        m_view->setPicture(m_graph, drawn, m_feed.age());
    }
    m_tree->setGraph(m_graph, m_chosen, m_feed.age());
    m_stack->setCurrentWidget(m_graph->count() > 0 ? static_cast<QWidget *>(m_view) : m_empty);
    showEmptiness();
    showHighlight();
    showBanner();
    showStatus();
}

void DependenciesPage::showEmptiness()
{
    m_empty->setText(m_graph
            ? tr("Nothing depends on anything yet. Searches, sentiment and trending lists are made from quotes: look "
                 "something up, or start the workload.")
            : tr("Reading the dependencies…"));
}

void DependenciesPage::showKey(const CacheKey &key)
{
    choose(key);
    m_bar->setFocused(true);
    m_tree->currentWidget()->setFocus(Qt::OtherFocusReason);
}

void DependenciesPage::choose(const std::optional<CacheKey> &key)
{
    m_chosen = key;
    if (!key)
        m_bar->setFocused(false);
    m_bar->setCanFocus(key.has_value());
    draw();
    if (!key)
        return;
    if (m_graph)
        m_view->setCurrent(m_view->drawn().indexOfKey(m_graph->numberOf(*key)));
    Q_EMIT targetChosen(Selector::keys({*key}));
}

void DependenciesPage::chooseNode(int node)
{
    const DrawnNode drawn = m_view->drawn().nodes[static_cast<std::size_t>(node)];
    if (!drawn.isGroup())
        return choose(m_graph->node(drawn.members.front()).key);
    m_looked = node;
    m_lookedNumber = -1;
    showHighlight();
}

// A group shows what is in it, a key what is around it.
void DependenciesPage::open(int node)
{
    const DrawnNode drawn = m_view->drawn().nodes[static_cast<std::size_t>(node)];
    if (drawn.isGroup()) {
        if (!m_scope.expanded.insert(drawn.id).second)
            Q_EMIT messageShown(
                tr("There is no room to show more keys. Choose one and focus on it, or find it by name."));
        return draw();
    }
    choose(m_graph->node(drawn.members.front()).key);
    m_bar->setFocused(true);
}

void DependenciesPage::release()
{
    m_looked = -1;
    m_lookedNumber = -1;
    if (m_chosen)
        choose(std::nullopt);
    else
        showHighlight();
}

void DependenciesPage::lookAtNode(int node)
{
    m_looked = node;
    m_lookedNumber = -1;
    if (node < 0 && m_waiting)
        return adopt(m_waiting);
    showHighlight();
}

void DependenciesPage::lookAtKey(int number)
{
    m_lookedNumber = m_graph ? number : -1;
    m_looked = m_lookedNumber < 0 ? -1 : m_view->drawn().indexOfKey(number);
    showHighlight();
}

/// The keys that the readout is about: looked at, else chosen.
std::vector<int> DependenciesPage::inFocus() const
{
    if (!m_graph)
        return {};
    if (m_lookedNumber >= 0)
        return {m_lookedNumber};
    if (m_looked >= 0)
        return m_view->drawn().nodes[static_cast<std::size_t>(m_looked)].members;
    const int number = m_chosen ? m_graph->numberOf(*m_chosen) : -1;
    return number < 0 ? std::vector<int>() : std::vector<int>{number};
}

void DependenciesPage::showHighlight()
{
    if (!m_graph)
        return;
    const std::vector<int> keys = inFocus();
    const int node = m_looked >= 0 || keys.empty() ? m_looked : m_view->drawn().indexOfKey(keys.front());
    m_view->setHighlight(Highlight(*m_graph, m_view->drawn(), node, m_bar->showsAbove()));
    showReadout();
}

void DependenciesPage::showReadout()
{
    const std::vector<int> keys = inFocus();
    QString text;
    if (keys.size() == 1)
        text = keyInSentence(m_graph->text(keys.front())) + QStringLiteral(": ");
    else if (!keys.empty())
        text = tr("%n key(s) of this group: ", nullptr, static_cast<int>(keys.size()));
    if (!keys.empty())
        text += blastText(blastOf(*m_graph, keys), *m_graph, m_sources);
    else if (m_chosen)
        text = tr("Nothing depends on %1 any more, and it depends on nothing.")
                   .arg(keyInSentence(QString::fromStdString(m_chosen->text())));
    else
        text = tr("Point at a key to see what falls with it. Click keeps it, Del asks before it invalidates.");
    m_readout->setText(text);
    m_view->setAccessibleDescription(m_looked < 0 || keys.empty()
            ? text
            : nodeWords(*m_graph, m_view->drawn().nodes[static_cast<std::size_t>(m_looked)], m_feed.age())
                + QStringLiteral(". ") + text);
}

void DependenciesPage::showStatus()
{
    if (!m_graph)
        return;
    QStringList parts{tr("%n key(s)", "in the graph", m_graph->count()),
        tr("%n dependency(s)", nullptr, static_cast<int>(m_graph->edgeCount()))};
    if (const int groups = m_view->drawn().groups)
        parts += tr("%n group(s)", nullptr, groups);
    if (const int older = m_graph->olderCount())
        parts += tr("≠ %n loaded before what it was made from", nullptr, older);
    parts += tr("read %1", "how long ago").arg(format::ago(m_feed.age()));
    m_status->setText(parts.join(QStringLiteral(" · ")));
}

void DependenciesPage::showBanner()
{
    QStringList lines;
    if (!m_failure.isEmpty())
        lines += tr("The dependencies cannot be read: %1", "cause").arg(m_failure);
    if (m_graph && m_graph->cycleCount() > 0)
        lines += tr("%n cycle(s): keys that depend on themselves by way of others", nullptr, m_graph->cycleCount());
    if (m_graph && !m_graph->isComplete())
        lines += tr("There are more dependencies than can be shown: only the first %1 were read.")
                     .arg(format::count(m_graph->edgeCount()));
    if (m_graph) {
        for (const auto &failure : m_graph->entries().unreachable)
            lines += tr("%1 cannot be read: %2", "tier, cause")
                         .arg(format::stage(failure.stage), format::error(failure.error));
    }
    m_banner->setText(lines.isEmpty() ? QString() : QStringLiteral("▲ ") + lines.join(QLatin1Char('\n')));
    m_banner->setVisible(!lines.isEmpty());
}

// Goes on after the chosen key, and from the end to the beginning.
void DependenciesPage::findNext()
{
    const QString wanted = m_bar->findText();
    if (!m_graph || wanted.isEmpty())
        return;
    std::vector<int> matches;
    for (int number = 0; number < m_graph->count(); ++number) {
        if (m_graph->text(number).contains(wanted, Qt::CaseInsensitive))
            matches.push_back(number);
    }
    const int from = m_chosen ? m_graph->numberOf(*m_chosen) : -1;
    auto match = std::upper_bound(matches.begin(), matches.end(), from);
    if (match == matches.end())
        match = matches.begin();
    m_bar->showMatch(static_cast<int>(match - matches.begin()) + 1, static_cast<int>(matches.size()));
    if (match != matches.end())
        choose(m_graph->node(*match).key);
}

void DependenciesPage::askInvalidation()
{
    std::vector<CacheKey> keys;
    for (const int number : inFocus())
        keys.push_back(m_graph->node(number).key);
    if (!keys.empty())
        Q_EMIT invalidationRequested(Selector::keys(std::move(keys)));
}

void DependenciesPage::askLookup()
{
    if (m_chosen)
        Q_EMIT lookupRequested(QString::fromStdString(m_chosen->text()));
}

void DependenciesPage::openMenu(int node, const QPoint &globalPos)
{
    const DrawnNode drawn = m_view->drawn().nodes[static_cast<std::size_t>(node)];
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (drawn.isGroup()) {
        connect(menu->addAction(tr("&Show its keys")), &QAction::triggered, this, [this, id = drawn.id] {
            if (const int place = m_view->drawn().indexOf(id); place >= 0)
                open(place);
        });
        return menu->popup(globalPos);
    }
    chooseNode(node);
    connect(menu->addAction(tr("&Focus on it")), &QAction::triggered, this, [this] { m_bar->setFocused(true); });
    connect(menu->addAction(glyphIcon(Glyph::Search), tr("&Look up")), &QAction::triggered, this,
        &DependenciesPage::askLookup);
    connect(menu->addAction(glyphIcon(Glyph::Invalidate), tr("&Invalidate…")), &QAction::triggered, this,
        [this, key = *m_chosen] { Q_EMIT invalidationRequested(Selector::keys({key})); });
    connect(menu->addAction(tr("&Copy key")), &QAction::triggered, this,
        [text = drawn.id] { QGuiApplication::clipboard()->setText(text); });
    menu->popup(globalPos);
}

void DependenciesPage::exportAs(GraphBar::Export kind)
{
    if (!m_graph)
        return;
    auto *writer = new GraphWriter({m_graph, m_view->drawn(), m_feed.age()}, *m_view, this);
    connect(writer, &GraphWriter::messageShown, this, &DependenciesPage::messageShown);
    writer->ask(kind);
}

void DependenciesPage::retranslate()
{
    setWindowTitle(tr("Dependencies"));
    setAccessibleName(windowTitle());
    m_view->setAccessibleName(tr("Graph of dependencies"));
    m_tree->setAccessibleName(tr("Dependencies as a list"));
    showEmptiness();
    draw();
    showReadout();
}

void DependenciesPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
