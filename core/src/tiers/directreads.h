// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include <insitecache/tiers/entry.h>

namespace insitecache {

/// The short way to a tier's copies: in the calling thread, which waits for them. It only ever answers what is plainly
/// there, sound, fresh and not negative; for everything else the tier itself is asked. It hands out no ticket, repairs
/// nothing and counts nothing.
/// Any thread, several at a time.
class DirectReads {
public:
    using Keys = std::span<const CacheKey *const>;

    virtual ~DirectReads() = default;
    /// `found`: as many as `keys`, null; those that are found are set. Returns soon also where the tier does not
    /// answer.
    virtual void get(Keys keys, std::span<EntryPtr> found) = 0;
};

} // namespace insitecache
