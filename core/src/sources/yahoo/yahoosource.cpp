// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/yahoo/yahoosource.h"

#include <algorithm>

#include <QHash>
#include <QRegularExpression>

#include <insitecache/sources/demoupstream.h>

#include "sources/historyspan.h"
#include "sources/http/upstreamlife.h"
#include "sources/yahoo/yahoodecode.h"
#include "sources/yahoo/yahooquotebatch.h"

namespace insitecache {

namespace {

const std::string yahooOrigin = "yahoo";

QString identityText(const CacheKey &key)
{
    return QString::fromStdString(key.identity());
}

/// Nothing that would mean something else in a list or a path reaches Yahoo.
Status checkYahooSymbol(const QString &symbol)
{
    static const QRegularExpression allowed(QStringLiteral("\\A[\\p{L}\\p{N}.\\-^=&_$+]{1,32}\\z"));
    if (allowed.match(symbol).hasMatch() && symbol != QStringLiteral(".") && symbol != QStringLiteral(".."))
        return {};
    return fail(ErrorCode::InvalidArgument, "the key does not hold a symbol",
        "a symbol has letters, digits and . - ^ = & _, at most 32, e.g. AAPL, 005930.KS, ^GSPC, EURUSD=X");
}

template <class Value>
void answerValue(const FetchJoin &join, std::size_t index, const Result<Value> &value, UpstreamLife life)
{
    if (value)
        join.answer(index, value->toCbor().toCbor().toStdString(), yahooOrigin, life);
    else
        join.answer(index, tl::unexpected(value.error()), yahooOrigin);
}

/// The names of the symbols that we know ourselves: Yahoo's trending lists have none.
QString listedName(const QString &symbol)
{
    static const QHash<QString, QString> names = [] {
        QHash<QString, QString> known;
        for (const ListedSymbol &listed : listedSymbols())
            known.insert(listed.symbol, listed.name);
        return known;
    }();
    return names.value(symbol);
}

Result<Trending> withNames(Result<Trending> trending)
{
    if (trending) {
        for (TrendingSymbol &one : trending->symbols) {
            if (one.name.isEmpty())
                one.name = listedName(one.symbol);
        }
    }
    return trending;
}

void addCounts(SourceStatus &sum, const SourceStatus &part)
{
    sum.requests += part.requests;
    sum.ok += part.ok;
    sum.clientErrors += part.clientErrors;
    sum.rateLimited += part.rateLimited;
    sum.serverErrors += part.serverErrors;
    sum.networkErrors += part.networkErrors;
}

} // namespace

YahooSource::YahooSource(const UpstreamOptions &options, std::shared_ptr<HttpTransport> transport, const Clock &clock,
    qsizetype symbolsPerCall) :
    m_wire(std::make_shared<YahooWire>(options.yahooUrl, transport, clock)),
    m_login(std::make_shared<YahooLogin>(options, transport, clock)), m_transport(std::move(transport)),
    m_symbolsPerCall(symbolsPerCall)
{}

YahooSource::~YahooSource()
{
    YahooSource::close();
}

bool YahooSource::serves(std::string_view type) const
{
    return type == "stock" || type == "history" || type == "search" || type == "trending";
}

void YahooSource::fetch(std::vector<CacheKey> keys, Done done)
{
    const FetchJoin join(std::move(keys), std::move(done));
    std::vector<std::size_t> quotes;
    for (std::size_t i = 0; i < join.keys().size(); ++i) {
        const std::string_view type = join.keys()[i].type();
        if (type == "stock")
            quotes.push_back(i);
        else if (type == "history")
            fetchHistory(join, i);
        else if (type == "search")
            fetchSearch(join, i);
        else if (type == "trending")
            fetchTrending(join, i);
        else
            join.answer(i, fail(ErrorCode::Unconfigured, "Yahoo Finance does not serve " + join.keys()[i].text()), {});
    }
    fetchQuotes(join, quotes);
}

void YahooSource::fetchQuotes(const FetchJoin &join, const std::vector<std::size_t> &indexes)
{
    std::vector<std::pair<QStringList, std::vector<std::size_t>>> calls;
    for (const std::size_t index : indexes) {
        const QString symbol = identityText(join.keys()[index]);
        if (Status ok = checkYahooSymbol(symbol); !ok) {
            join.answer(index, tl::unexpected(ok.error()), yahooOrigin);
            continue;
        }
        if (calls.empty() || calls.back().first.size() >= m_symbolsPerCall)
            calls.emplace_back();
        calls.back().first.append(symbol);
        calls.back().second.push_back(index);
    }
    for (const auto &[symbols, places] : calls) {
        const auto batch = std::make_shared<YahooQuoteBatch>(m_wire, m_login, symbols,
            [join, places = places](const std::vector<Result<Quote>> &quotes, UpstreamLife life) {
                for (std::size_t i = 0; i < places.size(); ++i)
                    answerValue(join, places[i], quotes[i], life);
            });
        batch->start();
    }
}

void YahooSource::fetchHistory(const FetchJoin &join, std::size_t index)
{
    const auto span = HistorySpan::parse(identityText(join.keys()[index]));
    const Status ok = span ? checkYahooSymbol(span->symbol) : tl::unexpected<Error>(span.error());
    if (!ok)
        return join.answer(index, tl::unexpected(ok.error()), yahooOrigin);
    const QueryItems query{{QStringLiteral("range"), span->range}, {QStringLiteral("interval"), span->interval},
        {QStringLiteral("includePrePost"), QStringLiteral("false")}};
    m_wire->get(
        yahooChartPath(span->symbol), query, {}, [wire = m_wire, join, index](const Result<HttpResponse> &answer) {
            answerValue(join, index,
                answer ? wire->explained(decodeYahooHistory(*answer)) : tl::unexpected<Error>(answer.error()),
                lifeOf(answer));
        });
}

void YahooSource::fetchSearch(const FetchJoin &join, std::size_t index)
{
    const QString text = identityText(join.keys()[index]);
    const QueryItems query{{QStringLiteral("q"), text}, {QStringLiteral("quotesCount"), QStringLiteral("10")},
        {QStringLiteral("newsCount"), QStringLiteral("0")},
        {QStringLiteral("enableFuzzyQuery"), QStringLiteral("false")}};
    m_wire->get(QStringLiteral("/v1/finance/search"), query, {},
        [wire = m_wire, join, index, text](const Result<HttpResponse> &answer) {
            answerValue(join, index,
                answer ? wire->explained(decodeYahooSearch(*answer, text)) : tl::unexpected<Error>(answer.error()),
                lifeOf(answer));
        });
}

void YahooSource::fetchTrending(const FetchJoin &join, std::size_t index)
{
    static const QRegularExpression code(QStringLiteral("\\A[A-Z]{2}\\z"));
    const QString region = identityText(join.keys()[index]);
    if (!code.match(region).hasMatch())
        return join.answer(index,
            fail(ErrorCode::InvalidArgument, "the key does not hold a region",
                "a region has two capital letters, e.g. trending:US"),
            yahooOrigin);
    m_wire->get(QStringLiteral("/v1/finance/trending/") + region, {{QStringLiteral("count"), QStringLiteral("20")}}, {},
        [wire = m_wire, join, index, region](const Result<HttpResponse> &answer) {
            answerValue(join, index,
                answer ? withNames(wire->explained(decodeYahooTrending(*answer, region)))
                       : tl::unexpected<Error>(answer.error()),
                lifeOf(answer));
        });
}

std::vector<SourceStatus> YahooSource::status() const
{
    SourceStatus status = m_wire->status();
    const SourceStatus login = m_login->status();
    addCounts(status, login);
    if (status.lastError.empty())
        status.lastError = login.lastError;
    return {status};
}

std::vector<ProviderCalls> YahooSource::callsFor(std::string_view type) const
{
    return serves(type) ? std::vector<ProviderCalls>{{yahooOrigin, 1}} : std::vector<ProviderCalls>();
}

void YahooSource::close()
{
    m_transport->close();
}

} // namespace insitecache
