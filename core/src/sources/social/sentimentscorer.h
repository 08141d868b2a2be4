// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>

#include "sources/social/sentimentlexicon.h"

namespace insitecache {

/// How a text feels, from −1 to +1, by the rules of VADER: C.J. Hutto and E. Gilbert, "VADER: A Parsimonious
/// Rule-based Model for Sentiment Analysis of Social Media Text", ICWSM 2014. Each word or phrase of the lexicon brings
/// its valence, then
///  - one of the three terms before it may turn it (negation, × −0.74) or strengthen or weaken it (± 0.293, and 5 %
///    or 10 % less from further away);
///  - a word in capitals among words that are not gains 0.733;
///  - "but" halves what stands before it and counts what follows one and a half times;
///  - each of up to four exclamation marks adds 0.292 to the sum, several question marks up to 0.96;
///  - the sum s becomes s / √(s² + 15).
/// Added here: only the nearest negation turns a word; phrases; numbers say nothing; emoji, of which each kind counts
/// three times at most; Korean stems with 안/못 before and -지 않다/못하다 after the word; and a text longer than 280
/// characters is the mean of its units, as the sum would only tell how long it is. It knows no irony. Immutable: any
/// thread.
class SentimentScorer {
public:
    explicit SentimentScorer(const SentimentLexicon &lexicon = SentimentLexicon::builtIn());

    double score(const QString &text) const;

private:
    struct Term {
        QString text;
        double valence = 0;
        Modifier modifier = Modifier::None;
        bool caps = false, emoji = false;
    };
    using Terms = std::vector<Term>;

    double unitScore(const QString &unit) const;
    Terms termsOf(const QString &unit) const;
    static double valenceAt(const Terms &terms, std::size_t at, bool capsStandOut);
    static double modified(double valence, const Terms &terms, std::size_t at, std::size_t distance, bool capsStandOut);

    const SentimentLexicon &m_lexicon;
};

} // namespace insitecache
