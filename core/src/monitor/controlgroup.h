// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace insitecache {

/// The memory that the control groups (version 2) of a process allow it: the least of its own group's and of all above
/// it. `membership`: its /proc/…/cgroup; `root`: where the groups are mounted. None: they set no bound, or there are
/// none. Any thread.
std::optional<std::uint64_t> controlGroupMemory(const std::string &membership, const std::string &root);

} // namespace insitecache
