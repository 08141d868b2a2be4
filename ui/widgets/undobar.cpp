// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/undobar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>

#include "formatting/format.h"
#include "models/invalidationrules.h"
#include "models/targetwords.h"
#include "models/whendone.h"
#include "theme/glyphicon.h"

namespace insitecache {

namespace {

constexpr int countDownMs = 250;

SteadyTime undoNow()
{
    return Clock::system().now();
}

} // namespace

UndoBar::UndoBar(Monitor &monitor, QWidget *parent) :
    QFrame(parent), m_monitor(monitor), m_text(new QLabel(this)),
    m_button(new QPushButton(glyphIcon(Glyph::Undo), {}, this)), m_tick(new QTimer(this))
{
    setObjectName(QStringLiteral("undoBar"));
    m_text->setObjectName(QStringLiteral("undoText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_button->setObjectName(QStringLiteral("undoButton"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_text, 1);
    row->addWidget(m_button);
    m_tick->setInterval(countDownMs);
    connect(m_tick, &QTimer::timeout, this, &UndoBar::showState);
    connect(m_button, &QPushButton::clicked, this, &UndoBar::undo);
    hide();
}

void UndoBar::offer(const Invalidation &wish, const InvalidationResult &result)
{
    m_outcome.clear();
    if (result.undo)
        m_offers.add(result.undo, targetWords(wish.which), result.deleted, undoNow());
    showState();
}

void UndoBar::undo()
{
    const UndoOffers::Offer *offer = m_offers.newest(undoNow());
    if (!offer || m_busy)
        return;
    m_busy = true;
    const auto id = offer->id;
    whenDone(
        m_monitor.undo(id), this, [this, id](const Result<UndoResult> &result) { finished(id, result); },
        [this] { m_busy = false; });
    showState();
}

void UndoBar::finished(std::uint64_t id, const Result<UndoResult> &result)
{
    m_busy = false;
    m_offers.drop(id);
    m_outcome = result ? undoOutcome(*result) : QStringLiteral("✖ ") + format::error(result.error());
    showState();
    Q_EMIT messageShown(m_outcome);
    Q_EMIT undone();
}

void UndoBar::showState()
{
    const UndoOffers::Offer *offer = m_offers.newest(undoNow());
    const int left = offer ? offer->secondsLeft(undoNow()) : 0;
    if (offer)
        m_tick->start();
    else
        m_tick->stop();
    QStringList lines;
    if (!m_outcome.isEmpty())
        lines += m_outcome;
    if (offer)
        lines += tr("%1: %n key(s) can be restored", "target", pluralOf(offer->keys)).arg(offer->what);
    m_text->setText(lines.join(QLatin1Char('\n')));
    m_button->setText(tr("Undo (%1 s)").arg(left));
    m_button->setToolTip(tr("Puts back what is not newer meanwhile, with the expiry it had (Ctrl+Z)"));
    m_button->setVisible(offer);
    m_button->setEnabled(!m_busy);
    setVisible(!lines.isEmpty());
    Q_EMIT offered(m_busy ? 0 : left);
}

void UndoBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        showState();
}

} // namespace insitecache
