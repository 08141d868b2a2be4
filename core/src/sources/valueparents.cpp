// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/valueparents.h"

#include <insitecache/sources/values.h>

namespace insitecache {

namespace {

void addQuote(std::vector<CacheKey> &parents, const QString &symbol)
{
    if (auto key = normalisedKey("stock", symbol.toStdString()))
        parents.push_back(std::move(*key));
}

std::vector<CacheKey> quotesOfSearch(const QCborValue &value)
{
    std::vector<CacheKey> parents;
    if (const auto search = SearchResult::fromCbor(value)) {
        for (const SearchMatch &match : search->matches)
            addQuote(parents, match.symbol);
    }
    return parents;
}

std::vector<CacheKey> quotesOfTrending(const QCborValue &value)
{
    std::vector<CacheKey> parents;
    if (const auto trending = Trending::fromCbor(value)) {
        for (const TrendingSymbol &symbol : trending->symbols)
            addQuote(parents, symbol.symbol);
    }
    return parents;
}

} // namespace

std::vector<CacheKey> parentsOfValue(const CacheKey &key, std::string_view payload)
{
    if (key.type() == "sentiment") {
        std::vector<CacheKey> parents;
        addQuote(parents, QString::fromStdString(key.identity()));
        return parents;
    }
    if (key.type() != "search" && key.type() != "trending")
        return {};
    const QCborValue value = QCborValue::fromCbor(QByteArray(payload.data(), static_cast<qsizetype>(payload.size())));
    return key.type() == "search" ? quotesOfSearch(value) : quotesOfTrending(value);
}

} // namespace insitecache
