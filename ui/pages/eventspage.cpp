// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/eventspage.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QSplitter>
#include <QTimer>

#include <algorithm>

#include "delegates/severitydelegate.h"
#include "formatting/format.h"
#include "models/eventexport.h"
#include "models/eventtexts.h"
#include "theme/glyphicon.h"
#include "widgets/eventchips.h"
#include "widgets/followview.h"

namespace insitecache {

namespace {

constexpr int searchAfterMs = 150;
constexpr int reasonLetters = 22;

QString eventDetails(const Event &event)
{
    const QString raw = QString::fromStdString(event.detail);
    return QStringLiteral("%1\n%2%3")
        .arg(eventWords(event), raw.isEmpty() ? QString() : raw + u'\n', QString::fromStdString(eventJson(event)));
}

} // namespace

EventsPage::EventsPage(Monitor &monitor, QWidget *parent) :
    Page(parent), m_monitor(monitor), m_typed(new QTimer(this)), m_search(new QLineEdit(this)),
    m_chips(new EventChips(this)), m_view(new FollowView(this)), m_empty(new QLabel(this)),
    m_clear(new QPushButton(this)), m_splitter(new QSplitter(Qt::Vertical, this)), m_details(new QPlainTextEdit(this)),
    m_acknowledge(new QPushButton(this)), m_toChart(new QPushButton(glyphIcon(Glyph::Overview), {}, this)),
    m_copy(new QPushButton(this)), m_export(new QPushButton(this)), m_status(new QLabel(this))
{
    setObjectName(QStringLiteral("eventsPage"));
    build();
    connectParts();
    retranslate();
}

void EventsPage::build()
{
    m_typed->setSingleShot(true);
    m_typed->setInterval(searchAfterMs);
    m_view->setObjectName(QStringLiteral("eventsTable"));
    m_view->setModel(&m_model);
    m_view->setItemDelegateForColumn(static_cast<int>(EventColumn::Severity), new SeverityDelegate(this));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setAlternatingRowColors(true);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setTabKeyNavigation(false);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_details->setObjectName(QStringLiteral("eventDetails"));
    m_details->setReadOnly(true);
    m_details->setTabChangesFocus(true);
    m_splitter->addWidget(m_view);
    m_splitter->addWidget(buildFoot());
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({600, 130});
    m_empty->setTextFormat(Qt::PlainText);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setObjectName(QStringLiteral("eventsStatus"));
    m_status->setForegroundRole(QPalette::PlaceholderText);
    m_status->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 6);
    column->setSpacing(6);
    column->addWidget(buildTop());
    column->addWidget(m_chips);
    auto *emptyRow = new QHBoxLayout;
    emptyRow->addWidget(m_empty);
    emptyRow->addWidget(m_clear);
    emptyRow->addStretch(1);
    column->addLayout(emptyRow);
    column->addWidget(m_splitter, 1);
    column->addWidget(m_status);
    sizeColumns();
}

QWidget *EventsPage::buildTop()
{
    m_search->setObjectName(QStringLiteral("eventSearch"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaxLength(512);
    m_search->addAction(glyphIcon(Glyph::Search), QLineEdit::LeadingPosition);
    m_export->setObjectName(QStringLiteral("exportEvents"));
    m_export->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E));
    m_clear->setObjectName(QStringLiteral("showAllEvents"));
    auto *top = new QWidget(this);
    auto *row = new QHBoxLayout(top);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_search, 1);
    row->addWidget(m_export);
    return top;
}

QWidget *EventsPage::buildFoot()
{
    m_acknowledge->setObjectName(QStringLiteral("acknowledge"));
    m_toChart->setObjectName(QStringLiteral("showOnChart"));
    m_copy->setObjectName(QStringLiteral("copyEvents"));
    auto *foot = new QWidget(this);
    auto *buttons = new QVBoxLayout;
    for (QPushButton *button : {m_acknowledge, m_toChart, m_copy})
        buttons->addWidget(button);
    buttons->addStretch(1);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_details, 1);
    row->addLayout(buttons);
    return foot;
}

