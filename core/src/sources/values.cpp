// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/sources/values.h>

#include "sources/cborfields.h"

namespace insitecache {

namespace {

QCborMap sourceSentimentCbor(const SourceSentiment &part)
{
    return {{QLatin1String("posts"), part.posts}, {QLatin1String("score"), part.score}};
}

SourceSentiment takeSourceSentiment(CborFields &sources, QLatin1String name)
{
    CborFields fields = sources.object(name);
    const SourceSentiment part{fields.count(QLatin1String("posts")), fields.number(QLatin1String("score"))};
    sources.join(fields);
    return part;
}

/// Decodes every element of a list, and gives up at the first that is of the wrong shape.
template <class T, class Take>
std::vector<T> takeList(CborFields &owner, QLatin1String name, const std::string &what, Take take)
{
    std::vector<T> list;
    const QCborArray array = owner.array(name);
    list.reserve(static_cast<std::size_t>(array.size()));
    for (const QCborValue &element : array) {
        CborFields fields(element, what);
        list.push_back(take(fields));
        owner.join(fields);
        if (!owner.ok())
            break;
    }
    return list;
}

} // namespace

QCborValue Quote::toCbor() const
{
    return QCborMap{{QLatin1String("symbol"), symbol}, {QLatin1String("name"), name},
        {QLatin1String("currency"), currency}, {QLatin1String("price"), cborOptional(price)},
        {QLatin1String("previousClose"), cborOptional(previousClose)}, {QLatin1String("change"), cborOptional(change)},
        {QLatin1String("changePercent"), cborOptional(changePercent)}, {QLatin1String("marketState"), marketState},
        {QLatin1String("exchange"), exchange}, {QLatin1String("timezone"), timezone},
        {QLatin1String("time"), cborOptional(time)}, {QLatin1String("delayMinutes"), cborOptional(delayMinutes)},
        {QLatin1String("source"), source}};
}

Result<Quote> Quote::fromCbor(const QCborValue &value)
{
    CborFields fields(value, "quote");
    Quote quote;
    quote.symbol = fields.text(QLatin1String("symbol"));
    quote.name = fields.text(QLatin1String("name"));
    quote.currency = fields.text(QLatin1String("currency"));
    quote.price = fields.optionalNumber(QLatin1String("price"));
    quote.previousClose = fields.optionalNumber(QLatin1String("previousClose"));
    quote.change = fields.optionalNumber(QLatin1String("change"));
    quote.changePercent = fields.optionalNumber(QLatin1String("changePercent"));
    quote.marketState = fields.text(QLatin1String("marketState"));
    quote.exchange = fields.text(QLatin1String("exchange"));
    quote.timezone = fields.text(QLatin1String("timezone"));
    quote.time = fields.optionalTime(QLatin1String("time"));
    quote.delayMinutes = fields.optionalCount(QLatin1String("delayMinutes"));
    quote.source = fields.text(QLatin1String("source"));
    return fields.ok() ? Result<Quote>(quote) : fields.failure();
}

QCborValue SearchResult::toCbor() const
{
    QCborArray list;
    for (const SearchMatch &match : matches)
        list.append(QCborMap{{QLatin1String("symbol"), match.symbol}, {QLatin1String("name"), match.name},
            {QLatin1String("exchange"), match.exchange}, {QLatin1String("type"), match.type}});
    return QCborMap{{QLatin1String("query"), query}, {QLatin1String("matches"), list}};
}

Result<SearchResult> SearchResult::fromCbor(const QCborValue &value)
{
    CborFields fields(value, "search result");
    SearchResult result;
    result.query = fields.text(QLatin1String("query"));
    result.matches
        = takeList<SearchMatch>(fields, QLatin1String("matches"), "search match", [](CborFields &match) -> SearchMatch {
              return {match.text(QLatin1String("symbol")), match.text(QLatin1String("name")),
                  match.text(QLatin1String("exchange")), match.text(QLatin1String("type"))};
          });
    return fields.ok() ? Result<SearchResult>(result) : fields.failure();
}

QCborValue Sentiment::toCbor() const
{
    const QCborMap sources{
        {QLatin1String("reddit"), sourceSentimentCbor(reddit)}, {QLatin1String("x"), sourceSentimentCbor(x)}};
    return QCborMap{{QLatin1String("symbol"), symbol}, {QLatin1String("score"), score},
        {QLatin1String("positive"), positive}, {QLatin1String("neutral"), neutral},
        {QLatin1String("negative"), negative}, {QLatin1String("posts"), posts}, {QLatin1String("sources"), sources},
        {QLatin1String("window"), window}};
}

Result<Sentiment> Sentiment::fromCbor(const QCborValue &value)
{
    CborFields fields(value, "sentiment");
    Sentiment sentiment;
    sentiment.symbol = fields.text(QLatin1String("symbol"));
    sentiment.score = fields.number(QLatin1String("score"));
    sentiment.positive = fields.count(QLatin1String("positive"));
    sentiment.neutral = fields.count(QLatin1String("neutral"));
    sentiment.negative = fields.count(QLatin1String("negative"));
    sentiment.posts = fields.count(QLatin1String("posts"));
    CborFields sources = fields.object(QLatin1String("sources"));
    sentiment.reddit = takeSourceSentiment(sources, QLatin1String("reddit"));
    sentiment.x = takeSourceSentiment(sources, QLatin1String("x"));
    fields.join(sources);
    sentiment.window = fields.text(QLatin1String("window"));
    return fields.ok() ? Result<Sentiment>(sentiment) : fields.failure();
}

QCborValue Trending::toCbor() const
{
    QCborArray list;
    for (const TrendingSymbol &one : symbols) {
        QCborMap map{{QLatin1String("symbol"), one.symbol}};
        if (!one.name.isEmpty())
            map.insert(QLatin1String("name"), one.name);
        list.append(map);
    }
    return QCborMap{{QLatin1String("region"), region}, {QLatin1String("symbols"), list}};
}

Result<Trending> Trending::fromCbor(const QCborValue &value)
{
    CborFields fields(value, "trending list");
    Trending trending;
    trending.region = fields.text(QLatin1String("region"));
    trending.symbols = takeList<TrendingSymbol>(
        fields, QLatin1String("symbols"), "trending symbol", [](CborFields &one) -> TrendingSymbol {
            return {one.text(QLatin1String("symbol")), one.optionalText(QLatin1String("name"))};
        });
    return fields.ok() ? Result<Trending>(trending) : fields.failure();
}

QCborValue History::toCbor() const
{
    QCborArray list;
    for (const Bar &bar : bars)
        list.append(QCborMap{{QLatin1String("time"), QCborValue(bar.time.toUTC())}, {QLatin1String("open"), bar.open},
            {QLatin1String("high"), bar.high}, {QLatin1String("low"), bar.low}, {QLatin1String("close"), bar.close},
            {QLatin1String("volume"), cborOptional(bar.volume)}});
    return QCborMap{{QLatin1String("symbol"), symbol}, {QLatin1String("currency"), currency},
        {QLatin1String("timezone"), timezone}, {QLatin1String("bars"), list}};
}

Result<History> History::fromCbor(const QCborValue &value)
{
    CborFields fields(value, "history");
    History history;
    history.symbol = fields.text(QLatin1String("symbol"));
    history.currency = fields.text(QLatin1String("currency"));
    history.timezone = fields.text(QLatin1String("timezone"));
    history.bars = takeList<Bar>(fields, QLatin1String("bars"), "bar", [](CborFields &bar) -> Bar {
        return {bar.time(QLatin1String("time")), bar.number(QLatin1String("open")), bar.number(QLatin1String("high")),
            bar.number(QLatin1String("low")), bar.number(QLatin1String("close")),
            bar.optionalNumber(QLatin1String("volume"))};
    });
    return fields.ok() ? Result<History>(history) : fields.failure();
}

} // namespace insitecache
