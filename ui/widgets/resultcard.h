// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QStackedWidget>

#include <insitecache/cache/lookup.h>

class QLabel;

namespace insitecache {

class MatchesCard;
class QuoteCard;
class SentimentCard;

/// What a lookup found, for people: a quote, matches, a score, a ranking; or why there is nothing, and what to do.
/// Never empty.
class ResultCard : public QWidget {
    Q_OBJECT

public:
    explicit ResultCard(QWidget *parent = nullptr);

    void showLookup(const Lookup &lookup);
    void showProblem(const QString &text);
    void showWaiting();
    void showHint();

Q_SIGNALS:
    /// A match or a ranked symbol was chosen.
    void symbolChosen(const QString &symbol);

protected:
    void changeEvent(QEvent *event) override;

private:
    bool showValue(const Lookup &lookup);
    void showNotice(const Lookup &lookup);
    void showNegative(const Lookup &lookup);

    QLabel *m_notice;
    QLabel *m_message;
    QuoteCard *m_quote;
    MatchesCard *m_matches;
    SentimentCard *m_sentiment;
    QStackedWidget *m_stack;
    std::optional<Lookup> m_lookup;
};

} // namespace insitecache
