// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <QString>

#include <insitecache/base/clock.h>

namespace insitecache {

/// Numbers as a terminal shows them. Plain ASCII digits with a point, whatever the locale.

std::string numberShown(double value, int decimals);
std::string numberShown(const std::optional<double> &value, int decimals); ///< "-" when absent
std::string percentShown(double ratio);                                    ///< 0.831 is "83.1 %"
std::string sizeShown(std::uint64_t bytes);                                ///< "12.3 MiB"
std::string spanShown(Duration span);                                      ///< "850 us", "12.3 ms", "4 min 5 s"
/// Foreign text made safe for a terminal.
std::string textShown(const QString &text);

} // namespace insitecache
