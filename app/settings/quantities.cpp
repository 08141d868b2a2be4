// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/quantities.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>

#include "settings/printable.h"

namespace insitecache {

namespace {

struct QuantityUnit {
    std::string_view name;
    double factor;
};

constexpr QuantityUnit durationUnits[]
    = {{"ms", 1}, {"s", 1e3}, {"m", 60e3}, {"min", 60e3}, {"h", 3600e3}, {"d", 86400e3}};
constexpr QuantityUnit byteUnits[] = {{"", 1}, {"B", 1}, {"KiB", 1024}, {"MiB", 1048576}, {"GiB", 1073741824},
    {"TiB", 1099511627776}, {"kB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}};
constexpr double quantityMaxDuration = 1000 * 86400e3;
constexpr double quantityMaxBytes = 9e15; // beyond this a double cannot hold every byte count

/// A number and the word that follows it, or nothing.
struct NumberAndUnit {
    double number;
    std::string_view unit;
};

std::optional<NumberAndUnit> splitQuantity(std::string_view text)
{
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (error != std::errc() || !std::isfinite(number) || number < 0)
        return std::nullopt;
    std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    while (!unit.empty() && unit.front() == ' ')
        unit.remove_prefix(1);
    return NumberAndUnit{number, unit};
}

template <std::size_t N>
std::optional<double> quantityValue(const QuantityUnit (&units)[N], std::string_view text)
{
    const auto split = splitQuantity(text);
    if (!split)
        return std::nullopt;
    const auto unit = std::find_if(
        std::begin(units), std::end(units), [&](const QuantityUnit &known) { return known.name == split->unit; });
    if (unit == std::end(units))
        return std::nullopt;
    return split->number * unit->factor;
}

} // namespace

Result<Millis> parseDuration(std::string_view text)
{
    if (text == "0")
        return Millis(0);
    const auto ms = quantityValue(durationUnits, text);
    if (!ms || *ms > quantityMaxDuration || (*ms > 0 && *ms < 0.5))
        return fail(
            ErrorCode::InvalidArgument, inQuotes(text) + " is not a duration", "write e.g. 250ms, 30s, 5m, 1h or 2d");
    return Millis(std::llround(*ms));
}

Result<std::uint64_t> parseBytes(std::string_view text)
{
    const auto bytes = quantityValue(byteUnits, text);
    if (!bytes || *bytes > quantityMaxBytes)
        return fail(ErrorCode::InvalidArgument, inQuotes(text) + " is not a size", "write e.g. 512KiB, 256MiB or 2GiB");
    return static_cast<std::uint64_t>(std::llround(*bytes));
}

Result<std::uint64_t> parseCount(std::string_view text)
{
    std::uint64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc() || end != text.data() + text.size())
        return fail(ErrorCode::InvalidArgument, inQuotes(text) + " is not a whole number", "write digits only");
    return count;
}

Result<double> parseNumber(std::string_view text)
{
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
        return fail(ErrorCode::InvalidArgument, inQuotes(text) + " is not a number", "write e.g. 0.8");
    return number;
}

Result<bool> parseSwitch(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    if (lower == "true" || lower == "yes" || lower == "on" || lower == "1")
        return true;
    if (lower == "false" || lower == "no" || lower == "off" || lower == "0")
        return false;
    return fail(ErrorCode::InvalidArgument, inQuotes(text) + " is neither true nor false", "write true or false");
}

std::string durationText(Millis duration)
{
    const auto ms = duration.count();
    return ms % 1000 == 0 ? std::to_string(ms / 1000) + "s" : std::to_string(ms) + "ms";
}

std::string bytesText(std::uint64_t bytes)
{
    constexpr std::string_view units[] = {"", "KiB", "MiB", "GiB", "TiB"};
    std::size_t unit = 0;
    for (; bytes > 0 && bytes % 1024 == 0 && unit + 1 < std::size(units); ++unit)
        bytes /= 1024;
    return std::to_string(bytes).append(units[unit]);
}

std::string numberText(double number)
{
    char buffer[32];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, number);
    return error == std::errc() ? std::string(buffer, end) : std::string();
}

} // namespace insitecache
