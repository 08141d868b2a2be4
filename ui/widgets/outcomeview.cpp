// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/outcomeview.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "formatting/format.h"
#include "models/invalidationrules.h"
#include "models/targetwords.h"
#include "theme/glyphicon.h"

namespace insitecache {

OutcomeView::OutcomeView(QWidget *parent) :
    QFrame(parent), m_text(new QLabel(this)), m_retry(new QPushButton(glyphIcon(Glyph::Refresh), {}, this))
{
    m_text->setObjectName(QStringLiteral("invalidationResult"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_retry->setObjectName(QStringLiteral("retryButton"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_text);
    column->addWidget(m_retry, 0, Qt::AlignLeft);
    connect(m_retry, &QPushButton::clicked, this, [this] {
        Invalidation rest = m_wish;
        std::fill(std::begin(rest.tiers), std::end(rest.tiers), false);
        for (const auto &failure : m_result->partial)
            rest.tiers[static_cast<int>(failure.stage)] = true;
        Q_EMIT retryAsked(rest);
    });
    hide();
}

void OutcomeView::showOutcome(const Invalidation &wish, const InvalidationResult &result)
{
    m_wish = wish;
    m_result = result;
    retranslate();
    show();
}

void OutcomeView::retranslate()
{
    if (!m_result)
        return;
    const bool partial = !m_result->partial.empty();
    QStringList lines;
    const QString outcome = invalidationOutcome(*m_result, m_wish.expire);
    lines += partial ? QStringLiteral("▲ ") + tr("Only in part: %1", "outcome").arg(outcome)
                     : QStringLiteral("✔ ") + outcome;
    lines += m_result->everything
        ? tr("Target: all keys, because too many depend on %1 to name them", "target").arg(targetWords(m_wish.which))
        : tr("Target: %1").arg(targetWords(m_wish));
    lines += tierCounts(m_result->deletedByTier, m_wish.tiers);
    for (const auto &failure : m_result->partial)
        lines += unreachedTier(failure);
    m_text->setText(lines.join(QLatin1Char('\n')));
    m_text->setAccessibleName(tr("Result of the invalidation"));
    m_retry->setText(tr("Try again"));
    m_retry->setToolTip(tr("Invalidate once more where it was not done"));
    m_retry->setVisible(partial);
}

void OutcomeView::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
