// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/monitor/snapshot.h>

namespace insitecache {

std::uint64_t cacheMemory(const Snapshot &snapshot)
{
    std::uint64_t bytes = 0;
    for (const Stage stage : {Stage::L1, Stage::L2}) {
        const TierState &tier = snapshot.tiers[static_cast<int>(stage)];
        if (tier.configured && tier.usage.up)
            bytes += tier.usage.bytes;
    }
    return bytes;
}

} // namespace insitecache
