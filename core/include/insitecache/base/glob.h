// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <insitecache/base/error.h>

namespace insitecache {

/// One meaning of a pattern, the same at every tier: `*` any run of characters, `?` exactly one character
/// (not byte), `[abc]` `[a-z]` `[^a-z]` one of a set, `\x` the character x itself. Matches the whole key text.
///
/// The matcher is iterative and takes O(pattern × text) time at worst, so a pattern of stars is harmless.
/// A value type, immutable once made. Any thread.
class Glob {
public:
    static constexpr std::size_t maxBytes = 1024;

    /// Errors: InvalidArgument (empty, unclosed `[`, trailing `\`, not UTF-8), TooLarge.
    static Result<Glob> compile(std::string_view pattern);

    /// A glob that matches exactly `text`.
    static std::string quote(std::string_view text);

    bool matches(std::string_view text) const;

    const std::string &pattern() const { return m_pattern; }
    /// The literal start that every match has, with escapes undone: what a range scan can use.
    const std::string &literalPrefix() const { return m_prefix; }

private:
    std::u32string m_code;
    std::string m_pattern;
    std::string m_prefix;
};

} // namespace insitecache
