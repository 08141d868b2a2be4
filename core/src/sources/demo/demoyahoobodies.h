// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>

#include "sources/demo/demomarket.h"

namespace insitecache {

/// Yahoo's JSON over the demo market, with the keys and types of its answers of 2025. Times are epoch seconds.

QJsonObject demoYahooQuote(const DemoMarket &market, const DemoInstrument &instrument, std::int64_t now);
/// What Yahoo says of a symbol that was listed once.
QJsonObject demoYahooDelisted(const QString &symbol);
/// `bars` may be empty: then there is no `timestamp` at all.
QJsonObject demoYahooChart(const DemoMarket &market, const DemoInstrument &instrument, const std::vector<DemoBar> &bars,
    const QString &interval, const QString &range, std::int64_t now);
QJsonObject demoYahooSearch(const std::vector<const DemoInstrument *> &found);
QJsonObject demoYahooTrending(const std::vector<const DemoInstrument *> &found, std::int64_t now);
/// `{"chart":{"result":null,"error":{…}}}`: the envelope is the endpoint's, or "finance".
QJsonObject demoYahooError(const QString &envelope, const QString &code, const QString &description);
/// `{"quoteResponse":{"result":[…],"error":null}}`.
QJsonObject demoYahooResult(const QString &envelope, const QJsonArray &result);

} // namespace insitecache
