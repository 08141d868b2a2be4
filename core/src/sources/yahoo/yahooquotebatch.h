// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>

#include <QStringList>

#include <insitecache/sources/values.h>

#include "sources/yahoo/yahoologin.h"
#include "sources/yahoo/yahoowire.h"

namespace insitecache {

/// One batch of quotes: one call of the quote endpoint for all symbols. When Yahoo refuses it (no crumb to be had,
/// or refused again after a new login) each symbol is read off its chart instead, a few at a time.
/// Keeps itself alive until `done` has run. Cache thread only.
class YahooQuoteBatch : public std::enable_shared_from_this<YahooQuoteBatch> {
public:
    /// One result per symbol, in order, and how long all of them hold. Errors: NotFound (no such symbol), and those of
    /// the endpoints.
    using Done = std::function<void(std::vector<Result<Quote>>, UpstreamLife)>;

    YahooQuoteBatch(std::shared_ptr<YahooWire> wire, std::shared_ptr<YahooLogin> login, QStringList symbols, Done done);
    void start() { logIn(true); }

private:
    void logIn(bool mayRenew);
    void askQuotes(bool mayRenew);
    void quotesAnswered(const Result<HttpResponse> &answer, const QByteArray &crumb, bool mayRenew);
    void takeQuotes(const std::vector<Quote> &quotes);
    void askCharts();
    void askNextChart();
    void failAll(const Error &error);
    void finish();

    std::shared_ptr<YahooWire> m_wire;
    std::shared_ptr<YahooLogin> m_login;
    QStringList m_symbols;
    Done m_done;
    std::vector<Result<Quote>> m_results;
    UpstreamLife m_life;
    std::deque<std::size_t> m_toChart;
    std::size_t m_open = 0; ///< charts not answered yet
};

/// `/v8/finance/chart/SYMBOL`
QString yahooChartPath(const QString &symbol);

} // namespace insitecache
