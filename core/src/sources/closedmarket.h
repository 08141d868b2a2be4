// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include <insitecache/base/cachekey.h>
#include <insitecache/base/clock.h>

namespace insitecache {

/// Until when the price in this quote cannot change: its exchange is closed, has been for a quarter of an hour more
/// than the provider is late, and opens again then. Nothing for other types, for exchanges whose hours are not known
/// (see ExchangeHours), and while the provider says that they trade. A pure function; any thread.
std::optional<WallTime> closedUntil(const CacheKey &key, std::string_view payload, WallTime now);

} // namespace insitecache
