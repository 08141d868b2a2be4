// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charconv>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace insitecache {

/// The id of a Redis stream entry, "milliseconds-sequence". Any thread.
struct StreamPosition {
    std::uint64_t milliseconds = 0, sequence = 0;
    friend auto operator<=>(const StreamPosition &, const StreamPosition &) = default;

    std::string text() const { return std::to_string(milliseconds) + '-' + std::to_string(sequence); }
    /// 0-0 for what is no id.
    static StreamPosition parse(std::string_view text)
    {
        StreamPosition out;
        const auto first = std::from_chars(text.data(), text.data() + text.size(), out.milliseconds);
        if (first.ptr != text.data() + text.size() && *first.ptr == '-')
            std::from_chars(first.ptr + 1, text.data() + text.size(), out.sequence);
        return out;
    }
};

} // namespace insitecache
