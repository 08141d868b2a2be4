// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include <insitecache/base/cachekey.h>
#include <insitecache/base/clock.h>
#include <insitecache/tiers/tieroptions.h>

namespace insitecache {

/// What a replay counted.
struct ReplayReport {
    std::uint64_t requests = 0, hits = 0;
    double seconds = 0; ///< from the first request to the last, of all threads
};

/// Requests against an L1 of its own, to see what share of them it answers and how fast. Neither tiers nor sources take
/// part, and no value: a miss is one insert of an entry with an empty payload that never expires.
class MemoryReplay {
public:
    /// `requests` are places in `keys`. Both and `clock` must outlive the object.
    MemoryReplay(const std::vector<CacheKey> &keys, const std::vector<std::uint32_t> &requests, const Clock &clock) :
        m_keys(keys), m_requests(requests), m_clock(clock)
    {}

    /// Once through all requests, from an empty L1. Several threads (at least 1) take them in turn, some hundred at a
    /// time, so their order is nearly that of the trace. Blocks. Any thread.
    ReplayReport run(const MemoryTierOptions &options, int threads) const;

private:
    const std::vector<CacheKey> &m_keys;
    const std::vector<std::uint32_t> &m_requests;
    const Clock &m_clock;
};

} // namespace insitecache
