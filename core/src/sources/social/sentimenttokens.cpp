// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/social/sentimenttokens.h"

#include <QRegularExpression>

namespace insitecache {

namespace {

constexpr qsizetype longestUnit = 280;
constexpr qsizetype longestText = 10'000;

bool isEmoji(char32_t c)
{
    return (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF) || (c >= 0x2B00 && c <= 0x2BFF);
}

/// Skin tones, variation selectors and joiners change how an emoji looks, not what it says.
bool isEmojiAttribute(char32_t c)
{
    return (c >= 0x1F3FB && c <= 0x1F3FF) || c == 0xFE0F || c == 0x200D;
}

bool isCashtag(QStringView chunk)
{
    const qsizetype dollar = chunk.indexOf(u'$');
    return dollar >= 0 && dollar + 1 < chunk.size() && chunk.at(dollar + 1).isLetter();
}

bool isNameOfSomebody(const QString &chunk)
{
    static const QRegularExpression name(QStringLiteral("^[(\"'.]*(@|/?[ur]/)\\w"));
    return name.match(chunk).hasMatch();
}

/// Collects letters and digits into words and gives emoji their own tokens.
class TokenSplitter {
public:
    explicit TokenSplitter(std::vector<SentimentToken> &tokens) : m_tokens(tokens) {}

    void take(const QString &chunk)
    {
        const QList<uint> points = chunk.toUcs4();
        for (const uint point : points)
            takePoint(point);
        endWord();
    }

private:
    void takePoint(char32_t point)
    {
        if (isEmojiAttribute(point))
            return;
        const QString text = QString::fromUcs4(&point, 1);
        if (QChar::isLetterOrNumber(point) || QChar::isMark(point) || point == U'\'') {
            m_word += text;
            return;
        }
        endWord();
        if (isEmoji(point))
            m_tokens.push_back({text, false, true});
    }
    void endWord()
    {
        while (m_word.startsWith(u'\''))
            m_word.remove(0, 1);
        while (m_word.endsWith(u'\''))
            m_word.chop(1);
        if (m_word.isEmpty())
            return;
        const QString lower = m_word.toLower();
        m_tokens.push_back({lower, m_word.size() > 1 && lower != m_word && m_word.toUpper() == m_word, false});
        m_word.clear();
    }

    std::vector<SentimentToken> &m_tokens;
    QString m_word;
};

bool isEmoticon(const QString &chunk, const SentimentLexicon &lexicon)
{
    const auto plain = [](QChar c) { return c.isLetter() || c == u'\''; };
    return !std::all_of(chunk.begin(), chunk.end(), plain) && lexicon.valence(chunk.toLower()).has_value();
}

} // namespace

QStringList sentimentUnits(const QString &text)
{
    static const QRegularExpression address(QStringLiteral("(?:https?://|www\\.)\\S+"));
    static const QRegularExpression sentence(QStringLiteral("[^.!?\\n]*(?:\\n+|[.!?]+\\s*|$)"));
    const QString plain = text.left(longestText).replace(address, QStringLiteral(" ")).replace(QChar(0x2019), u'\'');
    QStringList units(QString{});
    auto sentences = sentence.globalMatch(plain);
    while (sentences.hasNext()) {
        const QString next = sentences.next().captured();
        if (!units.last().isEmpty() && units.last().size() + next.size() > longestUnit)
            units += QString();
        units.last() += next;
    }
    return units;
}

std::vector<SentimentToken> sentimentTokens(const QString &unit, const SentimentLexicon &lexicon)
{
    static const QRegularExpression space(QStringLiteral("\\s+"));
    std::vector<SentimentToken> tokens;
    TokenSplitter splitter(tokens);
    const QStringList chunks = unit.split(space, Qt::SkipEmptyParts);
    for (const QString &chunk : chunks) {
        if (isNameOfSomebody(chunk))
            continue;
        if (isEmoticon(chunk, lexicon))
            tokens.push_back({chunk.toLower(), false, false});
        else if (isCashtag(chunk))
            tokens.push_back({});
        else
            splitter.take(chunk);
    }
    return tokens;
}

} // namespace insitecache
