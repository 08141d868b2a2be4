// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/closedmarket.h"

#include <algorithm>
#include <iterator>

#include <insitecache/sources/values.h>

#include "sources/exchangehours.h"

namespace insitecache {

namespace {

constexpr std::int64_t settlingSeconds = 15 * 60; // the official close comes late
constexpr QStringView exchangesOfNewYork[] = {u"NMS", u"NGM", u"NCM", u"NYQ", u"ASE", u"PCX", u"BTS"};
constexpr QStringView exchangesOfKorea[] = {u"KSC", u"KOE"};

template <std::size_t n>
bool isAmong(const QStringView (&codes)[n], const QString &code)
{
    return std::find(std::begin(codes), std::end(codes), code) != std::end(codes);
}

const ExchangeHours *hoursOf(const Quote &quote)
{
    if (isAmong(exchangesOfNewYork, quote.exchange))
        return &ExchangeHours::newYork();
    return isAmong(exchangesOfKorea, quote.exchange) ? &ExchangeHours::korea() : nullptr;
}

std::int64_t marketSeconds(WallTime time)
{
    return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

} // namespace

std::optional<WallTime> closedUntil(const CacheKey &key, std::string_view payload, WallTime now)
{
    if (key.type() != "stock")
        return std::nullopt;
    const auto quote
        = Quote::fromCbor(QCborValue::fromCbor(QByteArray(payload.data(), static_cast<qsizetype>(payload.size()))));
    const ExchangeHours *hours = quote ? hoursOf(*quote) : nullptr;
    if (!hours || quote->marketState == QStringLiteral("REGULAR"))
        return std::nullopt;
    const std::int64_t seconds = marketSeconds(now);
    const std::int64_t late = std::int64_t(std::clamp(quote->delayMinutes.value_or(0), 0, 60)) * 60;
    if (seconds < hours->lastSession(seconds).close + late + settlingSeconds)
        return std::nullopt;
    return WallTime(std::chrono::seconds(hours->nextOpen(seconds)));
}

} // namespace insitecache
