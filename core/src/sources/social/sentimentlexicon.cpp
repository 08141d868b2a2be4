// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/social/sentimentlexicon.h"

#include <algorithm>

#include "base/resources.h"

namespace insitecache {

namespace {

Modifier modifierNamed(const QString &name)
{
    if (name == QStringLiteral("negation"))
        return Modifier::Negation;
    if (name == QStringLiteral("booster"))
        return Modifier::Booster;
    return name == QStringLiteral("dampener") ? Modifier::Dampener : Modifier::None;
}

} // namespace

QList<std::pair<QString, QString>> rowsOfList(const QByteArray &list)
{
    QList<std::pair<QString, QString>> rows;
    const QList<QByteArray> lines = list.split('\n');
    for (const QByteArray &line : lines) {
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        const qsizetype tab = line.lastIndexOf('\t');
        const QByteArray term = tab < 0 ? line : line.left(tab);
        rows.emplace_back(
            QString::fromUtf8(term).toLower(), tab < 0 ? QString() : QString::fromUtf8(line.mid(tab + 1)));
    }
    return rows;
}

// A later list overwrites an earlier one; within the lexicon the lower-case spelling of an emoticon comes as it may.
SentimentLexicon::SentimentLexicon(const Lists &lists)
{
    for (const QByteArray &list : {lists.words, lists.market}) {
        const auto rows = rowsOfList(list);
        for (const auto &[term, value] : rows) {
            m_valences.insert(term, value.toDouble());
            addPhrase(term);
        }
    }
    const auto stems = rowsOfList(lists.korean);
    for (const auto &[stem, value] : stems) {
        m_stems.insert(stem, value.toDouble());
        m_longestStem = std::max(m_longestStem, stem.size());
    }
    const auto modifiers = rowsOfList(lists.modifiers);
    for (const auto &[term, name] : modifiers) {
        m_modifiers.insert(term, modifierNamed(name));
        addPhrase(term);
    }
}

const SentimentLexicon &SentimentLexicon::builtIn()
{
    static const SentimentLexicon lexicon({readResource(QStringLiteral("sentiment/lexicon.tsv")),
        readResource(QStringLiteral("sentiment/market.tsv")), readResource(QStringLiteral("sentiment/korean.tsv")),
        readResource(QStringLiteral("sentiment/modifiers.tsv"))});
    return lexicon;
}

void SentimentLexicon::addPhrase(const QString &term)
{
    const int words = static_cast<int>(term.count(u' ')) + 1;
    if (words == 1)
        return;
    int &longest = m_phrases[term.section(u' ', 0, 0)];
    longest = std::max(longest, words);
}

std::optional<double> SentimentLexicon::valence(const QString &term) const
{
    if (const auto found = m_valences.find(term); found != m_valences.end())
        return *found;
    if (term.isEmpty() || !isHangul(term.front()))
        return std::nullopt;
    for (qsizetype length = std::min(term.size(), m_longestStem); length > 0; --length) {
        if (const auto found = m_stems.find(term.left(length)); found != m_stems.end())
            return *found;
    }
    return std::nullopt;
}

Modifier SentimentLexicon::modifier(const QString &term) const
{
    if (term.endsWith(QStringLiteral("n't")))
        return Modifier::Negation;
    return m_modifiers.value(term, Modifier::None);
}

int SentimentLexicon::longestPhrase(const QString &firstWord) const
{
    return m_phrases.value(firstWord, 1);
}

} // namespace insitecache
