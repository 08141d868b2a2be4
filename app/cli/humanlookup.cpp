// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/humanlookup.h"

#include <QCborValue>
#include <QJsonDocument>
#include <QJsonObject>

#include <insitecache/sources/values.h>

#include "cli/humanformat.h"
#include "cli/jsonvalues.h"
#include "settings/printable.h"

namespace insitecache {

namespace {

constexpr std::size_t historyRowsShown = 20;

/// "189.98 USD", with as many decimals as such a price has.
std::string priceShown(const std::optional<double> &price, const QString &currency)
{
    return numberShown(price, price && *price < 1.0 ? 4 : 2) + ' ' + textShown(currency);
}

std::string changeShown(const Console &console, const Quote &quote)
{
    if (!quote.change)
        return {};
    const double change = *quote.change;
    std::string text = std::string(change > 0 ? "▲ +" : change < 0 ? "▼ " : "= ") + numberShown(change, 2);
    if (quote.changePercent)
        text += " (" + numberShown(*quote.changePercent, 2) + " %)";
    return "  " + (change > 0 ? console.good(text) : change < 0 ? console.bad(text) : text);
}

void show(Console &console, const Quote &quote)
{
    console.line("  " + textShown(quote.name) + "  " + console.bold(priceShown(quote.price, quote.currency))
        + changeShown(console, quote));
    std::string market = "  " + textShown(quote.exchange) + ' ' + textShown(quote.marketState);
    if (quote.time)
        market += ", as of " + quote.time->toUTC().toString(Qt::ISODate).toStdString();
    if (quote.delayMinutes.value_or(0) > 0)
        market += ", delayed " + std::to_string(*quote.delayMinutes) + " min";
    console.line(market);
}

void show(Console &console, const SearchResult &result)
{
    std::vector<std::vector<std::string>> rows;
    for (const SearchMatch &match : result.matches)
        rows.push_back(
            {"  " + textShown(match.symbol), textShown(match.name), textShown(match.exchange), textShown(match.type)});
    console.table(rows);
    if (rows.empty())
        console.line("  no match");
}

void show(Console &console, const Sentiment &sentiment)
{
    const auto source = [](const char *name, const SourceSentiment &part) {
        return std::string(name) + ' ' + std::to_string(part.posts) + " posts " + numberShown(part.score, 2);
    };
    console.line("  score " + console.bold(numberShown(sentiment.score, 2)) + " of " + std::to_string(sentiment.posts)
        + " posts in " + textShown(sentiment.window) + ": " + std::to_string(sentiment.positive) + " positive, "
        + std::to_string(sentiment.neutral) + " neutral, " + std::to_string(sentiment.negative) + " negative");
    console.line("  " + source("Reddit", sentiment.reddit) + "; " + source("X", sentiment.x));
}

void show(Console &console, const Trending &trending)
{
    std::vector<std::vector<std::string>> rows;
    for (const TrendingSymbol &symbol : trending.symbols)
        rows.push_back({"  " + std::to_string(rows.size() + 1), textShown(symbol.symbol), textShown(symbol.name)});
    console.table(rows, {true});
}

void show(Console &console, const History &history)
{
    std::vector<std::vector<std::string>> rows{{"  time", "open", "high", "low", "close", "volume"}};
    const std::size_t count = history.bars.size();
    const std::size_t first = count > historyRowsShown ? count - historyRowsShown : 0;
    for (std::size_t i = first; i < count; ++i) {
        const Bar &bar = history.bars[i];
        rows.push_back({"  " + bar.time.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm")).toStdString(),
            numberShown(bar.open, 2), numberShown(bar.high, 2), numberShown(bar.low, 2), numberShown(bar.close, 2),
            numberShown(bar.volume, 0)});
    }
    console.line("  " + std::to_string(count) + " bars in " + textShown(history.currency)
        + (first ? ", the last " + std::to_string(historyRowsShown) + ':' : std::string(":")));
    console.table(rows, {false, true, true, true, true, true});
}

template <class T>
bool showTyped(Console &console, const QCborValue &cbor)
{
    const auto value = T::fromCbor(cbor);
    if (value)
        show(console, *value);
    else
        console.line("  " + console.bad(printable(value.error().toString())));
    return value.has_value();
}

void showOther(Console &console, std::string_view type, std::string_view payload)
{
    const auto value = valueJson(type, payload);
    if (!value)
        return console.line("  " + console.bad(printable(value.error().toString())));
    const QByteArray text = value->isObject()
        ? QJsonDocument(value->toObject()).toJson(QJsonDocument::Compact)
        : QJsonDocument(QJsonObject{{QStringLiteral("value"), *value}}).toJson(QJsonDocument::Compact);
    console.line("  " + printable(text.toStdString()));
}

void showValue(Console &console, const Lookup &lookup)
{
    const std::string_view type = lookup.key.type();
    const std::string_view payload = lookup.entry->payload();
    const QCborValue cbor = QCborValue::fromCbor(QByteArray(payload.data(), static_cast<qsizetype>(payload.size())));
    if (type == "stock")
        showTyped<Quote>(console, cbor);
    else if (type == "search")
        showTyped<SearchResult>(console, cbor);
    else if (type == "sentiment")
        showTyped<Sentiment>(console, cbor);
    else if (type == "trending")
        showTyped<Trending>(console, cbor);
    else if (type == "history")
        showTyped<History>(console, cbor);
    else
        showOther(console, type, payload);
}

std::string provenance(const Console &console, const Lookup &lookup)
{
    if (lookup.answeredBy == Stage::None)
        return "  not answered, in " + spanShown(lookup.total);
    std::string text = "  from " + std::string(stageName(lookup.answeredBy)) + " in " + spanShown(lookup.total);
    if (lookup.entry)
        text += ", " + spanShown(lookup.age) + " old";
    if (lookup.stale)
        return text + ", " + console.odd("stale since " + spanShown(-lookup.ttl) + ": the source failed");
    if (lookup.entry)
        text += ", fresh for " + spanShown(lookup.ttl);
    return lookup.ttlReason.empty() ? text : text + " (" + printable(lookup.ttlReason) + ')';
}

} // namespace

void showLookup(Console &console, const Lookup &lookup)
{
    console.line(console.bold(printable(lookup.key.text())));
    if (lookup.hasValue())
        showValue(console, lookup);
    else
        console.line("  " + console.bad(lookup.error ? printable(lookup.error->message) : "no value"));
    console.line(console.faint(provenance(console, lookup)));
    if (console.style().verbose > 0)
        console.line(console.faint("  " + lookup.cacheStatus()));
}

} // namespace insitecache
