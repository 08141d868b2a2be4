// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/monitor/systemmemory.h>

#include <algorithm>
#include <fstream>

#include <unistd.h>

#include "monitor/controlgroup.h"

namespace insitecache {

namespace {

std::uint64_t pageBytes()
{
    const long size = sysconf(_SC_PAGESIZE);
    return size > 0 ? static_cast<std::uint64_t>(size) : 0;
}

} // namespace

std::uint64_t systemMemoryBytes()
{
    const long pages = sysconf(_SC_PHYS_PAGES);
    const std::uint64_t physical = pages > 0 ? static_cast<std::uint64_t>(pages) * pageBytes() : 0;
    const auto bound = controlGroupMemory("/proc/self/cgroup", "/sys/fs/cgroup");
    return bound ? std::min(*bound, physical) : physical;
}

std::uint64_t processResidentBytes()
{
    std::ifstream statm("/proc/self/statm");
    std::uint64_t total = 0;
    std::uint64_t resident = 0;
    statm >> total >> resident;
    return statm ? resident * pageBytes() : 0;
}

} // namespace insitecache
