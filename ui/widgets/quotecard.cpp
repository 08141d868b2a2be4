// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/quotecard.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>

#include "formatting/format.h"
#include "theme/language.h"
#include "theme/theme.h"

namespace insitecache {

namespace {

int priceDecimals(const QString &currency)
{
    return currency == QLatin1String("KRW") || currency == QLatin1String("JPY") ? 0 : 2;
}

QString signedNumber(double value, int decimals)
{
    const QString text = QLocale().toString(std::abs(value), 'f', decimals);
    return (value > 0 ? QStringLiteral("+") : value < 0 ? QStringLiteral("−") : QString()) + text;
}

/// In Korea a rise is red and a fall is blue; elsewhere green and red. The sign and the triangle say it too.
QColor changeColour(double change)
{
    const bool dark = isDarkTheme();
    const QColor red = dark ? QColor(0xff, 0x8a, 0x80) : QColor(0xc6, 0x28, 0x28);
    const QColor blue = dark ? QColor(0x8a, 0xb8, 0xff) : QColor(0x15, 0x5f, 0xd0);
    const QColor green = dark ? QColor(0x62, 0xd2, 0x96) : QColor(0x1b, 0x7a, 0x43);
    if (shownLanguage() == Language::Korean)
        return change > 0 ? red : blue;
    return change > 0 ? green : red;
}

QFont scaledFont(const QFont &font, double factor)
{
    QFont scaled = font;
    scaled.setPointSizeF(font.pointSizeF() * factor);
    scaled.setBold(true);
    return scaled;
}

} // namespace

QuoteCard::QuoteCard(QWidget *parent) :
    QWidget(parent), m_name(new QLabel(this)), m_price(new QLabel(this)), m_change(new QLabel(this)),
    m_facts(new QLabel(this)), m_disclaimer(new QLabel(this))
{
    m_price->setObjectName(QStringLiteral("quotePrice"));
    m_change->setObjectName(QStringLiteral("quoteChange"));
    m_name->setObjectName(QStringLiteral("quoteName"));
    m_price->setFont(scaledFont(font(), 2.4));
    m_change->setFont(scaledFont(font(), 1.3));
    m_name->setFont(scaledFont(font(), 1.1));
    for (QLabel *label : {m_name, m_price, m_change, m_facts, m_disclaimer}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    for (QLabel *label : {m_name, m_facts, m_disclaimer})
        label->setWordWrap(true);
    m_disclaimer->setForegroundRole(QPalette::PlaceholderText);
    auto *prices = new QHBoxLayout;
    prices->addWidget(m_price);
    prices->addWidget(m_change, 0, Qt::AlignBottom);
    prices->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(4, 4, 4, 4);
    column->addWidget(m_name);
    column->addLayout(prices);
    column->addWidget(m_facts);
    column->addWidget(m_disclaimer);
    column->addStretch(1);
}

void QuoteCard::show(const Quote &quote)
{
    m_quote = quote;
    m_name->setText(quote.name.isEmpty() ? quote.symbol : QStringLiteral("%1   %2").arg(quote.symbol, quote.name));
    m_price->setText(quote.price ? QStringLiteral("%1 %2").arg(
                         QLocale().toString(*quote.price, 'f', priceDecimals(quote.currency)), quote.currency)
                                 : tr("no price"));
    showChange();
    showFacts();
}

void QuoteCard::showChange()
{
    m_change->setVisible(m_quote.change.has_value());
    if (!m_quote.change)
        return;
    const double change = *m_quote.change;
    const QString arrow = change > 0 ? QStringLiteral("▲") : change < 0 ? QStringLiteral("▼") : QStringLiteral("―");
    QString text = QStringLiteral("%1 %2").arg(arrow, signedNumber(change, priceDecimals(m_quote.currency)));
    if (m_quote.changePercent)
        text += QStringLiteral(" (%1%)").arg(signedNumber(*m_quote.changePercent, 2));
    m_change->setText(text);
    QPalette colours = palette();
    if (change != 0)
        colours.setColor(QPalette::WindowText, changeColour(change));
    m_change->setPalette(colours);
}

void QuoteCard::showFacts()
{
    QStringList facts;
    const QString &state = m_quote.marketState;
    if (!state.isEmpty())
        facts += state.startsWith(QLatin1String("PRE"))  ? tr("before the market opens")
            : state.startsWith(QLatin1String("REGULAR")) ? tr("market open")
            : state.startsWith(QLatin1String("POST"))    ? tr("after hours")
            : state.startsWith(QLatin1String("CLOSED"))  ? tr("market closed")
                                                         : state;
    if (!m_quote.exchange.isEmpty())
        facts += m_quote.exchange;
    if (m_quote.previousClose)
        facts += tr("previous close %1")
                     .arg(QLocale().toString(*m_quote.previousClose, 'f', priceDecimals(m_quote.currency)));
    if (m_quote.time)
        facts += tr("as of %1").arg(format::timeOfDay(WallTime(Millis(m_quote.time->toMSecsSinceEpoch()))));
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    m_disclaimer->setText(m_quote.delayMinutes && *m_quote.delayMinutes > 0
            ? tr("Delayed by %n minute(s), for information only. Source: %1", nullptr, *m_quote.delayMinutes)
                  .arg(m_quote.source)
            : tr("For information only. Source: %1").arg(m_quote.source));
}

void QuoteCard::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::LanguageChange)
        show(Quote(m_quote));
}

} // namespace insitecache
