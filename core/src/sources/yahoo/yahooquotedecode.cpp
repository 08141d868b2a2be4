// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QJsonArray>

#include "sources/yahoo/yahoodecode.h"
#include "sources/yahoo/yahoojson.h"

namespace insitecache {

namespace {

bool yahooQuoteExists(const QJsonObject &quote)
{
    const bool described = yahooNumber(quote.value(QLatin1String("regularMarketPrice")))
        || !yahooText(quote,
            {QLatin1String("shortName"), QLatin1String("longName"), QLatin1String("exchange"),
                QLatin1String("currency")})
                .isEmpty();
    return described && quote.value(QLatin1String("quoteType")).toString() != QStringLiteral("NONE")
        && !quote.value(QLatin1String("symbol")).toString().isEmpty();
}

/// What follows from price and previous close, where Yahoo does not say it itself.
void completeChange(Quote &quote)
{
    if (!quote.price || !quote.previousClose)
        return;
    if (!quote.change)
        quote.change = *quote.price - *quote.previousClose;
    if (!quote.changePercent && *quote.previousClose != 0)
        quote.changePercent = *quote.change / *quote.previousClose * 100;
}

Quote quoteOf(const QJsonObject &object)
{
    Quote quote;
    quote.symbol = yahooText(object, {QLatin1String("symbol")});
    quote.name
        = yahooText(object, {QLatin1String("longName"), QLatin1String("shortName"), QLatin1String("displayName")});
    quote.currency = yahooText(object, {QLatin1String("currency")});
    quote.price = yahooNumber(object.value(QLatin1String("regularMarketPrice")));
    quote.previousClose = yahooNumber(object.value(QLatin1String("regularMarketPreviousClose")));
    quote.change = yahooNumber(object.value(QLatin1String("regularMarketChange")));
    quote.changePercent = yahooNumber(object.value(QLatin1String("regularMarketChangePercent")));
    quote.marketState = yahooText(object, {QLatin1String("marketState")});
    quote.exchange = yahooText(
        object, {QLatin1String("exchange"), QLatin1String("exchangeName"), QLatin1String("fullExchangeName")});
    quote.timezone = yahooText(object, {QLatin1String("exchangeTimezoneName")});
    quote.time = yahooTime(object.value(QLatin1String("regularMarketTime")));
    if (const auto delay = yahooNumber(object.value(QLatin1String("exchangeDataDelayedBy"))); delay && *delay >= 0)
        quote.delayMinutes = static_cast<int>(std::min(*delay, 1e6));
    quote.source = QStringLiteral("yahoo");
    return quote;
}

} // namespace

Result<std::vector<Quote>> decodeYahooQuotes(const HttpResponse &response)
{
    const auto document = yahooDocument(response);
    if (!document)
        return tl::unexpected(document.error());
    const auto results = yahooResults(*document, QLatin1String("quoteResponse"));
    if (!results)
        return tl::unexpected(results.error());
    std::vector<Quote> quotes;
    for (const QJsonValue &result : *results) {
        if (!yahooQuoteExists(result.toObject()))
            continue;
        quotes.push_back(quoteOf(result.toObject()));
        completeChange(quotes.back());
    }
    return quotes;
}

Result<Quote> decodeYahooChartQuote(const HttpResponse &response)
{
    const auto chart = yahooChart(response);
    if (!chart)
        return tl::unexpected(chart.error());
    const QJsonObject meta = chart->value(QLatin1String("meta")).toObject();
    Quote quote = quoteOf(meta);
    const bool oneDay = meta.value(QLatin1String("range")).toString() == QStringLiteral("1d");
    quote.previousClose = yahooNumber(meta.value(QLatin1String("previousClose")));
    if (!quote.previousClose && oneDay)
        quote.previousClose = yahooNumber(meta.value(QLatin1String("chartPreviousClose")));
    completeChange(quote);
    return quote;
}

} // namespace insitecache