void EventsPage::connectParts()
{
    connect(m_typed, &QTimer::timeout, this, &EventsPage::applyFilter);
    connect(m_search, &QLineEdit::textChanged, m_typed, qOverload<>(&QTimer::start));
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        applyFilter();
        m_view->setFocus(Qt::OtherFocusReason);
    });
    connect(m_chips, &EventChips::changed, this, &EventsPage::applyFilter);
    connect(m_clear, &QPushButton::clicked, this, &EventsPage::clearFilter);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &EventsPage::showDetails);
    connect(m_view, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (const EventPtr event = m_model.eventAt(index.row()))
            Q_EMIT activated(event);
    });
    connect(m_view, &FollowView::resized, this, &EventsPage::giveReasonTheRest);
    connect(m_acknowledge, &QPushButton::clicked, this, &EventsPage::acknowledge);
    connect(m_toChart, &QPushButton::clicked, this, [this] {
        if (const EventPtr event = current())
            Q_EMIT chartsAsked(event);
    });
    connect(m_copy, &QPushButton::clicked, this, &EventsPage::copy);
    connect(m_export, &QPushButton::clicked, this, &EventsPage::askWhereTo);
    // An action of the table, so that the details keep their own Ctrl+C.
    auto *copyKey = new QAction(m_view);
    copyKey->setShortcut(QKeySequence::Copy);
    copyKey->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(copyKey, &QAction::triggered, this, &EventsPage::copy);
    m_view->addAction(copyKey);
}

void EventsPage::sizeColumns()
{
    const int letter = fontMetrics().averageCharWidth();
    const int letters[eventColumnCount] = {15, 28, 11, 22, 8, 9, 15, reasonLetters, 10, 6};
    for (int column = 0; column < eventColumnCount; ++column)
        m_view->setColumnWidth(column, letters[column] * letter);
    giveReasonTheRest();
}

// Where there is room, the reason has the most to say.
void EventsPage::giveReasonTheRest()
{
    const int reason = static_cast<int>(EventColumn::Reason);
    const int free = m_view->viewport()->width() - m_view->horizontalHeader()->length();
    const int least = reasonLetters * fontMetrics().averageCharWidth();
    m_view->setColumnWidth(reason, std::max(least, m_view->columnWidth(reason) + free));
}

void EventsPage::follow(const std::shared_ptr<const Snapshot> &snapshot)
{
    m_alerts = snapshot->alerts;
    if (snapshot->newestEvent > m_model.newest())
        m_model.add(m_monitor.eventsAfter(m_model.newest()));
    showState();
}

QWidget *EventsPage::findField()
{
    return m_search;
}

bool EventsPage::choose(std::uint64_t id)
{
    if (id > m_model.newest())
        m_model.add(m_monitor.eventsAfter(m_model.newest()));
    if (m_model.rowOf(id) < 0)
        clearFilter();
    const int row = m_model.rowOf(id);
    if (row >= 0) {
        m_view->stayAt(row);
        m_view->setFocus(Qt::OtherFocusReason);
    }
    showState();
    return row >= 0;
}

void EventsPage::applyFilter()
{
    m_typed->stop();
    EventFilter filter;
    filter.setText(m_search->text());
    m_chips->apply(filter);
    m_model.setFilter(filter);
    showDetails();
    showState();
}

void EventsPage::clearFilter()
{
    m_search->clear();
    m_chips->clear();
    applyFilter();
}

EventPtr EventsPage::current() const
{
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    return rows.size() == 1 ? m_model.eventAt(rows.first().row()) : nullptr;
}

std::vector<EventPtr> EventsPage::selected() const
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    std::vector<EventPtr> events;
    for (const QModelIndex &row : std::as_const(rows))
        events.push_back(m_model.eventAt(row.row()));
    return events;
}

bool EventsPage::isOpenAlert(std::uint64_t id) const
{
    return std::any_of(m_alerts.begin(), m_alerts.end(),
        [id](const Alert &alert) { return alert.event == id && !alert.acknowledged; });
}

