// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pathview.h"

#include <QClipboard>
#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "formatting/format.h"
#include "models/lookuppath.h"
#include "theme/fonts.h"
#include "widgets/stepbar.h"

namespace insitecache {

namespace {

QString pathNumber(std::size_t step)
{
    return QString(QChar(char16_t(u'①' + step)));
}

QString pathTier(std::size_t step)
{
    const auto stage = static_cast<Stage>(step);
    return QStringLiteral("%1 %2 %3").arg(pathNumber(step), inkMarker(inkOf(stage)), format::stage(stage));
}

} // namespace

PathView::PathView(QWidget *parent) :
    QGroupBox(parent), m_axis(new QLabel(this)), m_stored(new QLabel(this)), m_total(new QLabel(this)),
    m_statusLabel(new QLabel(this)), m_status(new QLineEdit(this)), m_copy(new QPushButton(this))
{
    setObjectName(QStringLiteral("pathView"));
    m_stored->setObjectName(QStringLiteral("pathStored"));
    m_total->setObjectName(QStringLiteral("pathTotal"));
    m_status->setObjectName(QStringLiteral("cacheStatus"));
    m_status->setReadOnly(true);
    m_status->setFont(monospaceFont());
    m_statusLabel->setBuddy(m_status);
    for (QLabel *label : {m_axis, m_stored, m_total}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_axis->setForegroundRole(QPalette::PlaceholderText);
    m_axis->setAlignment(Qt::AlignRight);
    auto *column = new QVBoxLayout(this);
    buildRows();
    column->addWidget(m_stored);
    column->addWidget(m_total);
    auto *status = new QHBoxLayout;
    status->addWidget(m_statusLabel);
    status->addWidget(m_status, 1);
    status->addWidget(m_copy);
    column->addLayout(status);
    connect(m_copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(QStringLiteral("Cache-Status: ") + m_status->text()); });
    retranslate();
}

void PathView::buildRows()
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(10);
    grid->setColumnStretch(3, 1);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        Row &row = m_rows[i];
        const auto stage = static_cast<Stage>(i);
        row.tier = new QLabel(pathTier(i), this);
        row.outcome = new QLabel(this);
        row.took = new QLabel(this);
        row.bar = new StepBar(inkOf(stage), this);
        row.note = new QLabel(this);
        row.outcome->setObjectName(QStringLiteral("pathOutcome%1").arg(i + 1));
        row.note->setObjectName(QStringLiteral("pathNote%1").arg(i + 1));
        row.took->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        row.took->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("<0.01 ms ")));
        row.note->setWordWrap(true);
        row.note->setForegroundRole(QPalette::PlaceholderText);
        const int line = static_cast<int>(i) * 2;
        int column = 0;
        for (QLabel *label : {row.tier, row.outcome, row.took}) {
            label->setTextFormat(Qt::PlainText);
            grid->addWidget(label, line, column++);
        }
        row.note->setTextFormat(Qt::PlainText);
        grid->addWidget(row.bar, line, 3);
        grid->addWidget(row.note, line + 1, 1, 1, 3);
    }
    grid->addWidget(m_axis, static_cast<int>(m_rows.size()) * 2, 3);
    static_cast<QVBoxLayout *>(layout())->addLayout(grid);
}

void PathView::showLookup(const Lookup &lookup)
{
    m_lookup = lookup;
    showSteps();
}

void PathView::showNothing()
{
    m_lookup.reset();
    showSteps();
}

void PathView::showSteps()
{
    const Lookup lookup = m_lookup.value_or(Lookup{});
    const auto path = pathOf(lookup);
    const double span = std::max(pathSpanMs(lookup), 1e-6);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const PathStep &step = path[i];
        Row &row = m_rows[i];
        const QString sign = step.failed ? QStringLiteral("✖ ") : step.answered ? QStringLiteral("✔ ") : QString();
        row.outcome->setText(m_lookup ? sign + step.outcome : QStringLiteral("–"));
        QFont font = row.outcome->font();
        font.setBold(step.answered);
        row.outcome->setFont(font);
        row.took->setText(step.asked ? format::millis(step.tookMs) : QString());
        row.bar->setSpan(step.startMs / span, step.asked ? step.tookMs / span : -1);
        row.note->setText(step.note);
        row.note->setVisible(!step.note.isEmpty());
        for (QLabel *label : {row.tier, row.outcome, row.took})
            label->setForegroundRole(step.asked ? QPalette::WindowText : QPalette::PlaceholderText);
        row.bar->setAccessibleName(stepSentence(step));
    }
    const QString stored = storedText(lookup);
    m_axis->setText(m_lookup ? QStringLiteral("0 – %1").arg(format::millis(span)) : QString());
    m_stored->setText(QStringLiteral("↑ ") + stored);
    m_stored->setVisible(!stored.isEmpty());
    m_total->setText(m_lookup ? totalText(lookup) : tr("Look something up to see the way it takes."));
    m_status->setText(m_lookup ? QString::fromStdString(lookup.cacheStatus()) : QString());
    m_status->setCursorPosition(0);
    m_copy->setEnabled(m_lookup.has_value());
}

void PathView::retranslate()
{
    setTitle(tr("Where it came from"));
    m_statusLabel->setText(QStringLiteral("Cache-Status:"));
    m_status->setAccessibleName(tr("Cache-Status, as RFC 9211 writes it"));
    m_copy->setText(tr("Cop&y"));
    m_copy->setToolTip(tr("Copy the Cache-Status line"));
    showSteps();
}

void PathView::changeEvent(QEvent *event)
{
    QGroupBox::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
