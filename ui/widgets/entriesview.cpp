// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/entriesview.h"

#include <unordered_set>

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>

#include "delegates/keydelegate.h"
#include "delegates/levelsdelegate.h"
#include "delegates/ttldelegate.h"
#include "models/entriesmodel.h"
#include "models/entrytexts.h"
#include "theme/glyphicon.h"

namespace insitecache {

namespace {

int entriesSection(EntryColumn column)
{
    return static_cast<int>(column);
}

bool isEntriesCopy(const QKeyEvent &event, bool withShift)
{
    const Qt::KeyboardModifiers wanted = Qt::ControlModifier | (withShift ? Qt::ShiftModifier : Qt::NoModifier);
    return event.key() == Qt::Key_C && event.modifiers() == wanted;
}

} // namespace

EntriesView::EntriesView(EntriesModel &model, QWidget *parent) : QTableView(parent), m_model(model)
{
    setObjectName(QStringLiteral("entriesTable"));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setEditTriggers(NoEditTriggers);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 12);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSortIndicator(entriesSection(EntryColumn::Key), Qt::AscendingOrder);
    setModel(&m_model);
    setSortingEnabled(true);
    setItemDelegateForColumn(entriesSection(EntryColumn::Key), new KeyDelegate(this));
    setItemDelegateForColumn(entriesSection(EntryColumn::Levels), new LevelsDelegate(this));
    setItemDelegateForColumn(entriesSection(EntryColumn::TtlLeft), new TtlDelegate(this));
    sizeColumns();
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, &EntriesView::remember);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &EntriesView::restore);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &EntriesView::restoreTop);
    connect(this, &QAbstractItemView::doubleClicked, this, &EntriesView::detailsAsked);
    connect(this, &QAbstractItemView::clicked, this, [this](const QModelIndex &index) {
        const bool isPlain = QGuiApplication::keyboardModifiers() == Qt::NoModifier;
        if (isPlain && index.column() == entriesSection(EntryColumn::Deps))
            Q_EMIT dependenciesAsked();
    });
}

// Wide enough for the longer of the two languages.
void EntriesView::sizeColumns()
{
    const int letter = fontMetrics().averageCharWidth();
    const std::pair<EntryColumn, int> widths[] = {{EntryColumn::Key, 34}, {EntryColumn::Type, 11},
        {EntryColumn::Levels, 11}, {EntryColumn::TtlLeft, 16}, {EntryColumn::ExpiresAt, 13}, {EntryColumn::Hits, 8},
        {EntryColumn::Size, 10}, {EntryColumn::Deps, 10}, {EntryColumn::Source, 12}, {EntryColumn::State, 14}};
    for (const auto &[column, letters] : widths)
        setColumnWidth(entriesSection(column), letters * letter);
    horizontalHeader()->setSectionResizeMode(entriesSection(EntryColumn::Key), QHeaderView::Interactive);
    horizontalHeader()->setStretchLastSection(true);
}

// The key takes what the others leave, so that nothing is out of sight while there is room.
void EntriesView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    int others = 0;
    for (int column = 1; column < entryColumnCount; ++column)
        others += horizontalHeader()->sectionSize(column);
    const int stretched = horizontalHeader()->sectionSize(entryColumnCount - 1);
    const int last = std::min(stretched, fontMetrics().averageCharWidth() * 14);
    const int least = fontMetrics().averageCharWidth() * 22;
    setColumnWidth(entriesSection(EntryColumn::Key), std::max(least, viewport()->width() - others + stretched - last));
}

std::vector<CacheKey> EntriesView::selectedKeys() const
{
    std::vector<CacheKey> keys;
    const QModelIndexList rows = selectionModel()->selectedRows();
    for (const QModelIndex &index : rows) {
        if (const EntryRow *row = m_model.rowAt(index.row()))
            keys.push_back(row->key);
    }
    return keys;
}

std::optional<CacheKey> EntriesView::currentKey() const
{
    const EntryRow *row = m_model.rowAt(currentIndex().row());
    return row ? std::optional(row->key) : std::nullopt;
}

std::pair<int, int> EntriesView::visibleRows() const
{
    const int first = rowAt(0);
    if (first < 0)
        return {0, -1};
    const int last = rowAt(viewport()->height() - 1);
    return {first, last < 0 ? m_model.rowCount() - 1 : last};
}

