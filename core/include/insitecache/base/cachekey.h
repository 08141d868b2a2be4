// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include <insitecache/base/error.h>

namespace insitecache {

class Entry;

/// The name of one cached value: a type and an identity, written `stock:AAPL`, `search:apple`, `user:42`.
///
/// The type is exactly the part before the first colon: one lower-case letter, then letters, digits, `_`, `-`.
/// The identity is any non-empty UTF-8 text. In the written form `%` and control characters are escaped as
/// `%XX`; nothing else is, so Korean and spaces stay readable. Two different keys never make one text, and
/// parse(text()) gives the key back.
///
/// A value type: copy it freely. Any thread.
class CacheKey {
public:
    static constexpr std::size_t maxTextBytes = 1024;
    static constexpr std::size_t maxTypeBytes = 32;

    /// The empty key: valid only as a placeholder.
    CacheKey() = default;

    /// From raw parts; escapes the identity.
    /// Errors: InvalidArgument (empty part, bad type, not UTF-8), TooLarge.
    static Result<CacheKey> make(std::string_view type, std::string_view identity);

    /// From the written form. `%` must start a valid escape. Errors as in make().
    static Result<CacheKey> parse(std::string_view text);

    const std::string &text() const { return m_text; }
    std::string_view type() const { return std::string_view(m_text).substr(0, m_typeLength); }
    /// The raw identity, with the escapes undone.
    std::string identity() const;
    bool isEmpty() const { return m_text.empty(); }

    friend bool operator==(const CacheKey &a, const CacheKey &b) { return a.m_text == b.m_text; }
    friend auto operator<=>(const CacheKey &a, const CacheKey &b) { return a.m_text <=> b.m_text; }

private:
    friend class Entry; // keeps the text of a key that was valid, and need not parse it again
    CacheKey(std::string text, std::size_t typeLength) : m_text(std::move(text)), m_typeLength(typeLength) {}

    std::string m_text;
    std::size_t m_typeLength = 0;
};

} // namespace insitecache

template <>
struct std::hash<insitecache::CacheKey> {
    std::size_t operator()(const insitecache::CacheKey &key) const noexcept
    {
        return std::hash<std::string>{}(key.text());
    }
};
