// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QStringList>

#include "sources/demo/demoprices.h"

namespace insitecache {

/// The length of one bar, as Yahoo names it: `1m` … `1h` within a session, `1d` and above over sessions.
struct DemoInterval {
    enum class Unit { Seconds, Days, Weeks, Months };
    Unit unit = Unit::Days;
    int count = 1;
    int mostDays = 0; ///< how far back Yahoo keeps such bars; 0: for ever

    static std::optional<DemoInterval> named(const QString &name);
    static QStringList names();
    bool isIntraday() const { return unit == Unit::Seconds; }
};

/// Bars whose sessions began in [from, to), oldest first; the last one of a running session is unfinished at `now`.
/// Nothing lies in the future of `now`. Weeks begin on Monday, months on the 1st, both at midnight of the exchange.
std::vector<DemoBar> demoHistory(const DemoPrices &prices, const DemoInstrument &instrument,
    const DemoInterval &interval, std::int64_t from, std::int64_t to, std::int64_t now);

/// Where a range such as `5d`, `1mo`, `ytd` or `max` (20 years) begins, seen from `now`; empty for any other word.
std::optional<std::int64_t> demoRangeStart(const QString &range, const ExchangeHours &exchange, std::int64_t now);
QStringList demoRanges();

} // namespace insitecache
