// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include <insitecache/base/error.h>

namespace insitecache {

/// What a cache brings into L1 before anybody asks for it. All of it is off by default, and none of it counts as a
/// lookup: hit ratios are those of whoever asks.
///
/// Hottest: the keys that L1 answered most often are written to `file` every five minutes and at the end, the hottest
/// first, and loaded in that order at the next start.
///
/// Next: a key that followed another one in at least half of the times that the other one was loaded, five times at
/// least, is loaded together with it. Reads that L1 answers, or L2 in the calling thread, are neither seen nor slowed
/// down by this.
///
/// Both look in L2 and L3 first. What is in neither is asked for upstream a few keys each second, and only as long as
/// every provider that tells its quota has more than 1 - quotaShare of it left and none refuses.
struct PreloadOptions {
    bool hottest = false;
    bool next = false;
    std::string file;        ///< for `hottest`; its directory is made when it is written
    std::size_t keys = 1000; ///< for `hottest`: 1 … 100,000
    double quotaShare = 0.2; ///< 0 (never ask upstream) … 1

    bool isOn() const { return hottest || next; }
    /// Errors: InvalidArgument, naming the field and its range.
    Status validate() const;
};

} // namespace insitecache
