// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sentimentcard.h"

#include <cmath>

#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

#include "formatting/format.h"
#include "widgets/scoregauge.h"

namespace insitecache {

namespace {

// Within this the posts outweigh each other.
constexpr double mixedWithin = 0.05;

QString scoreText(double score)
{
    const QString text = QLocale().toString(std::abs(score), 'f', 2);
    return (score >= 0.005 ? QStringLiteral("+") : score <= -0.005 ? QStringLiteral("−") : QString()) + text;
}

} // namespace

SentimentCard::SentimentCard(QWidget *parent) :
    QWidget(parent), m_title(new QLabel(this)), m_score(new QLabel(this)), m_gauge(new ScoreGauge(this)),
    m_counts(new QLabel(this)), m_sources(new QLabel(this))
{
    m_score->setObjectName(QStringLiteral("sentimentScore"));
    m_sources->setObjectName(QStringLiteral("sentimentSources"));
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.8);
    large.setBold(true);
    m_score->setFont(large);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(4, 4, 4, 4);
    for (QLabel *label : {m_title, m_score, m_counts, m_sources}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    column->addWidget(m_title);
    column->addWidget(m_score);
    column->addWidget(m_gauge);
    column->addWidget(m_counts);
    column->addWidget(m_sources);
    column->addStretch(1);
}

void SentimentCard::show(const Sentiment &sentiment)
{
    const auto number = [](int n) { return format::count(static_cast<quint64>(std::max(0, n))); };
    m_title->setText(tr("What people say of %1, last %2", "symbol, span").arg(sentiment.symbol, sentiment.window));
    const QString mood = sentiment.posts == 0 ? tr("no posts")
        : sentiment.score > mixedWithin       ? tr("positive")
        : sentiment.score < -mixedWithin      ? tr("negative")
                                              : tr("mixed");
    m_score->setText(QStringLiteral("%1  %2").arg(scoreText(sentiment.score), mood));
    m_gauge->setScore(sentiment.score);
    m_gauge->setAccessibleName(m_score->text());
    m_counts->setText(tr("%1 posts: %2 positive, %3 neutral, %4 negative")
                          .arg(number(sentiment.posts), number(sentiment.positive), number(sentiment.neutral),
                              number(sentiment.negative)));
    const auto source = [&](const QString &name, const SourceSentiment &part) {
        return part.posts == 0 ? tr("%1: no posts").arg(name)
                               : tr("%1: %2 from %3 posts").arg(name, scoreText(part.score), number(part.posts));
    };
    m_sources->setText(source(QStringLiteral("Reddit"), sentiment.reddit) + QStringLiteral(" · ")
        + source(QStringLiteral("X"), sentiment.x));
}

} // namespace insitecache
