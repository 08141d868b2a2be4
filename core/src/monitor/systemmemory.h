// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace insitecache {

/// Physical memory of this machine, 0 where it cannot be told.
std::uint64_t systemMemoryBytes();
/// Resident set of this process, 0 where it cannot be told. Reads one file of /proc.
std::uint64_t processResidentBytes();

} // namespace insitecache
