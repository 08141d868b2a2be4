// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/invalidationpanel.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <utility>

#include "formatting/format.h"
#include "models/invalidationrules.h"
#include "models/targetwords.h"
#include "models/whendone.h"
#include "theme/glyphicon.h"
#include "widgets/duechooser.h"
#include "widgets/historyview.h"
#include "widgets/invalidationform.h"
#include "widgets/invalidationorder.h"
#include "widgets/outcomeview.h"
#include "widgets/panelscroll.h"
#include "widgets/previewview.h"
#include "widgets/scheduledview.h"
#include "widgets/undobar.h"

namespace insitecache {

namespace {

constexpr int previewAfterMs = 300;

} // namespace

InvalidationPanel::InvalidationPanel(Monitor &monitor, QWidget *parent) :
    QWidget(parent), m_monitor(monitor), m_order(new InvalidationOrder(monitor, this)), m_tabs(new QTabWidget(this)),
    m_form(new InvalidationForm(monitor.policies(), this)), m_previewView(new PreviewView(this)),
    m_readOnly(new QLabel(this)), m_outcome(new OutcomeView(this)), m_undo(new UndoBar(monitor, this)),
    m_button(new QPushButton(glyphIcon(Glyph::Invalidate), {}, this)), m_scheduled(new ScheduledView(monitor, this)),
    m_history(new HistoryView(this)), m_typed(new QTimer(this))
{
    setObjectName(QStringLiteral("invalidationPanel"));
    m_typed->setSingleShot(true);
    m_typed->setInterval(previewAfterMs);
    build();
    connectParts();
    followTab();
    retranslate();
}

void InvalidationPanel::build()
{
    m_tabs->setObjectName(QStringLiteral("invalidationTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(buildNew(), {});
    m_tabs->addTab(m_scheduled, {});
    m_tabs->addTab(m_history, {});
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_tabs);
}

QWidget *InvalidationPanel::buildNew()
{
    m_button->setObjectName(QStringLiteral("invalidateButton"));
    m_readOnly->setTextFormat(Qt::PlainText);
    m_readOnly->setWordWrap(true);
    m_readOnly->setVisible(m_monitor.isReadOnly());
    auto *inside = new QWidget(this);
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(m_form);
    column->addWidget(m_previewView, 1);
    auto *page = new QWidget(this);
    auto *whole = new QVBoxLayout(page);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(makePanelScroll(inside, page), 1);
    auto *bottom = new QVBoxLayout;
    bottom->setContentsMargins(8, 0, 8, 8);
    for (QWidget *part : std::initializer_list<QWidget *>{m_readOnly, m_outcome, m_undo, m_button})
        bottom->addWidget(part);
    whole->addLayout(bottom);
    return page;
}

void InvalidationPanel::connectParts()
{
    connect(m_form, &InvalidationForm::changed, this, &InvalidationPanel::formChanged);
    connect(m_typed, &QTimer::timeout, this, &InvalidationPanel::count);
    connect(m_button, &QPushButton::clicked, this, &InvalidationPanel::commit);
    connect(m_order, &InvalidationOrder::busyChanged, this, &InvalidationPanel::busyChanged);
    connect(m_order, &InvalidationOrder::counted, this, &InvalidationPanel::counted);
    connect(m_order, &InvalidationOrder::finished, this, &InvalidationPanel::finished);
    connect(m_order, &InvalidationOrder::scheduled, this, &InvalidationPanel::scheduled);
    connect(m_order, &InvalidationOrder::notScheduled, this, [this](const Error &error) {
        m_previewView->showProblem(format::error(error));
        Q_EMIT messageShown(QStringLiteral("✖ ") + format::error(error));
    });
    connect(m_scheduled, &ScheduledView::messageShown, this, &InvalidationPanel::messageShown);
    connect(m_scheduled, &ScheduledView::countChanged, this, [this](int count) {
        m_scheduledCount = count;
        showTabs();
    });
    connect(m_outcome, &OutcomeView::retryAsked, m_order, &InvalidationOrder::carryOut);
    connect(m_undo, &UndoBar::offered, this, &InvalidationPanel::undoOffered);
    connect(m_undo, &UndoBar::messageShown, this, &InvalidationPanel::messageShown);
    connect(m_undo, &UndoBar::undone, this, [this] {
        m_outcome->hide();
        Q_EMIT invalidated();
        count();
    });
    connect(m_tabs, &QTabWidget::currentChanged, this, &InvalidationPanel::followTab);
    connect(m_history, &HistoryView::fillAsked, this, &InvalidationPanel::fill);
}

void InvalidationPanel::setProfile(ProfileBadge::Kind kind, const QString &name)
{
    m_order->setProfile(kind, name);
}

bool InvalidationPanel::showHistory(WallTime time)
{
    if (!m_history->choose(time))
        return false;
    m_tabs->setCurrentWidget(m_history);
    return true;
}

void InvalidationPanel::undo()
{
    m_undo->undo();
}

void InvalidationPanel::setTarget(const Selector &which, bool atOnce)
{
    m_tabs->setCurrentIndex(0);
    m_form->setTarget(which);
    formChanged();
    m_typed->stop();
    m_atOnce = atOnce;
    count();
}

void InvalidationPanel::fill(const Invalidation &wish)
{
    m_form->setWish(wish);
    setTarget(wish.which);
    m_form->setFocus(Qt::OtherFocusReason);
}

void InvalidationPanel::formChanged()
{
    ++m_asked;
    m_atOnce = false;
    m_preview.reset();
    m_outcome->hide();
    const auto wish = m_form->invalidation();
    if (wish) {
        m_previewView->showCounting();
        m_typed->start();
    } else {
        m_previewView->showProblem(wish.error());
        m_typed->stop();
    }
    showButton();
}

void InvalidationPanel::count()
{
    const auto wish = m_form->invalidation();
    if (!wish)
        return;
    const int asked = ++m_asked;
    whenDone(
        m_monitor.preview(*wish), this,
        [this, asked, wish = *wish](const InvalidationPreview &preview) {
            // What was typed meanwhile is counted by a later answer.
            if (asked != m_asked)
                return;
            counted(wish, preview);
            if (std::exchange(m_atOnce, false) && wish.dependents && isHarmless(preview) && m_button->isEnabled())
                commit();
        },
        [] {});
}

void InvalidationPanel::counted(const Invalidation &wish, const InvalidationPreview &preview)
{
    m_preview = preview;
    m_previewView->showPreview(preview, wish);
    showButton();
}

void InvalidationPanel::commit()
{
    const auto wish = m_form->invalidation();
    const auto due = m_form->due().due(Clock::system().wall());
    if (!wish || !m_preview)
        return;
    if (!due)
        return formChanged(); // its time has passed meanwhile
    if (!*due)
        return m_order->give(*wish, m_preview->keys);
    Invalidation later = *wish;
    later.undoable = false;
    m_order->giveLater(later, **due);
}

void InvalidationPanel::scheduled(const ScheduledInvalidation &later)
{
    m_scheduled->refresh();
    Q_EMIT messageShown(
        tr("Scheduled for %1: %2", "time, target").arg(format::timeOfDay(later.due), targetWords(later.what)));
    m_form->chooseNow();
    m_tabs->setCurrentWidget(m_scheduled);
}

// A form that is disabled loses the keyboard to whatever comes next. It gets it back unless somebody took it there.
void InvalidationPanel::busyChanged()
{
    const bool hadFocus = m_form->isEnabled() && m_form->isAncestorOf(window()->focusWidget());
    m_form->setEnabled(!m_order->isBusy());
    if (hadFocus) {
        m_parkedFocus = window()->focusWidget();
        m_parked = !m_form->isEnabled();
    } else if (m_form->isEnabled() && std::exchange(m_parked, false) && window()->focusWidget() == m_parkedFocus) {
        m_form->setFocus(Qt::OtherFocusReason);
    }
    showButton();
}

void InvalidationPanel::finished(const Invalidation &wish, const InvalidationResult &result)
{
    m_outcome->showOutcome(wish, result);
    m_undo->offer(wish, result);
    m_history->add(wish, result, Clock::system().wall());
    Q_EMIT messageShown(
        tr("Invalidated %1: %2", "target, outcome").arg(targetWords(wish), invalidationOutcome(result, wish.expire)));
    Q_EMIT invalidated();
    count();
}

void InvalidationPanel::showButton()
{
    const auto wish = m_form->invalidation();
    const QString later = m_form->due().words();
    // What is not there now may be there then.
    const bool any = m_preview && (m_preview->keys > 0 || !later.isEmpty());
    m_button->setEnabled(wish && any && !m_order->isBusy() && !m_monitor.isReadOnly());
    if (m_order->isBusy())
        m_button->setText(tr("Invalidating…"));
    else if (!later.isEmpty())
        m_button->setText(later);
    else if (wish && any)
        m_button->setText(invalidationVerb(wish->expire, m_preview->keys));
    else
        m_button->setText(m_preview ? tr("No key to invalidate") : tr("Invalidate"));
}

// Whoever gives the panel the keyboard means what is in sight.
void InvalidationPanel::followTab()
{
    QWidget *const parts[] = {m_form, m_scheduled, m_history};
    setFocusProxy(parts[m_tabs->currentIndex()]);
}

void InvalidationPanel::showTabs()
{
    m_tabs->setTabText(0, tr("New"));
    m_tabs->setTabText(1, m_scheduledCount > 0 ? tr("Scheduled (%1)").arg(m_scheduledCount) : tr("Scheduled"));
    m_tabs->setTabText(2, tr("History"));
}

void InvalidationPanel::retranslate()
{
    setWindowTitle(tr("Invalidation"));
    showTabs();
    const QString why = m_monitor.isReadOnly() ? tr("This profile is read-only: nothing can be invalidated. "
                                                    "Start without --read-only to change that.")
                                               : QString();
    m_readOnly->setText(why);
    m_button->setToolTip(why);
    m_button->setAccessibleDescription(why);
    showButton();
}

void InvalidationPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
