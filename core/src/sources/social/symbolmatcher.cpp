// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/social/symbolmatcher.h"

#include <algorithm>

#include <QSet>

#include "base/resources.h"
#include "sources/social/sentimentlexicon.h"

namespace insitecache {

namespace {

const QSet<QString> &everydayWords()
{
    static const QSet<QString> words = [] {
        QSet<QString> read;
        const auto rows = rowsOfList(readResource(QStringLiteral("sentiment/ambiguous.tsv")));
        for (const auto &row : rows)
            read.insert(row.first);
        return read;
    }();
    return words;
}

/// "Apple Inc. Common Stock" is spoken of as "Apple".
QString spokenName(QString name)
{
    static const QRegularExpression form(
        QStringLiteral(
            "[\\s,]+(inc|corp|corporation|incorporated|company|co|ltd|limited|plc|llc|lp|sa|s\\.a|nv|n\\.v|ag|se"
            "|holdings?|group|trust|common stock|ordinary shares|class [a-c]|\\(the\\)|& co)\\.?$"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression foreign(QStringLiteral("[^\\p{L}\\p{N} .&'-]+"));
    name.replace(foreign, QStringLiteral(" "));
    name = name.simplified();
    for (QString before; before != name;) {
        before = name;
        name.remove(form);
    }
    return name.startsWith(QStringLiteral("The ")) ? name.mid(4) : name;
}

bool isWorthSearching(const QString &name)
{
    return name.size() >= 2 && !(everydayWords().contains(name.toLower()) && !name.contains(u' '));
}

QString tickerAlternatives(const QStringList &texts)
{
    QStringList escaped;
    for (const QString &text : texts)
        escaped += QRegularExpression::escape(text);
    return escaped.join(u'|');
}

} // namespace

Result<SymbolMatcher> SymbolMatcher::make(const QString &symbol, const CompanyNames &names)
{
    static const QRegularExpression valid(QStringLiteral("\\A\\^?[A-Za-z0-9][A-Za-z0-9.&=-]{0,19}\\z"));
    if (!valid.match(symbol).hasMatch())
        return fail(ErrorCode::InvalidArgument, "this is not a stock symbol",
            "a symbol has letters, digits and . - ^ = &, 20 characters at most");
    SymbolMatcher matcher(symbol.toUpper());
    matcher.readSymbol();
    matcher.readNames(names);
    matcher.buildPattern();
    return matcher;
}

void SymbolMatcher::readSymbol()
{
    static const QRegularExpression korean(QStringLiteral("\\A([0-9]{5}[0-9A-Z])\\.K[SQ]\\z"));
    static const QRegularExpression crypto(QStringLiteral("\\A([A-Z0-9]+)-USD\\z"));
    static const QRegularExpression shareClass(QStringLiteral("\\A([A-Z]+)-([A-Z])\\z"));
    static const QRegularExpression decoration(QStringLiteral("\\A\\^|=[XF]\\z|\\.[A-Z]{1,3}\\z"));
    if (const auto match = korean.match(m_symbol); match.hasMatch()) {
        m_korean = true;
        m_tickers = {match.captured(1)};
        return;
    }
    if (const auto match = shareClass.match(m_symbol); match.hasMatch()) {
        const QString base = match.captured(1), letter = match.captured(2);
        m_tickers = {base + u'.' + letter, m_symbol, base + u'/' + letter, base + letter};
        return;
    }
    const auto coin = crypto.match(m_symbol);
    m_tickers = {coin.hasMatch() ? coin.captured(1) : QString(m_symbol).remove(decoration)};
    m_bareTicker = m_tickers.first().size() > 2 && !everydayWords().contains(m_tickers.first().toLower());
}

void SymbolMatcher::readNames(const CompanyNames &names)
{
    for (const QString &name : {spokenName(names.english), spokenName(names.korean)}) {
        if (isWorthSearching(name) && !m_names.contains(name, Qt::CaseInsensitive))
            m_names += name;
    }
}

// A ticker is followed by no letter, digit or share class; a Korean name may be followed by a particle.
void SymbolMatcher::buildPattern()
{
    const QString tickers = tickerAlternatives(m_tickers);
    QStringList ways{QStringLiteral("[$#](?i:%1)(?![\\p{L}\\p{N}_])(?![./-][A-Za-z](?![\\p{L}\\p{N}]))").arg(tickers)};
    if (m_bareTicker)
        ways
            += QStringLiteral("(?<![$#@./-])(?:%1)(?![\\p{L}\\p{N}_])(?![./-][A-Za-z](?![\\p{L}\\p{N}]))").arg(tickers);
    for (const QString &name : std::as_const(m_names)) {
        const QString end
            = isHangul(name.back()) ? QStringLiteral("(?!우(?![가-힣]))") : QStringLiteral("(?![\\p{L}\\p{N}_])");
        ways += QStringLiteral("[$#]?(?i:%1)").arg(QRegularExpression::escape(name)) + end;
    }
    m_pattern = QRegularExpression(QStringLiteral("(?<![\\p{L}\\p{N}_])(?:%1)").arg(ways.join(u'|')),
        QRegularExpression::UseUnicodePropertiesOption);
}

bool SymbolMatcher::mentions(const SocialPost &post) const
{
    const bool marked = std::any_of(m_tickers.begin(), m_tickers.end(),
        [&](const QString &ticker) { return post.cashtags.contains(ticker, Qt::CaseInsensitive); });
    return marked || m_pattern.match(post.text).hasMatch();
}

QString SymbolMatcher::withoutMentions(const QString &text) const
{
    return QString(text).replace(m_pattern, QStringLiteral(" $X "));
}

QStringList SymbolMatcher::quotedTerms() const
{
    QStringList terms;
    if (m_bareTicker)
        terms += m_tickers.first();
    terms += m_names;
    for (QString &term : terms)
        term = u'"' + term + u'"';
    return terms;
}

QString SymbolMatcher::redditQuery() const
{
    QStringList terms = quotedTerms();
    if (!m_korean)
        terms.prepend(QStringLiteral("\"$%1\"").arg(m_tickers.first()));
    return terms.join(QStringLiteral(" OR "));
}

QString SymbolMatcher::xLanguage() const
{
    return m_korean ? QStringLiteral(" -is:retweet") : QStringLiteral(" -is:retweet lang:en");
}

QString SymbolMatcher::xQuery() const
{
    static const QRegularExpression cashtag(QStringLiteral("\\A[A-Z]{1,6}(?:\\.[A-Z]{1,2})?\\z"));
    if (m_korean || !cashtag.match(m_tickers.first()).hasMatch())
        return xKeywordQuery();
    return u'$' + m_tickers.first() + xLanguage();
}

QString SymbolMatcher::xKeywordQuery() const
{
    const QStringList terms = quotedTerms();
    const QString any = terms.isEmpty() ? u'"' + m_tickers.first() + u'"'
        : terms.size() == 1             ? terms.first()
                                        : u'(' + terms.join(QStringLiteral(" OR ")) + u')';
    return m_korean ? any + xLanguage() : any + QStringLiteral(" stock") + xLanguage();
}

} // namespace insitecache
