// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/entriespage.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QResizeEvent>
#include <QShowEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

#include "formatting/format.h"
#include "theme/glyphicon.h"
#include "theme/theme.h"
#include "widgets/entriesview.h"
#include "widgets/entryinspector.h"
#include "widgets/typechips.h"

namespace insitecache {

namespace {

constexpr int filterAfterMs = 150;
// Narrower than this the table needs all of it; Enter still brings the inspector.
constexpr int inspectorFrom = 720;

QLabel *entriesLine(QWidget *parent, const char *name)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->hide();
    return label;
}

} // namespace

EntriesPage::EntriesPage(Monitor &monitor, QWidget *parent) :
    Page(parent), m_feed(monitor), m_typed(new QTimer(this)), m_filterLabel(new QLabel(this)),
    m_line(new QLineEdit(this)), m_problem(entriesLine(this, "filterProblem")), m_chips(new TypeChips(this)),
    m_new(new QPushButton(this)), m_resort(new QPushButton(this)),
    m_refresh(new QPushButton(glyphIcon(Glyph::Refresh), {}, this)), m_banner(entriesLine(this, "entriesBanner")),
    m_view(new EntriesView(m_model, this)), m_stack(new QStackedWidget(this)), m_empty(new QWidget(this)),
    m_emptyText(new QLabel(this)), m_clear(new QPushButton(this)), m_inspector(new EntryInspector(monitor, this)),
    m_splitter(new QSplitter(this)), m_status(new QLabel(this))
{
    setObjectName(QStringLiteral("entriesPage"));
    build();
    connectParts();
    retranslate();
    showEmptiness();
}

void EntriesPage::build()
{
    m_typed->setSingleShot(true);
    m_typed->setInterval(filterAfterMs);
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyText->setWordWrap(true);
    auto *emptyColumn = new QVBoxLayout(m_empty);
    emptyColumn->addStretch(1);
    emptyColumn->addWidget(m_emptyText);
    emptyColumn->addWidget(m_clear, 0, Qt::AlignCenter);
    emptyColumn->addStretch(2);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_inspector);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({900, 360});
    m_status->setTextFormat(Qt::PlainText);
    m_status->setObjectName(QStringLiteral("entriesStatus"));
    m_status->setForegroundRole(QPalette::PlaceholderText);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 6);
    column->setSpacing(6);
    column->addWidget(buildTop());
    column->addWidget(m_problem);
    auto *chipRow = new QHBoxLayout;
    chipRow->addWidget(m_chips, 1);
    chipRow->addWidget(m_new);
    chipRow->addWidget(m_resort);
    column->addLayout(chipRow);
    column->addWidget(m_banner);
    column->addWidget(m_splitter, 1);
    column->addWidget(m_status);
}

QWidget *EntriesPage::buildTop()
{
    m_filterLabel->setBuddy(m_line);
    m_line->setObjectName(QStringLiteral("filterLine"));
    m_line->setClearButtonEnabled(true);
    m_line->setMaxLength(2048);
    m_new->setObjectName(QStringLiteral("newEntries"));
    m_resort->setObjectName(QStringLiteral("sortAgain"));
    m_clear->setObjectName(QStringLiteral("clearFilter"));
    m_new->hide();
    m_resort->hide();
    auto *top = new QWidget(this);
    auto *row = new QHBoxLayout(top);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_filterLabel);
    row->addWidget(m_line, 1);
    row->addWidget(m_refresh);
    return top;
}

