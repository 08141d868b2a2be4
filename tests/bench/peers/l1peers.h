// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

#include "figures.h"
#include "workload.h"

namespace insitecache::bench {

/// A cache in memory that this program can measure itself.
struct L1Peer {
    std::string_view name;
    Figures (*speed)(const Workload &);
    Figures (*memory)(); ///< in a process of its own
};

/// Ours first.
std::span<const L1Peer> l1Peers();

} // namespace insitecache::bench
