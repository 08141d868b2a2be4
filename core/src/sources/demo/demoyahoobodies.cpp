// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo/demoyahoobodies.h"

#include <algorithm>
#include <cmath>

#include <QDateTime>

namespace insitecache {

namespace {

constexpr int demoKoreanDelay = 20; // minutes

struct DemoDay {
    ExchangeHours::Session session;
    DemoBar bar;
    double previous = 0;
};

DemoDay demoDay(const DemoMarket &market, const DemoInstrument &instrument, std::int64_t now)
{
    const ExchangeHours::Session session = instrument.exchange->lastSession(now);
    return {session, market.prices().day(instrument, session, now), market.prices().previousClose(instrument, now)};
}

/// Whole numbers come as JSON integers, as Yahoo sends them.
QJsonValue demoNumber(double value)
{
    constexpr double exact = 9e15;
    if (value == std::floor(value) && std::abs(value) < exact)
        return static_cast<qint64>(value);
    return value;
}

QString demoPriceText(double value)
{
    return QString::number(value, 'g', 10);
}

void addPrices(QJsonObject &quote, const DemoDay &day)
{
    const DemoBar &bar = day.bar;
    const double change = bar.close - day.previous;
    quote[QStringLiteral("regularMarketPrice")] = demoNumber(bar.close);
    quote[QStringLiteral("regularMarketPreviousClose")] = demoNumber(day.previous);
    quote[QStringLiteral("regularMarketChange")] = demoNumber(std::round(change * 1e6) / 1e6);
    quote[QStringLiteral("regularMarketChangePercent")] = change / day.previous * 100;
    quote[QStringLiteral("regularMarketOpen")] = demoNumber(bar.open);
    quote[QStringLiteral("regularMarketDayHigh")] = demoNumber(bar.high);
    quote[QStringLiteral("regularMarketDayLow")] = demoNumber(bar.low);
    quote[QStringLiteral("regularMarketDayRange")]
        = demoPriceText(bar.low) + QStringLiteral(" - ") + demoPriceText(bar.high);
    quote[QStringLiteral("regularMarketVolume")] = demoNumber(bar.volume);
}

void addPlace(QJsonObject &quote, const DemoInstrument &instrument, std::int64_t now)
{
    const ExchangeHours &exchange = *instrument.exchange;
    quote[QStringLiteral("exchange")] = instrument.listed.exchange;
    quote[QStringLiteral("fullExchangeName")] = instrument.exchangeName;
    quote[QStringLiteral("exchangeTimezoneName")] = exchange.zoneName();
    quote[QStringLiteral("exchangeTimezoneShortName")] = exchange.zoneAbbreviation(now);
    quote[QStringLiteral("gmtOffSetMilliseconds")] = exchange.utcOffset(now) * 1000;
    quote[QStringLiteral("market")] = exchange.isKorean() ? QStringLiteral("kr_market") : QStringLiteral("us_market");
    quote[QStringLiteral("exchangeDataDelayedBy")] = exchange.isKorean() ? demoKoreanDelay : 0;
}

QJsonObject demoPeriod(const ExchangeHours &exchange, std::int64_t start, std::int64_t end)
{
    return {{QStringLiteral("timezone"), exchange.zoneAbbreviation(start)}, {QStringLiteral("start"), qint64(start)},
        {QStringLiteral("end"), qint64(end)}, {QStringLiteral("gmtoffset"), exchange.utcOffset(start)}};
}

QJsonObject demoTradingPeriods(const ExchangeHours &exchange, std::int64_t now)
{
    QDate day = exchange.dayAt(now);
    if (!exchange.isTradingDay(day))
        day = exchange.before(day);
    const ExchangeHours::Session session = exchange.session(day);
    return {{QStringLiteral("pre"), demoPeriod(exchange, exchange.preOpen(day), session.open)},
        {QStringLiteral("regular"), demoPeriod(exchange, session.open, session.close)},
        {QStringLiteral("post"), demoPeriod(exchange, session.close, exchange.postClose(day))}};
}

QJsonObject demoChartMeta(const DemoMarket &market, const DemoInstrument &instrument, std::int64_t now)
{
    const DemoDay day = demoDay(market, instrument, now);
    const ExchangeHours &exchange = *instrument.exchange;
    return {{QStringLiteral("currency"), instrument.listed.currency},
        {QStringLiteral("symbol"), instrument.listed.symbol},
        {QStringLiteral("exchangeName"), instrument.listed.exchange},
        {QStringLiteral("fullExchangeName"), instrument.exchangeName},
        {QStringLiteral("instrumentType"), instrument.quoteType()},
        {QStringLiteral("firstTradeDate"), qint64(946'909'800)},
        {QStringLiteral("regularMarketTime"), qint64(DemoPrices::tradeTime(day.session, now))},
        {QStringLiteral("hasPrePostMarketData"), !exchange.isKorean()},
        {QStringLiteral("gmtoffset"), exchange.utcOffset(now)},
        {QStringLiteral("timezone"), exchange.zoneAbbreviation(now)},
        {QStringLiteral("exchangeTimezoneName"), exchange.zoneName()},
        {QStringLiteral("regularMarketPrice"), demoNumber(day.bar.close)},
        {QStringLiteral("regularMarketDayHigh"), demoNumber(day.bar.high)},
        {QStringLiteral("regularMarketDayLow"), demoNumber(day.bar.low)},
        {QStringLiteral("regularMarketVolume"), demoNumber(day.bar.volume)},
        {QStringLiteral("longName"), instrument.listed.name}, {QStringLiteral("shortName"), instrument.shortName},
        {QStringLiteral("priceHint"), exchange.isKorean() ? 0 : 2},
        {QStringLiteral("currentTradingPeriod"), demoTradingPeriods(exchange, now)}};
}

/// The parallel arrays of a chart. A minute now and then has no trade: Yahoo sends null for it.
QJsonObject demoIndicators(const std::vector<DemoBar> &bars, bool intraday, std::uint64_t id)
{
    const DemoNoise gaps = DemoNoise(id).fork(5);
    QJsonArray open, high, low, close, volume;
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const DemoBar &bar = bars[i];
        const bool empty = intraday && i + 1 < bars.size() && gaps.unit(bar.time) < 0.004;
        open.append(empty ? QJsonValue() : demoNumber(bar.open));
        high.append(empty ? QJsonValue() : demoNumber(bar.high));
        low.append(empty ? QJsonValue() : demoNumber(bar.low));
        close.append(empty ? QJsonValue() : demoNumber(bar.close));
        volume.append(empty ? QJsonValue() : demoNumber(bar.volume));
    }
    const QJsonObject quote{{QStringLiteral("open"), open}, {QStringLiteral("high"), high},
        {QStringLiteral("low"), low}, {QStringLiteral("close"), close}, {QStringLiteral("volume"), volume}};
    QJsonObject indicators{{QStringLiteral("quote"), QJsonArray{quote}}};
    if (!intraday)
        indicators[QStringLiteral("adjclose")] = QJsonArray{QJsonObject{{QStringLiteral("adjclose"), close}}};
    return indicators;
}

} // namespace

