// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <insitecache/sources/values.h>

#include "sources/http/transport.h"

namespace insitecache {

/// The answers of Yahoo's endpoints as values. Errors: those of yahooDocument().

/// `/v7/finance/quote`: what exists among the symbols asked for. Yahoo passes unknown ones over in silence or sends
/// a shell with quoteType NONE; neither is in the list.
Result<std::vector<Quote>> decodeYahooQuotes(const HttpResponse &response);

/// `/v8/finance/chart` as a quote: less is known, and no market state, since the trading period that the chart tells
/// ends too early on some exchanges (KRX). The previous close is only there when the chart covers one day.
Result<Quote> decodeYahooChartQuote(const HttpResponse &response);

/// `/v8/finance/chart`: bars with a price missing are dropped; a span without trading has none.
Result<History> decodeYahooHistory(const HttpResponse &response);

/// `/v1/finance/search`: entries without a symbol (private companies) are dropped.
Result<SearchResult> decodeYahooSearch(const HttpResponse &response, const QString &query);

/// `/v1/finance/trending/REGION`. Errors also: NotFound (Yahoo has no list for the region).
Result<Trending> decodeYahooTrending(const HttpResponse &response, const QString &region);

/// The crumb of `/v1/test/getcrumb`. A refusal comes as text as well, sometimes with status 200, and must never be
/// taken for one. Errors: RateLimited, Unauthorized, UpstreamError, BadResponse.
Result<QByteArray> decodeYahooCrumb(const HttpResponse &response);

} // namespace insitecache
