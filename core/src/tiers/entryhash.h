// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace insitecache {

/// The hash by which L1 spreads keys over its parts, its table and its frequency sketch: xxh3-64.
inline std::uint64_t hashOfKey(std::string_view text)
{
    return XXH3_64bits(text.data(), text.size());
}

} // namespace insitecache
