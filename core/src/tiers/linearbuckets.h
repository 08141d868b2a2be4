// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

/// Linear hashing (Litwin, VLDB 1980): a table grows by one bucket at a time, and each time one bucket is split in two.
namespace insitecache {

/// The bucket of a hash, of a table of so many.
inline std::size_t linearBucket(std::uint64_t hash, std::size_t buckets)
{
    const std::size_t half = std::bit_floor(buckets);
    const std::size_t index = hash & (2 * half - 1);
    return index < buckets ? index : index & (half - 1);
}

/// The bucket that is split when one is added to so many.
inline std::size_t bucketToSplit(std::size_t buckets)
{
    return buckets - std::bit_floor(buckets);
}

} // namespace insitecache
