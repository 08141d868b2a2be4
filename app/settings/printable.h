// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace insitecache {

/// Foreign text made safe for a terminal and a log: one line of UTF-8 without control characters (C0, C1,
/// bidirectional marks, line separators). Those become \xNN or \u{NNNN}; bytes that are not UTF-8 become U+FFFD.
std::string printable(std::string_view text);

/// printable(), in quotes, cut to 80 characters: for messages.
std::string inQuotes(std::string_view text);

} // namespace insitecache
