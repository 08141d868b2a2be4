// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace insitecache {

/// zstd level 1: 1 KiB of JSON in about 5 µs. Contexts are reused per thread. Any thread.
std::string zstdCompress(std::string_view raw);
/// Nothing when the bytes are not a zstd frame of exactly `rawSize` bytes.
std::optional<std::string> zstdDecompress(std::string_view compressed, std::size_t rawSize);

} // namespace insitecache