void EntriesPage::connectParts()
{
    connect(m_line, &QLineEdit::textEdited, m_typed, qOverload<>(&QTimer::start));
    connect(m_line, &QLineEdit::returnPressed, this, &EntriesPage::applyFilter);
    connect(m_typed, &QTimer::timeout, this, &EntriesPage::applyFilter);
    connect(m_chips, &TypeChips::chosenChanged, this, &EntriesPage::chooseTypes);
    connect(m_new, &QPushButton::clicked, &m_model, &EntriesModel::arrange);
    connect(m_resort, &QPushButton::clicked, &m_model, &EntriesModel::arrange);
    connect(m_refresh, &QPushButton::clicked, this, &EntriesPage::refresh);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        m_line->clear();
        applyFilter();
        m_line->setFocus(Qt::OtherFocusReason);
    });
    connect(&m_feed, &EntriesFeed::arrived, this, [this](const EntrySnapshotPtr &snapshot) {
        if (!m_narrowed)
            m_capped = snapshot->page.total > snapshot->page.rows.size();
        m_model.setSnapshot(snapshot, !std::exchange(m_arrangeNext, false));
    });
    connect(&m_model, &EntriesModel::settled, this, &EntriesPage::settled);
    connect(m_view, &EntriesView::currentKeyChanged, this, &EntriesPage::inspect);
    connect(m_view, &EntriesView::selectionCountChanged, this, &EntriesPage::showStatus);
    connect(m_view, &EntriesView::invalidationAsked, this, [this] { askInvalidation(true); });
    connect(m_view, &EntriesView::lookupAsked, this, &EntriesPage::askLookup);
    connect(m_view, &EntriesView::dependenciesAsked, this, &EntriesPage::askDependencies);
    connect(m_view, &EntriesView::detailsAsked, this, [this] {
        m_inspector->show();
        m_inspector->setFocus(Qt::OtherFocusReason);
    });
    connect(m_inspector, &EntryInspector::invalidationAsked, this, [this] { askInvalidation(false); });
    connect(m_inspector, &EntryInspector::lookupAsked, this, &EntriesPage::askLookup);
    connect(m_inspector, &EntryInspector::dependenciesAsked, this, &EntriesPage::askDependencies);
}

void EntriesPage::showSnapshot(const std::shared_ptr<const Snapshot> &snapshot)
{
    m_feed.setConfigured(configuredTiers(*snapshot));
    m_feed.askIfDue();
    const auto [first, last] = m_view->visibleRows();
    m_model.tick(m_feed.now(), first, last);
    inspect();
    showStatus();
}

QWidget *EntriesPage::findField()
{
    return m_line;
}

void EntriesPage::refresh()
{
    m_arrangeNext = true;
    m_feed.ask();
}

void EntriesPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    if (!event->spontaneous())
        refresh();
}

void EntriesPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    if ((event->oldSize().width() >= inspectorFrom) != (width() >= inspectorFrom))
        m_inspector->setVisible(width() >= inspectorFrom);
}

void EntriesPage::applyFilter()
{
    m_typed->stop();
    const auto filter = EntryFilter::parse(m_line->text());
    m_problem->setVisible(!filter);
    if (!filter) {
        m_problem->setText(QStringLiteral("✖ ") + filter.error());
        return;
    }
    m_filter = *filter;
    m_chips->showChosen(m_filter.types());
    m_model.setFilter(m_filter);
    if (!m_capped)
        return;
    // The tiers have to look themselves: what is asked for may not be among the rows here.
    m_narrowed = !m_filter.isEmpty();
    m_feed.setSelector(m_filter.selector());
    refresh();
}

void EntriesPage::chooseTypes(const QStringList &types)
{
    m_line->setText(EntryFilter::withTypes(m_line->text(), types));
    applyFilter();
}

void EntriesPage::settled()
{
    m_chips->showCounts(m_model.typeCounts(), m_capped);
    showEmptiness();
    showBanner();
    showPending();
    showStatus();
    inspect();
}

void EntriesPage::showEmptiness()
{
    const bool asked = m_model.snapshot() != nullptr;
    const bool filtered = !m_filter.isEmpty();
    m_clear->setVisible(asked && filtered);
    if (!asked)
        m_emptyText->setText(tr("Reading what the tiers hold…"));
    else if (filtered)
        m_emptyText->setText(tr("Nothing matches this filter."));
    else
        m_emptyText->setText(tr("Nothing is cached yet. Look something up, or start the workload."));
    const bool hadFocus = m_view->hasFocus();
    m_stack->setCurrentWidget(m_model.rowCount() > 0 ? static_cast<QWidget *>(m_view) : m_empty);
    // The table leaves with the last row: the keyboard must not be lost with it.
    if (hadFocus && !m_view->isVisible())
        m_line->setFocus(Qt::OtherFocusReason);
}

