// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QJsonArray>

#include "sources/yahoo/yahoodecode.h"
#include "sources/yahoo/yahoojson.h"

namespace insitecache {

namespace {

constexpr qsizetype longestCrumb = 64;

bool looksLikeCrumb(const QByteArray &text)
{
    return !text.isEmpty() && text.size() <= longestCrumb
        && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F && c != '<' && c != '{'; });
}

} // namespace

Result<SearchResult> decodeYahooSearch(const HttpResponse &response, const QString &query)
{
    const auto document = yahooDocument(response);
    if (!document)
        return tl::unexpected(document.error());
    const QJsonValue quotes = document->value(QLatin1String("quotes"));
    if (!quotes.isArray())
        return fail(ErrorCode::BadResponse, "Yahoo Finance sent JSON without search matches", "check the base URL");
    SearchResult result{query, {}};
    for (const QJsonValue &element : quotes.toArray()) {
        const QJsonObject quote = element.toObject();
        SearchMatch match{yahooText(quote, {QLatin1String("symbol")}),
            yahooText(quote, {QLatin1String("longname"), QLatin1String("shortname")}),
            yahooText(quote, {QLatin1String("exchange"), QLatin1String("exchDisp")}),
            yahooText(quote, {QLatin1String("quoteType"), QLatin1String("typeDisp")})};
        if (!match.symbol.isEmpty())
            result.matches.push_back(std::move(match));
    }
    return result;
}

Result<Trending> decodeYahooTrending(const HttpResponse &response, const QString &region)
{
    const auto document = yahooDocument(response);
    if (!document)
        return tl::unexpected(document.error());
    const auto results = yahooResults(*document, QLatin1String("finance"));
    if (!results)
        return tl::unexpected(results.error());
    if (results->isEmpty())
        return fail(ErrorCode::NotFound, "Yahoo Finance has no trending list for " + region.toStdString(),
            "try a large market, e.g. trending:US");
    Trending trending{region, {}};
    for (const QJsonValue &quote : results->first().toObject().value(QLatin1String("quotes")).toArray()) {
        TrendingSymbol one{yahooText(quote.toObject(), {QLatin1String("symbol")}),
            yahooText(quote.toObject(), {QLatin1String("longName"), QLatin1String("shortName")})};
        if (!one.symbol.isEmpty())
            trending.symbols.push_back(std::move(one));
    }
    return trending;
}

Result<QByteArray> decodeYahooCrumb(const HttpResponse &response)
{
    const QByteArray text = response.body.trimmed();
    if (response.status == 200 && looksLikeCrumb(text))
        return text;
    const std::string message = "Yahoo Finance gives no crumb (HTTP " + std::to_string(response.status) + ")";
    if (response.status == 429 || text.contains("Too Many Requests"))
        return fail(ErrorCode::RateLimited, message, "wait some minutes; Yahoo limits by address");
    if (response.status == 401 || response.status == 403)
        return fail(ErrorCode::Unauthorized, message, "Yahoo refuses this client");
    if (response.status >= 500)
        return fail(ErrorCode::UpstreamError, message, "try again later");
    return fail(ErrorCode::BadResponse, message, "check the base URL");
}

} // namespace insitecache
