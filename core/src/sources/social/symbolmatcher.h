// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QString>
#include <QStringList>

#include <insitecache/base/error.h>

#include "sources/social/socialpost.h"

namespace insitecache {

/// What a company is called beside its symbol; either may be empty.
struct CompanyNames {
    QString english, korean;
};

/// Which posts speak of a symbol, and how to ask the providers for them.
///
/// A post mentions `AAPL` when it has
///  - the cashtag `$AAPL` or the hashtag `#AAPL`, in any case, marked by the provider or written in the text;
///  - the ticker as a whole word in capitals, unless it has one or two letters or is an everyday word (`ON`, `CASH`);
///  - the company's name without its legal form, as a whole word in any case, unless it is an everyday word (`Target`).
/// `BRK-B` is also found as BRK.B, BRK/B and BRKB; `BTC-USD` as BTC; an index or a currency pair by its name or its
/// bare letters; a foreign listing (`VOD.L`) without its exchange. A Korean one (`005930.KS`) is found by its six
/// digits and by either name; a Korean name may be followed by a particle.
/// A post that names several symbols counts for each; one that names only others does not count.
class SymbolMatcher {
public:
    /// Errors: InvalidArgument for what cannot be a symbol: empty, over 20 characters, other than letters, digits,
    /// `. - ^ = &`. So nothing foreign reaches a query or a pattern.
    static Result<SymbolMatcher> make(const QString &symbol, const CompanyNames &names = {});

    const QString &symbol() const { return m_symbol; }
    bool mentions(const SocialPost &post) const;
    /// The text with every mention turned into a cashtag, so that "Best Buy" or "WIN" says nothing by itself.
    QString withoutMentions(const QString &text) const;

    QString redditQuery() const;
    /// With the cashtag operator where the symbol has a cashtag.
    QString xQuery() const;
    /// Without it, as smaller products of X refuse it.
    QString xKeywordQuery() const;

private:
    explicit SymbolMatcher(const QString &symbol) : m_symbol(symbol) {}

    void readSymbol();
    void readNames(const CompanyNames &names);
    void buildPattern();
    QStringList quotedTerms() const;
    QString xLanguage() const;

    QString m_symbol;
    QStringList m_tickers; ///< every spelling, the plainest first
    QStringList m_names;
    bool m_bareTicker = true; ///< the ticker alone, without $, is a mention
    bool m_korean = false;
    QRegularExpression m_pattern;
};

} // namespace insitecache