QJsonObject demoYahooQuote(const DemoMarket &market, const DemoInstrument &instrument, std::int64_t now)
{
    const DemoDay day = demoDay(market, instrument, now);
    QJsonObject quote{{QStringLiteral("language"), QStringLiteral("en-US")},
        {QStringLiteral("region"), QStringLiteral("US")}, {QStringLiteral("quoteType"), instrument.quoteType()},
        {QStringLiteral("quoteSourceName"),
            instrument.isKorean() ? QStringLiteral("Delayed Quote") : QStringLiteral("Nasdaq Real Time Price")},
        {QStringLiteral("triggerable"), true}, {QStringLiteral("customPriceAlertConfidence"), QStringLiteral("HIGH")},
        {QStringLiteral("currency"), instrument.listed.currency}, {QStringLiteral("shortName"), instrument.shortName},
        {QStringLiteral("longName"), instrument.listed.name},
        {QStringLiteral("marketState"), instrument.exchange->marketState(now)},
        {QStringLiteral("regularMarketTime"), qint64(DemoPrices::tradeTime(day.session, now))},
        {QStringLiteral("corporateActions"), QJsonArray()}, {QStringLiteral("esgPopulated"), false},
        {QStringLiteral("hasPrePostMarketData"), !instrument.isKorean()},
        {QStringLiteral("firstTradeDateMilliseconds"), qint64(946'909'800'000)}, {QStringLiteral("sourceInterval"), 15},
        {QStringLiteral("priceHint"), instrument.isKorean() ? 0 : 2}, {QStringLiteral("tradeable"), false},
        {QStringLiteral("cryptoTradeable"), false}, {QStringLiteral("symbol"), instrument.listed.symbol}};
    addPlace(quote, instrument, now);
    addPrices(quote, day);
    return quote;
}

QJsonObject demoYahooDelisted(const QString &symbol)
{
    return {{QStringLiteral("language"), QStringLiteral("en-US")}, {QStringLiteral("region"), QStringLiteral("US")},
        {QStringLiteral("quoteType"), QStringLiteral("NONE")}, {QStringLiteral("triggerable"), false},
        {QStringLiteral("customPriceAlertConfidence"), QStringLiteral("NONE")},
        {QStringLiteral("corporateActions"), QJsonArray()}, {QStringLiteral("esgPopulated"), false},
        {QStringLiteral("tradeable"), false}, {QStringLiteral("cryptoTradeable"), false},
        {QStringLiteral("hasPrePostMarketData"), false}, {QStringLiteral("symbol"), symbol.toUpper()}};
}

QJsonObject demoYahooChart(const DemoMarket &market, const DemoInstrument &instrument, const std::vector<DemoBar> &bars,
    const QString &interval, const QString &range, std::int64_t now)
{
    QJsonObject meta = demoChartMeta(market, instrument, now);
    const std::int64_t first = bars.empty() ? now : bars.front().time;
    const double before = market.prices().previousClose(instrument, std::max(first, std::int64_t(0)));
    meta[QStringLiteral("chartPreviousClose")] = demoNumber(before);
    if (interval.endsWith(u'm') || interval.endsWith(u'h'))
        meta[QStringLiteral("previousClose")] = demoNumber(market.prices().previousClose(instrument, now));
    meta[QStringLiteral("dataGranularity")] = interval;
    meta[QStringLiteral("range")] = range;
    meta[QStringLiteral("validRanges")] = QJsonArray::fromStringList(demoRanges());
    QJsonObject result{{QStringLiteral("meta"), meta}};
    if (bars.empty()) {
        result[QStringLiteral("indicators")] = QJsonObject{{QStringLiteral("quote"), QJsonArray{QJsonObject()}}};
        return demoYahooResult(QStringLiteral("chart"), {result});
    }
    QJsonArray timestamps;
    for (const DemoBar &bar : bars)
        timestamps.append(qint64(bar.time));
    result[QStringLiteral("timestamp")] = timestamps;
    result[QStringLiteral("indicators")]
        = demoIndicators(bars, DemoInterval::named(interval)->isIntraday(), instrument.id);
    return demoYahooResult(QStringLiteral("chart"), {result});
}

QJsonObject demoYahooSearch(const std::vector<const DemoInstrument *> &found)
{
    QJsonArray quotes;
    double score = 20'000;
    for (const DemoInstrument *instrument : found) {
        const QString type = instrument->quoteType();
        quotes.append(QJsonObject{{QStringLiteral("exchange"), instrument->listed.exchange},
            {QStringLiteral("shortname"), instrument->shortName}, {QStringLiteral("quoteType"), type},
            {QStringLiteral("symbol"), instrument->listed.symbol}, {QStringLiteral("index"), QStringLiteral("quotes")},
            {QStringLiteral("score"), score -= 10},
            {QStringLiteral("typeDisp"), type == QStringLiteral("ETF") ? type : type[0] + type.mid(1).toLower()},
            {QStringLiteral("longname"), instrument->listed.name},
            {QStringLiteral("exchDisp"), instrument->exchangeDisplay}, {QStringLiteral("isYahooFinance"), true}});
    }
    return {{QStringLiteral("explains"), QJsonArray()}, {QStringLiteral("count"), quotes.size()},
        {QStringLiteral("quotes"), quotes}, {QStringLiteral("news"), QJsonArray()},
        {QStringLiteral("nav"), QJsonArray()}, {QStringLiteral("lists"), QJsonArray()},
        {QStringLiteral("researchReports"), QJsonArray()}, {QStringLiteral("totalTime"), 12}};
}

QJsonObject demoYahooTrending(const std::vector<const DemoInstrument *> &found, std::int64_t now)
{
    QJsonArray quotes;
    for (const DemoInstrument *instrument : found)
        quotes.append(QJsonObject{{QStringLiteral("symbol"), instrument->listed.symbol}});
    const QDateTime start = QDateTime::fromSecsSinceEpoch(now, Qt::UTC);
    return demoYahooResult(QStringLiteral("finance"),
        {QJsonObject{{QStringLiteral("count"), quotes.size()}, {QStringLiteral("quotes"), quotes},
            {QStringLiteral("jobTimestamp"), qint64(now * 1000)},
            {QStringLiteral("startInterval"), start.toString(QStringLiteral("yyyyMMddHH00")).toLongLong()}}});
}

QJsonObject demoYahooError(const QString &envelope, const QString &code, const QString &description)
{
    const QJsonObject error{{QStringLiteral("code"), code}, {QStringLiteral("description"), description}};
    return {{envelope, QJsonObject{{QStringLiteral("result"), QJsonValue()}, {QStringLiteral("error"), error}}}};
}

QJsonObject demoYahooResult(const QString &envelope, const QJsonArray &result)
{
    return {{envelope, QJsonObject{{QStringLiteral("result"), result}, {QStringLiteral("error"), QJsonValue()}}}};
}

} // namespace insitecache
