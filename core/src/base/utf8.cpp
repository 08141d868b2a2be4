// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"

namespace insitecache {

namespace {

struct Decoded {
    char32_t code;
    std::size_t bytes; ///< 0: not UTF-8
};

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

Decoded decodeOne(std::string_view text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    if (lead < 0x80)
        return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length)
        return {0, 0};
    char32_t code = lead & (0x7F >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (!isContinuation(text[i]))
            return {0, 0};
        code = (code << 6) | (static_cast<unsigned char>(text[i]) & 0x3F);
    }
    const char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code < smallest[length] || code > 0x10FFFF || surrogate)
        return {0, 0};
    return {code, length};
}

} // namespace

char32_t takeCodePoint(std::string_view &text)
{
    const Decoded one = decodeOne(text);
    text.remove_prefix(one.bytes ? one.bytes : 1);
    return one.bytes ? one.code : U'\uFFFD';
}

std::optional<std::u32string> decodeUtf8(std::string_view text)
{
    std::u32string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const Decoded one = decodeOne(text);
        if (one.bytes == 0)
            return std::nullopt;
        out.push_back(one.code);
        text.remove_prefix(one.bytes);
    }
    return out;
}

bool isUtf8(std::string_view text)
{
    while (!text.empty()) {
        const Decoded one = decodeOne(text);
        if (one.bytes == 0)
            return false;
        text.remove_prefix(one.bytes);
    }
    return true;
}

} // namespace insitecache
