// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/jsonvalues.h"

#include <QCborValue>
#include <QJsonArray>
#include <QJsonObject>

#include <insitecache/sources/values.h>

namespace insitecache {

namespace {

template <class T>
QJsonValue optionalJson(const std::optional<T> &value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

QJsonValue instantJson(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

QJsonValue toJson(const Quote &quote)
{
    return QJsonObject{{QStringLiteral("symbol"), quote.symbol}, {QStringLiteral("name"), quote.name},
        {QStringLiteral("currency"), quote.currency}, {QStringLiteral("price"), optionalJson(quote.price)},
        {QStringLiteral("previousClose"), optionalJson(quote.previousClose)},
        {QStringLiteral("change"), optionalJson(quote.change)},
        {QStringLiteral("changePercent"), optionalJson(quote.changePercent)},
        {QStringLiteral("marketState"), quote.marketState}, {QStringLiteral("exchange"), quote.exchange},
        {QStringLiteral("timezone"), quote.timezone},
        {QStringLiteral("time"), quote.time ? instantJson(*quote.time) : QJsonValue()},
        {QStringLiteral("delayMinutes"), optionalJson(quote.delayMinutes)}, {QStringLiteral("source"), quote.source}};
}

QJsonValue toJson(const SearchResult &result)
{
    QJsonArray matches;
    for (const SearchMatch &match : result.matches)
        matches.append(QJsonObject{{QStringLiteral("symbol"), match.symbol}, {QStringLiteral("name"), match.name},
            {QStringLiteral("exchange"), match.exchange}, {QStringLiteral("type"), match.type}});
    return QJsonObject{{QStringLiteral("query"), result.query}, {QStringLiteral("matches"), matches}};
}

QJsonObject toJson(const SourceSentiment &source)
{
    return {{QStringLiteral("posts"), source.posts}, {QStringLiteral("score"), source.score}};
}

QJsonValue toJson(const Sentiment &sentiment)
{
    const QJsonObject sources{
        {QStringLiteral("reddit"), toJson(sentiment.reddit)}, {QStringLiteral("x"), toJson(sentiment.x)}};
    return QJsonObject{{QStringLiteral("symbol"), sentiment.symbol}, {QStringLiteral("score"), sentiment.score},
        {QStringLiteral("positive"), sentiment.positive}, {QStringLiteral("neutral"), sentiment.neutral},
        {QStringLiteral("negative"), sentiment.negative}, {QStringLiteral("posts"), sentiment.posts},
        {QStringLiteral("sources"), sources}, {QStringLiteral("window"), sentiment.window}};
}

QJsonValue toJson(const Trending &trending)
{
    QJsonArray symbols;
    for (const TrendingSymbol &symbol : trending.symbols) {
        QJsonObject json{{QStringLiteral("symbol"), symbol.symbol}};
        if (!symbol.name.isEmpty())
            json[QStringLiteral("name")] = symbol.name;
        symbols.append(json);
    }
    return QJsonObject{{QStringLiteral("region"), trending.region}, {QStringLiteral("symbols"), symbols}};
}

QJsonValue toJson(const History &history)
{
    QJsonArray bars;
    for (const Bar &bar : history.bars)
        bars.append(QJsonObject{{QStringLiteral("time"), instantJson(bar.time)}, {QStringLiteral("open"), bar.open},
            {QStringLiteral("high"), bar.high}, {QStringLiteral("low"), bar.low}, {QStringLiteral("close"), bar.close},
            {QStringLiteral("volume"), optionalJson(bar.volume)}});
    return QJsonObject{{QStringLiteral("symbol"), history.symbol}, {QStringLiteral("currency"), history.currency},
        {QStringLiteral("timezone"), history.timezone}, {QStringLiteral("bars"), bars}};
}

template <class T>
Result<QJsonValue> typedJson(const QCborValue &cbor)
{
    const auto value = T::fromCbor(cbor);
    return value ? Result<QJsonValue>(toJson(*value)) : tl::unexpected(value.error());
}

} // namespace

Result<QJsonValue> valueJson(std::string_view type, std::string_view payload)
{
    QCborParserError problem;
    const QCborValue cbor
        = QCborValue::fromCbor(QByteArray(payload.data(), static_cast<qsizetype>(payload.size())), &problem);
    if (problem.error != QCborError::NoError)
        return fail(ErrorCode::Corrupt, "a stored " + std::string(type) + " value is not CBOR", "invalidate the key");
    if (type == "stock")
        return typedJson<Quote>(cbor);
    if (type == "search")
        return typedJson<SearchResult>(cbor);
    if (type == "sentiment")
        return typedJson<Sentiment>(cbor);
    if (type == "trending")
        return typedJson<Trending>(cbor);
    if (type == "history")
        return typedJson<History>(cbor);
    return cbor.toJsonValue();
}

} // namespace insitecache
