// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/base/glob.h>

#include "base/utf8.h"

namespace insitecache {

namespace {

/// Where the set that opens at `open` closes, or npos. A `]` right after `[` or `[^` belongs to the set.
std::size_t closingBracket(std::u32string_view code, std::size_t open)
{
    std::size_t i = open + 1;
    if (i < code.size() && code[i] == U'^')
        ++i;
    for (bool first = true; i < code.size(); ++i, first = false) {
        if (code[i] == U'\\')
            ++i;
        else if (code[i] == U']' && !first)
            return i;
    }
    return std::u32string_view::npos;
}

/// Takes one set member, with `\` undone.
char32_t takeMember(std::u32string_view set, std::size_t &i)
{
    if (set[i] == U'\\' && i + 1 < set.size())
        ++i;
    return set[i++];
}

/// `set` is what stands between the brackets.
bool setContains(std::u32string_view set, char32_t c)
{
    const bool negated = set.front() == U'^';
    bool found = false;
    for (std::size_t i = negated ? 1 : 0; i < set.size();) {
        const char32_t low = takeMember(set, i);
        char32_t high = low;
        if (i + 1 < set.size() && set[i] == U'-') {
            ++i;
            high = takeMember(set, i);
        }
        found = found || (c >= low && c <= high);
    }
    return found != negated;
}

/// One element of the pattern at `p` against one character; moves `p` past the element.
bool matchesElement(std::u32string_view code, std::size_t &p, char32_t c)
{
    if (code[p] == U'?') {
        ++p;
        return true;
    }
    if (code[p] == U'[') {
        const std::size_t close = closingBracket(code, p);
        const auto set = code.substr(p + 1, close - p - 1);
        p = close + 1;
        return setContains(set, c);
    }
    if (code[p] == U'\\')
        ++p;
    return code[p++] == c;
}

tl::unexpected<Error> bad(std::string message, std::string hint)
{
    return fail(ErrorCode::InvalidArgument, std::move(message), std::move(hint));
}

Status checkSyntax(std::u32string_view code)
{
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (code[i] == U'\\') {
            if (++i == code.size())
                return bad("the pattern ends with a single \\", "write \\\\ for a backslash");
            continue;
        }
        if (code[i] != U'[')
            continue;
        const std::size_t close = closingBracket(code, i);
        if (close == std::u32string_view::npos)
            return bad("the pattern has a [ without ]", "write \\[ for a plain bracket");
        i = close;
    }
    return {};
}

std::string literalStart(std::string_view pattern)
{
    std::string prefix;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '*' || pattern[i] == '?' || pattern[i] == '[')
            break;
        if (pattern[i] == '\\')
            ++i;
        prefix.push_back(pattern[i]);
    }
    return prefix;
}

} // namespace

Result<Glob> Glob::compile(std::string_view pattern)
{
    if (pattern.empty())
        return bad("the pattern is empty", "use * for every key");
    if (pattern.size() > maxBytes)
        return fail(ErrorCode::TooLarge, "the pattern has " + std::to_string(pattern.size()) + " bytes",
            "at most 1024 are allowed");
    auto code = decodeUtf8(pattern);
    if (!code)
        return bad("the pattern is not valid UTF-8", {});
    if (Status ok = checkSyntax(*code); !ok)
        return tl::unexpected(ok.error());
    Glob glob;
    glob.m_code = std::move(*code);
    glob.m_pattern = pattern;
    glob.m_prefix = literalStart(pattern);
    return glob;
}

std::string Glob::quote(std::string_view text)
{
    std::string out;
    for (char c : text) {
        if (c == '*' || c == '?' || c == '[' || c == '\\')
            out.push_back('\\');
        out.push_back(c);
    }
    return out;
}

// Greedy with one point to come back to: only the last star ever needs to grow, since an earlier one that took
// less already let the later one start sooner.
bool Glob::matches(std::string_view text) const
{
    std::size_t p = 0;
    std::size_t starAt = std::u32string::npos;
    std::string_view starText;
    while (true) {
        if (p < m_code.size() && m_code[p] == U'*') {
            starAt = ++p;
            starText = text;
            continue;
        }
        if (text.empty() && p == m_code.size())
            return true;
        if (!text.empty() && p < m_code.size()) {
            std::string_view rest = text;
            std::size_t next = p;
            if (matchesElement(m_code, next, takeCodePoint(rest))) {
                p = next;
                text = rest;
                continue;
            }
        }
        if (starAt == std::u32string::npos || starText.empty())
            return false;
        takeCodePoint(starText);
        text = starText;
        p = starAt;
    }
}

} // namespace insitecache
