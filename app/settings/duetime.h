// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include <insitecache/base/clock.h>
#include <insitecache/base/error.h>

namespace insitecache {

/// A point in time as people write it, in the local time zone: "15:30" or "15:30:05" is today, "2026-11-25T09:00" and
/// ISO 8601 with a zone any day. A time of today that has passed is an error, not tomorrow; a date in the past is for
/// whoever schedules to refuse. Errors: InvalidArgument, saying what would be right.
Result<WallTime> parseDueTime(std::string_view text, WallTime now);

} // namespace insitecache
