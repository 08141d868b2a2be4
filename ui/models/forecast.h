// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <insitecache/monitor/snapshot.h>

namespace insitecache {

/// Why L1 misses and what would help, in words. Plain text. GUI thread.

/// "cold 62% · expired 30% · evicted 8%": the shares of the reasons, the largest first; empty without a miss.
QString missesText(const MissCounts &counts);
/// "TTL-bound: 84.0% hits, 91.2% with twice the life, 84.3% with twice the room"; empty with too few samples.
QString forecastText(const WhatIfReport &report);
/// Every case of the forecast and how good it is, a line each; empty with too few samples.
QString forecastTable(const WhatIfReport &report);

} // namespace insitecache
