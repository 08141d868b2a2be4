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
    /// The same with leading zeros, so that texts sort as their positions do.
    std::string sortable() const
    {
        const auto padded = [](std::uint64_t number) {
            const std::string digits = std::to_string(number);
            return std::string(20 - digits.size(), '0') + digits;
        };
        return padded(milliseconds) + '-' + padded(sequence);
    }
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

/// How far the log on a server was followed, in one run of that server.
struct FollowedStream {
    std::string run; ///< as names on the server carry it; empty: it was never followed
    StreamPosition position;
    bool others = false; ///< processes with another L3, or none, were met there
};

} // namespace insitecache
