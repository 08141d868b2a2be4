// SPDX-License-Identifier: GPL-3.0-or-later
#include "l1peers.h"

#include "mutexlru.h"
#include "ourcache.h"
#include "rockscache.h"
#include "tbbcache.h"

namespace insitecache::bench {

namespace {

template <class Cache>
constexpr L1Peer peerOf(std::string_view name)
{
    return {name, &Measure<Cache>::speed, &Measure<Cache>::memory};
}

constexpr L1Peer peersOfL1[] = {
    peerOf<OurCache>("insitecache"),
    peerOf<RocksCache<RocksHyperClock>>("rocksdb-hyperclock"),
    peerOf<RocksCache<RocksLru>>("rocksdb-lru"),
    peerOf<TbbCache>("tbb-lru"),
    peerOf<MutexLru>("mutex-lru"),
};

} // namespace

std::span<const L1Peer> l1Peers()
{
    return peersOfL1;
}

} // namespace insitecache::bench