void EventsPage::showState()
{
    const EventPtr event = current();
    m_acknowledge->setEnabled(event && isOpenAlert(event->id));
    m_toChart->setEnabled(event != nullptr);
    m_copy->setEnabled(m_view->selectionModel()->hasSelection());
    m_export->setEnabled(m_model.rowCount() > 0);
    m_empty->setVisible(m_model.rowCount() == 0);
    m_clear->setVisible(m_model.rowCount() == 0 && m_model.total() > 0);
    m_empty->setText(m_model.total() > 0 ? tr("No event matches the filter.")
                                         : tr("Nothing has happened yet: invalidate something, or set a bookmark with "
                                              "Ctrl+B."));
    QString text = tr("%1 of %2 events", "shown, all")
                       .arg(format::count(quint64(m_model.rowCount())), format::count(m_model.total()));
    if (const std::string log = m_monitor.eventLog(); !log.empty())
        text += QStringLiteral(" · ") + tr("all of them in %1", "file").arg(QString::fromStdString(log));
    m_status->setText(text);
    m_status->setToolTip(text.toHtmlEscaped());
}

void EventsPage::showDetails()
{
    const EventPtr event = current();
    m_details->setPlainText(event ? eventDetails(*event) : QString());
    showState();
}

void EventsPage::acknowledge()
{
    const EventPtr event = current();
    if (!event || !m_monitor.acknowledge(event->id))
        return;
    Q_EMIT messageShown(
        tr("Acknowledged until it is over: %1", "target").arg(eventTargetName(QString::fromStdString(event->target))));
    m_acknowledge->setEnabled(false);
}

void EventsPage::copy()
{
    const std::vector<EventPtr> events = selected();
    if (events.empty())
        return;
    QGuiApplication::clipboard()->setText(QString::fromUtf8(eventsAsJsonLines(events)));
    Q_EMIT messageShown(tr("%n event(s) copied as JSON lines", nullptr, static_cast<int>(events.size())));
}

void EventsPage::askWhereTo()
{
    auto *dialog = new QFileDialog(this, tr("Export Events"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("jsonl"));
    dialog->setNameFilters({tr("JSON lines (*.jsonl)"), tr("CSV for spreadsheets (*.csv)")});
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(
            filter.contains(QLatin1String("*.csv")) ? QStringLiteral("csv") : QStringLiteral("jsonl"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &EventsPage::save);
    dialog->open();
}

// What is selected when that is more than one row, otherwise what the filter leaves.
void EventsPage::save(const QString &file)
{
    std::vector<EventPtr> events = selected();
    if (events.size() < 2)
        events = m_model.shown();
    const bool asCsv = file.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive);
    const QByteArray text = asCsv ? eventsAsCsv(events) : eventsAsJsonLines(events);
    QSaveFile out(file);
    if (out.open(QIODevice::WriteOnly) && out.write(text) == text.size() && out.commit())
        Q_EMIT messageShown(tr("%n event(s) written to %1", nullptr, static_cast<int>(events.size())).arg(file));
    else
        Q_EMIT messageShown(tr("The events could not be written to %1 (%2); choose a folder that can be written to.")
                                .arg(file, out.errorString()));
}

void EventsPage::retranslate()
{
    setWindowTitle(tr("Events"));
    m_search->setPlaceholderText(tr("Find in events: words of a key, a reason, an error"));
    m_search->setAccessibleName(tr("Find in events"));
    m_view->setAccessibleName(tr("Events, the newest at the end"));
    m_details->setAccessibleName(tr("The chosen event as it was written down"));
    m_clear->setText(tr("Show all"));
    m_acknowledge->setText(tr("&Acknowledge"));
    m_acknowledge->setToolTip(tr("Nothing more is said of this alert until it is over"));
    m_toChart->setText(tr("Show on &charts"));
    m_copy->setText(tr("C&opy"));
    m_export->setText(tr("E&xport…"));
    m_export->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)); // a new text takes it away
    m_export->setToolTip(tr("The chosen events, or all that are shown, as JSON lines or CSV (Ctrl+Shift+E)"));
    m_model.retranslate();
    showDetails();
}

void EventsPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::FontChange)
        sizeColumns();
}

} // namespace insitecache
