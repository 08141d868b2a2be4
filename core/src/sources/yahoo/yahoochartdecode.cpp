// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>

#include "sources/yahoo/yahoodecode.h"
#include "sources/yahoo/yahoojson.h"

namespace insitecache {

namespace {

/// The five series of a chart; shorter ones than the times, or none at all, read as null.
struct YahooSeries {
    QJsonArray open, high, low, close, volume;

    explicit YahooSeries(const QJsonObject &chart)
    {
        const QJsonObject quote = chart.value(QLatin1String("indicators"))
                                      .toObject()
                                      .value(QLatin1String("quote"))
                                      .toArray()
                                      .first()
                                      .toObject();
        open = quote.value(QLatin1String("open")).toArray();
        high = quote.value(QLatin1String("high")).toArray();
        low = quote.value(QLatin1String("low")).toArray();
        close = quote.value(QLatin1String("close")).toArray();
        volume = quote.value(QLatin1String("volume")).toArray();
    }

    std::optional<Bar> bar(const QDateTime &time, qsizetype at) const
    {
        const auto o = yahooNumber(open.at(at)), h = yahooNumber(high.at(at)), l = yahooNumber(low.at(at)),
                   c = yahooNumber(close.at(at));
        if (!o || !h || !l || !c)
            return std::nullopt;
        return Bar{time, *o, *h, *l, *c, yahooNumber(volume.at(at))};
    }
};

} // namespace

Result<QJsonObject> yahooChart(const HttpResponse &response)
{
    const auto document = yahooDocument(response);
    if (!document)
        return tl::unexpected(document.error());
    const auto results = yahooResults(*document, QLatin1String("chart"));
    if (!results)
        return tl::unexpected(results.error());
    const QJsonObject chart = results->first().toObject();
    if (!chart.value(QLatin1String("meta")).isObject())
        return fail(ErrorCode::BadResponse, "Yahoo Finance sent a chart without a description", "check the base URL");
    return chart;
}

Result<History> decodeYahooHistory(const HttpResponse &response)
{
    const auto chart = yahooChart(response);
    if (!chart)
        return tl::unexpected(chart.error());
    const QJsonObject meta = chart->value(QLatin1String("meta")).toObject();
    History history;
    history.symbol = yahooText(meta, {QLatin1String("symbol")});
    history.currency = yahooText(meta, {QLatin1String("currency")});
    history.timezone = yahooText(meta, {QLatin1String("exchangeTimezoneName")});
    const QJsonArray times = chart->value(QLatin1String("timestamp")).toArray();
    const YahooSeries series(*chart);
    for (qsizetype i = 0; i < times.size(); ++i) {
        const auto time = yahooTime(times.at(i));
        if (const auto bar = time ? series.bar(*time, i) : std::nullopt)
            history.bars.push_back(*bar);
    }
    return history;
}

} // namespace insitecache
