// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/resultcard.h"

#include <QCborValue>
#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

#include <insitecache/sources/values.h>

#include "formatting/format.h"
#include "widgets/matchescard.h"
#include "widgets/quotecard.h"
#include "widgets/sentimentcard.h"

namespace insitecache {

ResultCard::ResultCard(QWidget *parent) :
    QWidget(parent), m_notice(new QLabel(this)), m_message(new QLabel(this)), m_quote(new QuoteCard(this)),
    m_matches(new MatchesCard(this)), m_sentiment(new SentimentCard(this)), m_stack(new QStackedWidget(this))
{
    m_notice->setObjectName(QStringLiteral("resultNotice"));
    m_message->setObjectName(QStringLiteral("resultMessage"));
    for (QLabel *label : {m_notice, m_message}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_message->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_message->setContentsMargins(4, 8, 4, 8);
    for (QWidget *card : {static_cast<QWidget *>(m_message), static_cast<QWidget *>(m_quote),
             static_cast<QWidget *>(m_matches), static_cast<QWidget *>(m_sentiment)})
        m_stack->addWidget(card);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_notice);
    column->addWidget(m_stack, 1);
    connect(m_matches, &MatchesCard::symbolChosen, this, &ResultCard::symbolChosen);
    showHint();
}

void ResultCard::showLookup(const Lookup &lookup)
{
    m_lookup = lookup;
    showNotice(lookup);
    if (lookup.negative)
        return showNegative(lookup);
    if (!lookup.entry) {
        const QString cause
            = lookup.error ? format::error(*lookup.error) : tr("There is no answer, and no reason given.");
        m_message->setText(QStringLiteral("✖ ") + cause);
        return m_stack->setCurrentWidget(m_message);
    }
    if (!showValue(lookup)) {
        m_message->setText(tr("The value of %1 is shown below.").arg(QString::fromStdString(lookup.key.text())));
        m_stack->setCurrentWidget(m_message);
    }
}

bool ResultCard::showValue(const Lookup &lookup)
{
    const std::string_view payload = lookup.entry->payload();
    const QCborValue value
        = QCborValue::fromCbor(QByteArray::fromRawData(payload.data(), static_cast<qsizetype>(payload.size())));
    const auto show = [this](QWidget *card, const auto &decoded, auto fill) {
        if (!decoded) {
            m_message->setText(QStringLiteral("✖ ") + format::error(decoded.error()));
            m_stack->setCurrentWidget(m_message);
        } else {
            fill(*decoded);
            m_stack->setCurrentWidget(card);
        }
        return true;
    };
    const std::string_view type = lookup.key.type();
    if (type == "stock")
        return show(m_quote, Quote::fromCbor(value), [this](const Quote &quote) { m_quote->show(quote); });
    if (type == "search")
        return show(m_matches, SearchResult::fromCbor(value), [this](const SearchResult &r) { m_matches->show(r); });
    if (type == "trending")
        return show(m_matches, Trending::fromCbor(value), [this](const Trending &r) { m_matches->show(r); });
    if (type == "sentiment")
        return show(m_sentiment, Sentiment::fromCbor(value), [this](const Sentiment &s) { m_sentiment->show(s); });
    return false;
}

void ResultCard::showNegative(const Lookup &lookup)
{
    m_message->setText(
        tr("There is no %1. The source said so %2; this is believed for a short while, then asked again.\n"
           "Check the spelling, or search for the name.")
            .arg(QString::fromStdString(lookup.key.text()),
                format::ago(std::chrono::duration_cast<Millis>(lookup.age))));
    m_stack->setCurrentWidget(m_message);
}

// A stale answer is an answer, but it never passes for a fresh one.
void ResultCard::showNotice(const Lookup &lookup)
{
    m_notice->setVisible(lookup.stale);
    if (!lookup.stale)
        return;
    const QString age = format::ago(std::chrono::duration_cast<Millis>(lookup.age));
    m_notice->setText(tr("◐ Stale, fetched %1: the source failed. %2", "how long ago, cause")
                          .arg(age, lookup.error ? format::error(*lookup.error) : QString()));
}

void ResultCard::showProblem(const QString &text)
{
    m_lookup.reset();
    m_notice->hide();
    m_message->setText(QStringLiteral("✖ ") + text);
    m_stack->setCurrentWidget(m_message);
}

void ResultCard::showWaiting()
{
    m_lookup.reset();
    m_notice->hide();
    m_message->setText(tr("Looking up…"));
    m_stack->setCurrentWidget(m_message);
}

void ResultCard::showHint()
{
    m_lookup.reset();
    m_notice->hide();
    m_message->setText(tr("Type a symbol such as AAPL or 005930.KS, or the name of a company, and press Enter. "
                          "Look it up a second time and it comes from L1."));
    m_stack->setCurrentWidget(m_message);
}

void ResultCard::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    if (m_lookup)
        showLookup(Lookup(*m_lookup));
    else if (m_stack->currentWidget() == m_message)
        showHint();
}

} // namespace insitecache