void EntriesPage::showBanner()
{
    QStringList lines;
    const EntryPage &page = m_model.snapshot()->page;
    for (const auto &failure : page.unreachable)
        lines += tr("%1 cannot be read: %2", "tier, cause")
                     .arg(format::stage(failure.stage), format::error(failure.error));
    if (page.total > page.rows.size())
        lines += tr("There are at least %1 more entries. Narrow the filter to see them.")
                     .arg(format::count(page.total - page.rows.size()));
    m_banner->setText(lines.isEmpty() ? QString() : QStringLiteral("▲ ") + lines.join(QLatin1Char('\n')));
    m_banner->setVisible(!lines.isEmpty());
}

void EntriesPage::showPending()
{
    m_new->setText(tr("Show %n new key(s)", nullptr, m_model.added()));
    m_new->setVisible(m_model.added() > 0);
    m_resort->setVisible(m_model.isOutOfOrder() && m_model.added() == 0);
}

void EntriesPage::showStatus()
{
    if (!m_model.snapshot())
        return;
    const EntryPage &page = m_model.snapshot()->page;
    const QString all = page.exact ? format::count(page.total) : tr("about %1").arg(format::count(page.total));
    QString text = tr("%1 of %2 keys · read %3", "shown, all, how long ago")
                       .arg(format::count(static_cast<quint64>(m_model.rowCount())), all,
                           format::ago(std::max(Millis::zero(), Millis(m_feed.now() - page.taken))));
    if (const int selected = static_cast<int>(m_view->selectionModel()->selectedRows().size()))
        text += QStringLiteral(" · ") + tr("%n selected", nullptr, selected);
    m_status->setText(text);
}

void EntriesPage::inspect()
{
    const int current = m_view->currentIndex().row();
    const EntryRow *row = m_model.rowAt(current);
    if (!row)
        return m_inspector->showNothing();
    const Millis since = std::max(Millis::zero(), Millis(m_feed.now() - m_model.snapshot()->page.taken));
    m_inspector->showEntry(*row, m_model.momentAt(current), m_feed.now(), since);
}

void EntriesPage::askInvalidation(bool atOnce)
{
    std::vector<CacheKey> keys = m_view->selectedKeys();
    if (keys.empty()) {
        if (const auto current = m_view->currentKey())
            keys.push_back(*current);
    }
    if (!keys.empty())
        Q_EMIT invalidationRequested(Selector::keys(std::move(keys)), atOnce);
}

void EntriesPage::askLookup()
{
    if (const auto key = m_view->currentKey())
        Q_EMIT lookupRequested(QString::fromStdString(key->text()));
}

void EntriesPage::askDependencies()
{
    if (const auto key = m_view->currentKey())
        Q_EMIT dependenciesRequested(*key);
}

void EntriesPage::retranslate()
{
    setWindowTitle(tr("Entries"));
    m_filterLabel->setText(tr("Filt&er:"));
    m_line->setPlaceholderText(tr("text, stock:*, type:search, level:!L1, ttl:<30s, deps:>5"));
    m_line->setAccessibleName(tr("Filter the entries"));
    m_line->setToolTip(tr("Words are looked for in the key; * and ? make a pattern of the whole key.\n"
                          "type:stock  level:L1  level:!L1  ttl:<30s  hits:>10  deps:>5  \"quoted text\""));
    m_view->setAccessibleName(tr("Entries"));
    m_refresh->setText(tr("Refresh"));
    m_refresh->setToolTip(tr("Read the tiers again and sort (F5)"));
    m_resort->setText(tr("Sort again"));
    m_resort->setToolTip(tr("Values have changed since the rows were sorted"));
    m_clear->setText(tr("Clear filter"));
    m_chips->setAccessibleName(tr("Types"));
    m_inspector->setAccessibleName(tr("Selected entry"));
    showEmptiness();
}

void EntriesPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        m_model.retranslate();
        if (m_model.snapshot())
            settled();
    }
}

} // namespace insitecache
