// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>
#include <QStringList>

#include "sources/social/sentimentlexicon.h"

namespace insitecache {

struct SentimentToken {
    QString word;       ///< lower case; empty for a cashtag, which holds a place but says nothing
    bool caps = false;  ///< written in capitals
    bool emoji = false; ///< one emoji, without skin tone
};

/// Cuts a post into units of at most 280 characters, at the ends of sentences and lines, since the rules of
/// SentimentScorer are made for short texts. Web addresses are dropped. Reads 10,000 characters at most.
QStringList sentimentUnits(const QString &text);

/// Words, emoticons that the lexicon knows, emoji and cashtags in order; @names, u/names and r/names are left out.
std::vector<SentimentToken> sentimentTokens(const QString &unit, const SentimentLexicon &lexicon);

} // namespace insitecache
