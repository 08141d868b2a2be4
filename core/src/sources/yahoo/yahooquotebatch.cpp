// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/yahoo/yahooquotebatch.h"

#include <algorithm>

#include "sources/http/upstreamlife.h"
#include "sources/yahoo/yahoodecode.h"

namespace insitecache {

namespace {

constexpr std::size_t chartsAtOnce = 4;

Error unknownSymbol(const QString &symbol)
{
    return {
        ErrorCode::NotFound, "Yahoo Finance knows no symbol " + symbol.toStdString(), "look it up with: search NAME"};
}

} // namespace

QString yahooChartPath(const QString &symbol)
{
    return QStringLiteral("/v8/finance/chart/") + QString::fromLatin1(QUrl::toPercentEncoding(symbol));
}

YahooQuoteBatch::YahooQuoteBatch(
    std::shared_ptr<YahooWire> wire, std::shared_ptr<YahooLogin> login, QStringList symbols, Done done) :
    m_wire(std::move(wire)),
    m_login(std::move(login)), m_symbols(std::move(symbols)), m_done(std::move(done))
{
    for (const QString &symbol : m_symbols)
        m_results.push_back(tl::unexpected(unknownSymbol(symbol)));
}

void YahooQuoteBatch::logIn(bool mayRenew)
{
    m_login->ensure([self = shared_from_this(), mayRenew](const Status &ready) {
        if (ready)
            self->askQuotes(mayRenew);
        else if (ready.error().code == ErrorCode::Cancelled)
            self->failAll(ready.error());
        else
            self->askCharts();
    });
}

void YahooQuoteBatch::askQuotes(bool mayRenew)
{
    const QString path = QStringLiteral("/v7/finance/quote");
    const QByteArray crumb = m_login->crumb();
    const QueryItems query{
        {QStringLiteral("symbols"), m_symbols.join(u',')}, {QStringLiteral("crumb"), QString::fromLatin1(crumb)}};
    m_wire->get(path, query, m_login->cookies(yahooUrl(m_wire->base(), path)),
        [self = shared_from_this(), crumb, mayRenew](
            const Result<HttpResponse> &answer) { self->quotesAnswered(answer, crumb, mayRenew); });
}

void YahooQuoteBatch::quotesAnswered(const Result<HttpResponse> &answer, const QByteArray &crumb, bool mayRenew)
{
    const auto quotes = answer ? m_wire->explained(decodeYahooQuotes(*answer)) : tl::unexpected<Error>(answer.error());
    if (quotes) {
        m_life = lifeOf(answer);
        return takeQuotes(*quotes);
    }
    const Error &error = quotes.error();
    // Among recordings a symbol may have a chart and no quote.
    if (!answer && error.code == ErrorCode::NotFound)
        return askCharts();
    if (error.code != ErrorCode::Unauthorized)
        return failAll(error);
    m_login->drop(crumb);
    if (mayRenew)
        return logIn(false);
    m_login->refused(error);
    askCharts();
}

void YahooQuoteBatch::takeQuotes(const std::vector<Quote> &quotes)
{
    for (std::size_t i = 0; i < m_results.size(); ++i) {
        const QString &symbol = m_symbols[static_cast<qsizetype>(i)];
        const auto found = std::find_if(quotes.begin(), quotes.end(),
            [&](const Quote &quote) { return quote.symbol.compare(symbol, Qt::CaseInsensitive) == 0; });
        if (found != quotes.end())
            m_results[i] = *found;
    }
    finish();
}

void YahooQuoteBatch::askCharts()
{
    m_open = m_results.size();
    for (std::size_t i = 0; i < m_results.size(); ++i)
        m_toChart.push_back(i);
    for (std::size_t i = 0; i < std::min(chartsAtOnce, m_results.size()); ++i)
        askNextChart();
}

void YahooQuoteBatch::askNextChart()
{
    if (m_toChart.empty())
        return;
    const std::size_t index = m_toChart.front();
    m_toChart.pop_front();
    const QueryItems query{
        {QStringLiteral("range"), QStringLiteral("1d")}, {QStringLiteral("interval"), QStringLiteral("1d")}};
    m_wire->get(yahooChartPath(m_symbols[static_cast<qsizetype>(index)]), query, {},
        [self = shared_from_this(), index](const Result<HttpResponse> &answer) {
            self->m_results[index] = answer ? self->m_wire->explained(decodeYahooChartQuote(*answer))
                                            : tl::unexpected<Error>(answer.error());
            self->m_life = shorterLife(self->m_life, lifeOf(answer));
            if (--self->m_open == 0)
                return self->finish();
            self->askNextChart();
        });
}

void YahooQuoteBatch::failAll(const Error &error)
{
    std::fill(m_results.begin(), m_results.end(), Result<Quote>(tl::unexpected(error)));
    finish();
}

void YahooQuoteBatch::finish()
{
    std::exchange(m_done, nullptr)(std::move(m_results), m_life);
}

} // namespace insitecache
