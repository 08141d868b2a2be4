// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/social/sentimentscorer.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "sources/social/sentimenttokens.h"

namespace insitecache {

namespace {

// The constants of the paper and of its reference implementation.
constexpr double boosterStep = 0.293;
constexpr double capsStep = 0.733;
constexpr double negationFactor = -0.74;
constexpr double neverSoFactor = 1.25;
constexpr double beforeBut = 0.5;
constexpr double afterBut = 1.5;
constexpr double exclamationStep = 0.292;
constexpr double questionStep = 0.18;
constexpr double manyQuestions = 0.96;
constexpr double normalisation = 15;
constexpr double fading[] = {1.0, 0.95, 0.9};
constexpr int emojiLimit = 3;

bool isContrast(const QString &term)
{
    return term == QStringLiteral("but") || term == QStringLiteral("however") || term == QStringLiteral("하지만")
        || term == QStringLiteral("그러나");
}

double punctuationEmphasis(const QString &unit)
{
    const auto exclamations = std::min<qsizetype>(unit.count(u'!'), 4);
    const qsizetype questions = unit.count(u'?');
    const double asked = questions < 2 ? 0
        : questions > 3                ? manyQuestions
                                       : static_cast<double>(questions) * questionStep;
    return static_cast<double>(exclamations) * exclamationStep + asked;
}

/// Slang has numbers that mean something ("187"), the market has prices.
bool isNumber(const QString &term)
{
    return !term.isEmpty() && std::all_of(term.begin(), term.end(), [](QChar c) { return c.isDigit(); });
}

/// "좋지 않다", "오르지 못했다", and the same written together.
bool isTurnedAfterwards(const QString &term, const QString &next)
{
    if (term.isEmpty() || !isHangul(term.front()))
        return false;
    if (term.contains(QStringLiteral("지않")) || term.contains(QStringLiteral("지못")))
        return true;
    return term.endsWith(u'지') && (next.startsWith(u'않') || next.startsWith(u'못'));
}

} // namespace

SentimentScorer::SentimentScorer(const SentimentLexicon &lexicon) : m_lexicon(lexicon) {}

double SentimentScorer::score(const QString &text) const
{
    const QStringList units = sentimentUnits(text);
    double sum = 0;
    for (const QString &unit : units)
        sum += unitScore(unit);
    return sum / static_cast<double>(units.size());
}

SentimentScorer::Terms SentimentScorer::termsOf(const QString &unit) const
{
    const std::vector<SentimentToken> tokens = sentimentTokens(unit, m_lexicon);
    Terms terms;
    for (std::size_t at = 0; at < tokens.size();) {
        const std::size_t longest
            = std::min(tokens.size() - at, static_cast<std::size_t>(m_lexicon.longestPhrase(tokens[at].word)));
        for (std::size_t length = longest; length > 0; --length) {
            Term term{tokens[at].word, 0, Modifier::None, tokens[at].caps, tokens[at].emoji};
            for (std::size_t i = at + 1; i < at + length; ++i)
                term.text += u' ' + tokens[i].word;
            const auto valence = isNumber(term.text) ? std::nullopt : m_lexicon.valence(term.text);
            term.modifier = m_lexicon.modifier(term.text);
            if (length > 1 && !valence && term.modifier == Modifier::None)
                continue;
            term.valence = term.modifier == Modifier::None ? valence.value_or(0) : 0;
            terms.push_back(std::move(term));
            at += length;
            break;
        }
    }
    return terms;
}

double SentimentScorer::modified(
    double valence, const Terms &terms, std::size_t at, std::size_t distance, bool capsStandOut)
{
    const Term &before = terms[at - distance];
    if (before.modifier == Modifier::None)
        return valence;
    if (before.modifier == Modifier::Negation) {
        const QString &after = terms[at - distance + 1].text;
        const bool neverSo = before.text == QStringLiteral("never") && distance > 1
            && (after == QStringLiteral("so") || after == QStringLiteral("this"));
        return valence * (neverSo ? neverSoFactor : negationFactor);
    }
    double step = boosterStep + (before.caps && capsStandOut ? capsStep : 0);
    if (before.modifier == Modifier::Dampener)
        step = -step;
    return valence + std::copysign(1.0, valence) * step * fading[distance - 1];
}

double SentimentScorer::valenceAt(const Terms &terms, std::size_t at, bool capsStandOut)
{
    const Term &term = terms[at];
    double valence = term.valence;
    if (valence == 0)
        return 0;
    if (term.caps && capsStandOut)
        valence += std::copysign(capsStep, valence);
    for (std::size_t distance = 1; distance <= std::min<std::size_t>(3, at); ++distance) {
        valence = modified(valence, terms, at, distance, capsStandOut);
        // "No growth, no profits": the nearer one is this word's, the farther one belongs to another.
        if (terms[at - distance].modifier == Modifier::Negation)
            break;
    }
    if (isTurnedAfterwards(term.text, at + 1 < terms.size() ? terms[at + 1].text : QString()))
        valence *= negationFactor;
    return valence;
}

double SentimentScorer::unitScore(const QString &unit) const
{
    const Terms terms = termsOf(unit);
    const auto capitals = std::count_if(terms.begin(), terms.end(), [](const Term &term) { return term.caps; });
    const auto words = std::count_if(terms.begin(), terms.end(),
        [](const Term &term) { return !term.emoji && !term.text.isEmpty() && term.text.front().isLetter(); });
    const bool capsStandOut = capitals > 0 && capitals < words;
    const auto but = static_cast<std::size_t>(std::find_if(terms.begin(), terms.end(), [](const Term &term) {
        return isContrast(term.text);
    }) - terms.begin());
    std::map<QString, int> emoji;
    double sum = 0;
    for (std::size_t at = 0; at < terms.size(); ++at) {
        if (terms[at].emoji && ++emoji[terms[at].text] > emojiLimit)
            continue;
        const double weight = but == terms.size() ? 1 : at < but ? beforeBut : afterBut;
        sum += weight * valenceAt(terms, at, capsStandOut);
    }
    if (sum != 0)
        sum += std::copysign(punctuationEmphasis(unit), sum);
    return sum / std::sqrt(sum * sum + normalisation);
}

} // namespace insitecache
