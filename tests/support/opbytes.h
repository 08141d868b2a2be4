// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace insitecache::test {

/// Bytes read as decisions, so that a seeded generator and a fuzzer can drive the same test. Zeros when they run out.
class OpBytes {
public:
    explicit OpBytes(std::span<const std::uint8_t> bytes) : m_bytes(bytes) {}

    bool isAtEnd() const { return m_at >= m_bytes.size(); }
    std::uint64_t byte() { return isAtEnd() ? 0 : m_bytes[m_at++]; }
    /// 0 … count−1; count is at most 65536.
    std::uint64_t below(std::uint64_t count)
    {
        const std::uint64_t high = count > 256 ? byte() : 0;
        return (high << 8 | byte()) % count;
    }
    /// Of any order of magnitude up to 2^most.
    std::uint64_t spread(unsigned most)
    {
        const std::uint64_t bits = below(most + 1);
        const std::uint64_t value = byte() << 24 | byte() << 16 | byte() << 8 | byte();
        return (value * 0x9e3779b97f4a7c15ULL >> 16) & ((std::uint64_t(1) << bits) - 1);
    }

private:
    std::span<const std::uint8_t> m_bytes;
    std::size_t m_at = 0;
};

} // namespace insitecache::test
