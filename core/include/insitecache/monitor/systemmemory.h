// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace insitecache {

/// What the operating system says of memory. Any thread.

/// Physical memory of this machine in bytes, or what this process may have of it where its control group (version 2,
/// as containers and services have one) is bounded. 0 where it cannot be told.
std::uint64_t systemMemoryBytes();
/// Resident set of this process in bytes, 0 where it cannot be told: whatever allocated it, and with what an allocator
/// keeps for later. Reads one file of /proc.
std::uint64_t processResidentBytes();

} // namespace insitecache
