// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/entryinspector.h"

#include <QEvent>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "formatting/format.h"
#include "models/entrytexts.h"
#include "models/whendone.h"
#include "theme/fonts.h"
#include "theme/glyphicon.h"
#include "theme/theme.h"
#include "widgets/valueview.h"

namespace insitecache {

namespace {

enum InspectorColumn {
    InspectorLevel,
    InspectorState,
    InspectorTtl,
    InspectorVersion,
    InspectorStored,
    InspectorColumns
};

QString inspectorTtl(const EntryRow::Copy &copy, Millis since)
{
    if (!copy.present)
        return QStringLiteral("–");
    EntryMoment moment;
    moment.ttl = copy.ttl - since;
    moment.keptForEver = copy.ttl > std::chrono::hours(24 * 400);
    return moment.keptForEver || moment.ttl > Millis::zero() ? ttlText(moment) : format::ttl(moment.ttl);
}

} // namespace

EntryInspector::EntryInspector(Monitor &monitor, QWidget *parent) :
    QWidget(parent), m_monitor(monitor), m_title(new QLabel(this)), m_facts(new QLabel(this)),
    m_levels(new QTableWidget(tierCount, InspectorColumns, this)), m_load(new QPushButton(this)),
    m_open(new QPushButton(this)), m_deps(new QPushButton(this)),
    m_invalidate(new QPushButton(glyphIcon(Glyph::Invalidate), {}, this)), m_value(new ValueView(this))
{
    setObjectName(QStringLiteral("entryInspector"));
    m_title->setFont(monospaceFont());
    for (QLabel *label : {m_title, m_facts}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setFocusPolicy(Qt::NoFocus);
    }
    buildLevels();
    m_load->setObjectName(QStringLiteral("inspectorLookUp"));
    m_deps->setObjectName(QStringLiteral("inspectorDependencies"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_load);
    buttons->addWidget(m_open);
    buttons->addWidget(m_deps);
    buttons->addStretch(1);
    buttons->addWidget(m_invalidate);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 0, 0, 0);
    column->addWidget(m_title);
    column->addWidget(m_facts);
    column->addWidget(m_levels);
    column->addLayout(buttons);
    column->addWidget(m_value, 100);
    column->addStretch(1); // what is there without a value stays at the top
    connect(m_load, &QPushButton::clicked, this, &EntryInspector::lookUp);
    connect(m_open, &QPushButton::clicked, this, &EntryInspector::lookupAsked);
    connect(m_deps, &QPushButton::clicked, this, &EntryInspector::dependenciesAsked);
    connect(m_invalidate, &QPushButton::clicked, this, &EntryInspector::invalidationAsked);
    setFocusProxy(m_load);
    retranslate();
    showNothing();
}

void EntryInspector::buildLevels()
{
    m_levels->setObjectName(QStringLiteral("inspectorLevels"));
    m_levels->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_levels->setSelectionMode(QAbstractItemView::NoSelection);
    m_levels->setTabKeyNavigation(false);
    m_levels->setShowGrid(false);
    m_levels->verticalHeader()->hide();
    m_levels->horizontalHeader()->setHighlightSections(false);
    m_levels->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_levels->horizontalHeader()->setSectionResizeMode(InspectorState, QHeaderView::Stretch);
    m_levels->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_levels->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const int rowHeight = fontMetrics().height() + 8;
    m_levels->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_levels->verticalHeader()->setDefaultSectionSize(rowHeight);
    m_levels->setFixedHeight(rowHeight * (tierCount + 1) + 10);
    for (int row = 0; row < tierCount; ++row) {
        for (int column = 0; column < InspectorColumns; ++column)
            m_levels->setItem(row, column, new QTableWidgetItem);
        for (const int column : {InspectorTtl, InspectorVersion, InspectorStored})
            m_levels->item(row, column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
}

void EntryInspector::showEntry(const EntryRow &row, const EntryMoment &moment, WallTime now, Millis since)
{
    const bool another = m_key != row.key;
    m_key = row.key;
    m_title->setText(QString::fromStdString(row.key.text()));
    showFacts(row, moment, now);
    showLevels(row, moment, since);
    for (QWidget *part : {static_cast<QWidget *>(m_levels), static_cast<QWidget *>(m_value)})
        part->show();
    for (QPushButton *button : {m_load, m_open, m_deps, m_invalidate})
        button->setEnabled(true);
    if (another)
        showValueHint();
}

void EntryInspector::showNothing()
{
    m_key.reset();
    m_title->clear();
    m_facts->setText(tr("Select a row to see what each tier has of it."));
    m_levels->hide();
    m_value->hide();
    for (QPushButton *button : {m_load, m_open, m_deps, m_invalidate})
        button->setEnabled(false);
}

void EntryInspector::showFacts(const EntryRow &row, const EntryMoment &moment, WallTime now)
{
    const QString source = row.origin.empty() ? tr("unknown") : QString::fromStdString(row.origin);
    m_facts->setText(
        tr("%1 · %2 · fetched %3 · hits %4", "source, state, how long ago, number")
            .arg(tr("source %1").arg(source), stateText(moment.state),
                format::ago(std::max(Millis::zero(), Millis(now - row.created))), format::count(row.hits)));
}

void EntryInspector::showLevels(const EntryRow &row, const EntryMoment &moment, Millis since)
{
    for (int tier = 0; tier < tierCount; ++tier) {
        const EntryRow::Copy &copy = row.tiers[tier];
        const auto stage = static_cast<Stage>(tier);
        const auto set = [this, tier](int column, const QString &text) { m_levels->item(tier, column)->setText(text); };
        set(InspectorLevel, QStringLiteral("%1 %2").arg(inkMarker(inkOf(stage)), format::stage(stage)));
        m_levels->item(tier, InspectorLevel)->setForeground(inkColor(inkOf(stage)));
        set(InspectorState, levelText(moment.levels[static_cast<std::size_t>(tier)]));
        set(InspectorTtl, inspectorTtl(copy, since));
        set(InspectorVersion, copy.present ? format::count(copy.version) : QStringLiteral("–"));
        set(InspectorStored, copy.present ? format::bytes(copy.bytes) : QStringLiteral("–"));
    }
}

void EntryInspector::showValueHint()
{
    m_hasValue = false;
    m_value->setMessage(tr("Looking at an entry reads nothing. “Show value” is a real lookup: it counts, and it may "
                           "ask the source when the entry has expired."));
}

void EntryInspector::lookUp()
{
    if (!m_key)
        return;
    m_value->setMessage(tr("Looking up…"));
    whenDone(
        m_monitor.lookup({*m_key}), this, [this](const std::vector<Lookup> &lookups) { lookedUp(lookups); },
        [this] { showValueHint(); });
}

void EntryInspector::lookedUp(const std::vector<Lookup> &lookups)
{
    // Meanwhile another row may have been chosen.
    if (lookups.empty() || lookups.front().key != m_key)
        return;
    const Lookup &lookup = lookups.front();
    m_hasValue = lookup.hasValue();
    if (m_hasValue)
        m_value->setValue(lookup.key, lookup.entry->payload());
    else if (lookup.error)
        m_value->setMessage(format::error(*lookup.error));
    else
        m_value->setMessage(tr("There is no value."));
}

void EntryInspector::retranslate()
{
    m_levels->setAccessibleName(tr("What each tier has"));
    m_levels->setHorizontalHeaderLabels({tr("Level"), tr("State"), tr("TTL left"), tr("Version"), tr("Stored")});
    m_load->setText(tr("Show val&ue"));
    m_load->setToolTip(tr("Looks the key up; this counts as a lookup"));
    m_open->setText(tr("&Look up"));
    m_open->setToolTip(tr("Open on the Lookups page, with the path it takes"));
    m_deps->setText(tr("&Dependencies"));
    m_deps->setToolTip(tr("What it was made from, and what would fall with it"));
    m_invalidate->setText(tr("&Invalidate…"));
    if (!m_key)
        showNothing();
    else if (!m_hasValue)
        showValueHint();
}

void EntryInspector::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
