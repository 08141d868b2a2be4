// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scheduledview.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

#include "formatting/format.h"
#include "models/targetwords.h"
#include "models/whendone.h"

namespace insitecache {

namespace {

constexpr int scheduleEveryMs = 2000;
enum ScheduleColumn { ScheduleWhen, ScheduleWhat, ScheduleBy, ScheduleColumns };

} // namespace

ScheduledView::ScheduledView(Monitor &monitor, QWidget *parent) :
    QWidget(parent), m_monitor(monitor), m_text(new QLabel(this)), m_table(new QTableWidget(0, ScheduleColumns, this)),
    m_cancel(new QPushButton(this)), m_tick(new QTimer(this))
{
    m_text->setObjectName(QStringLiteral("scheduledText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_table->setObjectName(QStringLiteral("scheduledTable"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(ScheduleWhat, QHeaderView::Stretch);
    m_cancel->setObjectName(QStringLiteral("cancelScheduled"));
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_text);
    column->addWidget(m_table, 1);
    column->addWidget(m_cancel);
    setFocusProxy(m_table);
    m_tick->setInterval(scheduleEveryMs);
    connect(m_tick, &QTimer::timeout, this, &ScheduledView::refresh);
    connect(m_cancel, &QPushButton::clicked, this, &ScheduledView::cancelCurrent);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &ScheduledView::showState);
    retranslate();
}

void ScheduledView::refresh()
{
    if (m_asking)
        return;
    m_asking = true;
    whenDone(
        m_monitor.scheduled(), this,
        [this](Result<std::vector<ScheduledInvalidation>> answer) { arrived(std::move(answer)); },
        [this] { m_asking = false; });
}

void ScheduledView::arrived(Result<std::vector<ScheduledInvalidation>> answer)
{
    m_asking = false;
    m_problem = answer ? QString() : QStringLiteral("▲ ") + format::error(answer.error());
    std::vector<ScheduledInvalidation> rows = answer ? std::move(*answer) : std::vector<ScheduledInvalidation>();
    const bool same = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
        [](const auto &a, const auto &b) { return a.id == b.id; });
    m_rows = std::move(rows);
    if (same)
        showTimes();
    else
        showRows();
    showState();
    if (!same)
        Q_EMIT countChanged(static_cast<int>(m_rows.size()));
}

void ScheduledView::showRows()
{
    const int current = m_table->currentRow();
    m_table->setRowCount(static_cast<int>(m_rows.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const ScheduledInvalidation &scheduled = m_rows[static_cast<std::size_t>(row)];
        QString what = targetWords(scheduled.what);
        if (scheduled.what.expire)
            what += QStringLiteral(" · ") + tr("mark stale");
        const QString texts[] = {QString(), what, QString::fromStdString(scheduled.by)};
        for (int i = 0; i < ScheduleColumns; ++i) {
            auto *item = new QTableWidgetItem(texts[i]);
            item->setToolTip(QString::fromStdString(scheduled.what.reason).toHtmlEscaped());
            m_table->setItem(row, i, item);
        }
    }
    showTimes();
    if (m_table->rowCount() > 0)
        m_table->selectRow(std::clamp(current, 0, m_table->rowCount() - 1));
}

void ScheduledView::showTimes()
{
    const WallTime now = Clock::system().wall();
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const WallTime due = m_rows[static_cast<std::size_t>(row)].due;
        m_table->item(row, ScheduleWhen)
            ->setText(QStringLiteral("%1\n%2").arg(
                format::timeOfDay(due), due > now ? format::duration(due - now) : tr("due", "now or any moment")));
    }
}

void ScheduledView::showState()
{
    m_text->setText(m_problem.isEmpty() ? tr("Nothing is scheduled.") : m_problem);
    m_text->setVisible(m_rows.empty());
    m_table->setVisible(!m_rows.empty());
    m_cancel->setEnabled(m_table->currentRow() >= 0 && !m_rows.empty() && !m_monitor.isReadOnly());
}

void ScheduledView::cancelCurrent()
{
    const int row = m_table->currentRow();
    if (row < 0 || row >= static_cast<int>(m_rows.size()))
        return;
    const QString what = m_table->item(row, ScheduleWhat)->text();
    whenDone(
        m_monitor.cancelScheduled(m_rows[static_cast<std::size_t>(row)].id), this,
        [this, what](const Result<bool> &cancelled) {
            if (!cancelled)
                Q_EMIT messageShown(format::error(cancelled.error()));
            else
                Q_EMIT messageShown(
                    *cancelled ? tr("Cancelled: %1").arg(what) : tr("Too late, it has begun already: %1").arg(what));
            refresh();
        },
        [] {});
}

void ScheduledView::retranslate()
{
    m_table->setHorizontalHeaderLabels({tr("When"), tr("What"), tr("By")});
    m_table->setAccessibleName(tr("Scheduled invalidations, the next one first"));
    m_cancel->setText(tr("Cancel This &One"));
    m_cancel->setToolTip(tr("Del"));
    showRows();
    showState();
}

void ScheduledView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ScheduledView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
    m_tick->start();
}

void ScheduledView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_tick->stop();
}

void ScheduledView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Delete && m_cancel->isEnabled())
        return cancelCurrent();
    QWidget::keyPressEvent(event);
}

} // namespace insitecache
