// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <insitecache/base/cachekey.h>

namespace insitecache {

/// A cache trace in memory: who was asked for, in order. Each distinct key stands in `keys` once.
struct TraceFile {
    static constexpr std::string_view type = "trace";

    std::vector<CacheKey> keys;          ///< in the order of their first request
    std::vector<std::uint32_t> requests; ///< places in `keys`

    /// Reads one key a line, of any text; empty lines do not count, and lines may end with CR LF. Packed with gzip or
    /// not, whatever the file is called.
    /// Errors: Io (missing, a directory, unreadable), Corrupt (truncated or damaged gzip, no request at all),
    /// InvalidArgument and TooLarge (a line that cannot be a key).
    static Result<TraceFile> read(const std::string &path);
};

} // namespace insitecache
