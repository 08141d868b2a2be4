// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/base/cachekey.h>

#include "base/utf8.h"

namespace insitecache {

namespace {

constexpr std::string_view hexDigits = "0123456789ABCDEF";

bool needsEscape(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F || c == '%';
}

std::string escaped(std::string_view identity)
{
    std::string out;
    out.reserve(identity.size());
    for (char c : identity) {
        if (!needsEscape(c)) {
            out.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += {'%', hexDigits[byte >> 4], hexDigits[byte & 15]};
    }
    return out;
}

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char upper = static_cast<char>(c & ~0x20);
    return upper >= 'A' && upper <= 'F' ? upper - 'A' + 10 : -1;
}

/// Nothing when a `%` does not start an escape.
bool unescape(std::string_view text, std::string &out)
{
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i]);
            continue;
        }
        const int high = i + 2 < text.size() ? hexValue(text[i + 1]) : -1;
        const int low = high >= 0 ? hexValue(text[i + 2]) : -1;
        if (low < 0)
            return false;
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
    }
    return true;
}

bool isTypeCharacter(char c, bool first)
{
    if (c >= 'a' && c <= 'z')
        return true;
    return !first && ((c >= '0' && c <= '9') || c == '_' || c == '-');
}

bool isValidType(std::string_view type)
{
    if (type.empty() || type.size() > CacheKey::maxTypeBytes)
        return false;
    for (std::size_t i = 0; i < type.size(); ++i) {
        if (!isTypeCharacter(type[i], i == 0))
            return false;
    }
    return true;
}

tl::unexpected<Error> invalid(std::string message)
{
    return fail(ErrorCode::InvalidArgument, std::move(message), "write a key as type:identity, e.g. stock:AAPL");
}

} // namespace

Result<CacheKey> CacheKey::make(std::string_view type, std::string_view identity)
{
    if (!isValidType(type))
        return invalid("the key type is not one lower-case letter followed by letters, digits, - or _ (at most 32)");
    if (identity.empty())
        return invalid("the key has no identity after '" + std::string(type) + ":'");
    if (identity.size() > maxTextBytes)
        return fail(ErrorCode::TooLarge, "the key has " + std::to_string(type.size() + 1 + identity.size()) + " bytes",
            "at most 1024 are allowed");
    if (!isUtf8(identity))
        return invalid("the key is not valid UTF-8");
    std::string text = std::string(type) + ':' + escaped(identity);
    if (text.size() > maxTextBytes)
        return fail(
            ErrorCode::TooLarge, "the key has " + std::to_string(text.size()) + " bytes", "at most 1024 are allowed");
    return CacheKey(std::move(text), type.size());
}

Result<CacheKey> CacheKey::parse(std::string_view text)
{
    if (text.empty())
        return invalid("the key is empty");
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        return invalid("the key '" + escaped(text.substr(0, 64)) + "' has no type");
    std::string identity;
    if (!unescape(text.substr(colon + 1), identity))
        return fail(ErrorCode::InvalidArgument, "a % in the key does not start an escape", "write a plain % as %25");
    return make(text.substr(0, colon), identity);
}

std::string CacheKey::identity() const
{
    std::string out;
    if (!m_text.empty())
        unescape(std::string_view(m_text).substr(m_typeLength + 1), out);
    return out;
}

} // namespace insitecache
