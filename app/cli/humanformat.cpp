// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/humanformat.h"

#include <array>
#include <cmath>

#include "settings/printable.h"

namespace insitecache {

std::string numberShown(double value, int decimals)
{
    return QString::number(value, 'f', decimals).toStdString();
}

std::string numberShown(const std::optional<double> &value, int decimals)
{
    return value ? numberShown(*value, decimals) : std::string("-");
}

std::string percentShown(double ratio)
{
    return numberShown(ratio * 100.0, 1) + " %";
}

std::string sizeShown(std::uint64_t bytes)
{
    constexpr std::array units = {"B", "KiB", "MiB", "GiB", "TiB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 1024.0 && unit + 1 < units.size()) {
        value /= 1024.0;
        ++unit;
    }
    return numberShown(value, unit == 0 ? 0 : 1) + ' ' + units[unit];
}

std::string spanShown(Duration span)
{
    const double ms = toMillisF(span);
    const double size = std::abs(ms);
    if (size < 1.0)
        return numberShown(ms * 1000.0, 0) + " us";
    if (size < 1000.0)
        return numberShown(ms, size < 10.0 ? 1 : 0) + " ms";
    if (size < 100'000.0)
        return numberShown(ms / 1000.0, size < 10'000.0 ? 1 : 0) + " s";
    const auto seconds = std::llround(ms / 1000.0);
    if (size < 100.0 * 60e3)
        return std::to_string(seconds / 60) + " min " + std::to_string(std::llabs(seconds % 60)) + " s";
    return size < 48 * 3600e3 ? numberShown(ms / 3600e3, 1) + " h" : numberShown(ms / 86400e3, 0) + " d";
}

std::string textShown(const QString &text)
{
    return printable(text.toStdString());
}

} // namespace insitecache