void EntriesView::remember()
{
    m_keptSelection = selectedKeys();
    m_keptCurrent = currentKey();
    m_keptRow = currentIndex().row();
    const EntryRow *top = m_model.rowAt(rowAt(0));
    m_keptTop = top ? std::optional(top->key) : std::nullopt;
    m_keptScroll = verticalScrollBar()->value();
}

void EntriesView::restore()
{
    restoreSelection();
    const int current = m_keptCurrent ? m_model.rowOf(*m_keptCurrent) : -1;
    const int row = current >= 0 ? current : std::min(m_keptRow, m_model.rowCount() - 1);
    if (row >= 0)
        selectionModel()->setCurrentIndex(m_model.index(row, 0), QItemSelectionModel::NoUpdate);
    restoreTop();
    if (current < 0)
        Q_EMIT currentKeyChanged();
    Q_EMIT selectionCountChanged();
}

// At the top one stays at the top, whatever is there now.
void EntriesView::restoreTop()
{
    const int top = m_keptScroll > 0 && m_keptTop ? m_model.rowOf(*m_keptTop) : -1;
    if (top >= 0)
        scrollTo(m_model.index(top, 0), PositionAtTop);
}

void EntriesView::rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last)
{
    const int top = visibleRows().first;
    const EntryRow *anchor = m_model.rowAt(top >= first && top <= last ? last + 1 : top);
    m_keptTop = anchor ? std::optional(anchor->key) : std::nullopt;
    m_keptScroll = verticalScrollBar()->value();
    QTableView::rowsAboutToBeRemoved(parent, first, last);
}

void EntriesView::restoreSelection()
{
    if (m_keptSelection.empty())
        return;
    const std::unordered_set<CacheKey> kept(m_keptSelection.begin(), m_keptSelection.end());
    QItemSelection selection;
    const int rows = m_model.rowCount();
    for (int row = 0; row < rows; ++row) {
        const int first = row;
        while (row < rows && kept.contains(m_model.rowAt(row)->key))
            ++row;
        if (row > first)
            selection.select(m_model.index(first, 0), m_model.index(row - 1, entryColumnCount - 1));
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

void EntriesView::copyKeys() const
{
    QStringList keys;
    for (const CacheKey &key : selectedKeys())
        keys += QString::fromStdString(key.text());
    QGuiApplication::clipboard()->setText(keys.join(QLatin1Char('\n')));
}

void EntriesView::copyRows() const
{
    QByteArrayList rows;
    const QModelIndexList selected = selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows += entryJson(*m_model.rowAt(index.row()), m_model.momentAt(index.row()));
    QGuiApplication::clipboard()->setText(QString::fromUtf8(rows.join('\n')));
}

void EntriesView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Delete && event->modifiers() == Qt::NoModifier)
        return Q_EMIT invalidationAsked();
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid())
        return Q_EMIT detailsAsked();
    if (isEntriesCopy(*event, false))
        return copyKeys();
    if (isEntriesCopy(*event, true))
        return copyRows();
    // Letters would jump to a row by its first column; they belong to the filter line and to input methods.
    if (!event->text().isEmpty() && event->text().front().isPrint() && event->key() != Qt::Key_Space)
        return event->ignore();
    QTableView::keyPressEvent(event);
}

void EntriesView::contextMenuEvent(QContextMenuEvent *event)
{
    if (!selectionModel()->hasSelection())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu](const QIcon &icon, const QString &text, const QKeySequence &keys) {
        QAction *action = menu->addAction(icon, text);
        action->setShortcut(keys);
        return action;
    };
    connect(add(glyphIcon(Glyph::Search), tr("&Look up"), {}), &QAction::triggered, this, &EntriesView::lookupAsked);
    connect(add(glyphIcon(Glyph::Invalidate), tr("&Invalidate…"), QKeySequence::Delete), &QAction::triggered, this,
        &EntriesView::invalidationAsked);
    connect(add(glyphIcon(Glyph::Dependencies), tr("&Dependencies"), {}), &QAction::triggered, this,
        &EntriesView::dependenciesAsked);
    menu->addSeparator();
    connect(add({}, tr("&Copy key"), QKeySequence::Copy), &QAction::triggered, this, [this] { copyKeys(); });
    connect(add({}, tr("Copy row as &JSON"), Qt::CTRL | Qt::SHIFT | Qt::Key_C), &QAction::triggered, this,
        [this] { copyRows(); });
    menu->popup(event->globalPos());
}

void EntriesView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (current.row() != previous.row())
        Q_EMIT currentKeyChanged();
}

void EntriesView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectionCountChanged();
}

} // namespace insitecache
