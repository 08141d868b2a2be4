// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QHash>
#include <QString>

namespace insitecache {

/// What a word does to the words after it.
enum class Modifier { None, Negation, Booster, Dampener };

/// The words that carry sentiment, read from tab-separated lists (resources/sentiment/README.md).
/// Terms are lower case; a phrase is up to four words with one space between. Immutable: any thread.
class SentimentLexicon {
public:
    struct Lists {
        QByteArray words, market, korean, modifiers;
    };

    explicit SentimentLexicon(const Lists &lists);
    /// The lists compiled into the core.
    static const SentimentLexicon &builtIn();

    /// −4 … +4; 0 is a word that is known to say nothing; empty when the term is unknown. `market` wins over `words`,
    /// and a Korean word takes the valence of the longest stem that it starts with.
    std::optional<double> valence(const QString &term) const;
    Modifier modifier(const QString &term) const;
    /// How many words the longest phrase that starts with this word has; 1 when there is none.
    int longestPhrase(const QString &firstWord) const;
    qsizetype size() const { return m_valences.size() + m_stems.size(); }

private:
    void addPhrase(const QString &term);

    QHash<QString, double> m_valences;
    QHash<QString, double> m_stems;
    QHash<QString, Modifier> m_modifiers;
    QHash<QString, int> m_phrases;
    qsizetype m_longestStem = 0;
};

/// Is it a letter of the Korean alphabet (a syllable block)?
inline bool isHangul(QChar c)
{
    return c >= QChar(0xAC00) && c <= QChar(0xD7A3);
}

/// The rows of a tab-separated list: `#` starts a comment line, a row without a tab has an empty second field.
QList<std::pair<QString, QString>> rowsOfList(const QByteArray &list);

} // namespace insitecache
