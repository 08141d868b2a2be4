// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace insitecache {

/// The names of origins, each once for the whole process, so that an entry needs one byte for its own.
///
/// It only grows, and not beyond 254 texts of 64 bytes: they come with stored entries, so another program may have
/// written anything. What finds no place is "other".
///
/// Any thread; a name that is known takes no lock.
class OriginTable {
public:
    static constexpr std::size_t maxTexts = 254;
    static constexpr std::size_t maxTextBytes = 64;

    static OriginTable &instance();

    std::uint8_t idOf(std::string_view origin);
    /// Lives as long as the table.
    std::string_view textOf(std::uint8_t id) const;

private:
    static constexpr std::uint8_t otherId = 255;

    /// 0: not among the first `count`.
    std::uint8_t find(std::string_view origin, std::size_t count) const;

    std::mutex m_growing;
    std::array<std::string, maxTexts> m_texts; ///< id - 1; those below m_count never change
    std::atomic<std::size_t> m_count{0};
};

} // namespace insitecache
