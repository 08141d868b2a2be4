// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <insitecache/base/clock.h>
#include <insitecache/base/error.h>

namespace insitecache {

/// Quantities as people write them. Errors are InvalidArgument and say what would be right.

/// "250ms", "30s", "5m", "1.5h", "2d"; a bare 0 needs no unit. Not negative, at most 1000 days.
Result<Millis> parseDuration(std::string_view text);
/// "512", "64KiB", "256MiB", "2GiB"; "kB" and "MB" are powers of 1000.
Result<std::uint64_t> parseBytes(std::string_view text);
Result<std::uint64_t> parseCount(std::string_view text);
Result<double> parseNumber(std::string_view text);
/// true/false, yes/no, on/off, 1/0.
Result<bool> parseSwitch(std::string_view text);

/// "300s", "250ms": what parseDuration() reads back.
std::string durationText(Millis duration);
/// "256MiB", "1000": what parseBytes() reads back.
std::string bytesText(std::uint64_t bytes);
/// The shortest text that parseNumber() reads back as the same number.
std::string numberText(double number);

} // namespace insitecache
