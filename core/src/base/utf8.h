// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace insitecache {

/// The code points of `text`, or nothing when it is not valid UTF-8 (overlong forms and surrogates included).
std::optional<std::u32string> decodeUtf8(std::string_view text);
/// Takes one code point off the front of `text`; U+FFFD and one byte when the bytes are not UTF-8.
char32_t takeCodePoint(std::string_view &text);
bool isUtf8(std::string_view text);

} // namespace insitecache
