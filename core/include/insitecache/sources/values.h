// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <QCborValue>
#include <QDateTime>
#include <QString>

#include <insitecache/base/error.h>

namespace insitecache {

class CacheKey;

/// The values the service knows, as they stand in the cache (CBOR) and in `--json`.
/// Times are UTC; prices are in `currency` units (pence for GBp, as the exchange quotes them).
/// toCbor() and fromCbor() are inverse; fromCbor() fails with Corrupt on a wrong shape. The maps have the field names
/// of `--json`; what the provider did not tell is null (numbers, times) or empty (texts); times carry tag 0 and are
/// ISO 8601 texts with milliseconds, so QCborValue::toJsonValue() gives the JSON of a value as it is.

struct Quote {
    QString symbol, name, currency;
    std::optional<double> price, previousClose, change, changePercent; ///< changePercent 1.5 means 1.5 %
    QString marketState;        ///< PRE REGULAR POST CLOSED …, as the provider says; empty when it does not
    QString exchange, timezone; ///< IANA zone
    std::optional<QDateTime> time;
    std::optional<int> delayMinutes;
    QString source; ///< "yahoo"
    QCborValue toCbor() const;
    static Result<Quote> fromCbor(const QCborValue &value);
};

struct SearchMatch {
    QString symbol, name, exchange, type;
};
struct SearchResult {
    QString query;
    std::vector<SearchMatch> matches;
    QCborValue toCbor() const;
    static Result<SearchResult> fromCbor(const QCborValue &value);
};

struct SourceSentiment {
    int posts = 0;
    double score = 0;
};
struct Sentiment {
    QString symbol;
    double score = 0; ///< −1 … +1, weighted by engagement
    int positive = 0, neutral = 0, negative = 0, posts = 0;
    SourceSentiment reddit, x;
    QString window; ///< "24h": the span of posts looked at
    QCborValue toCbor() const;
    static Result<Sentiment> fromCbor(const QCborValue &value);
};

struct TrendingSymbol {
    QString symbol, name;
};
struct Trending {
    QString region;
    std::vector<TrendingSymbol> symbols;
    QCborValue toCbor() const;
    static Result<Trending> fromCbor(const QCborValue &value);
};

struct Bar {
    QDateTime time;
    double open = 0, high = 0, low = 0, close = 0;
    std::optional<double> volume;
};
struct History {
    QString symbol, currency, timezone;
    std::vector<Bar> bars; ///< null bars dropped
    QCborValue toCbor() const;
    static Result<History> fromCbor(const QCborValue &value);
};

/// The key a person means: symbols and regions in upper case, search text trimmed, lower-cased and with single
/// spaces; other types untouched. `history:AAPL` becomes `history:AAPL:1mo:1d`.
/// Errors: as CacheKey; InvalidArgument for a history range or interval that does not exist.
Result<CacheKey> normalisedKey(std::string_view type, std::string_view identity);
Result<CacheKey> normalisedKey(std::string_view text);

} // namespace insitecache
