// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/controlgroup.h"

#include <algorithm>
#include <fstream>

namespace insitecache {

namespace {

/// "/user.slice/app.scope" from the line "0::/user.slice/app.scope"; empty where there is none.
std::string groupIn(const std::string &membership)
{
    std::ifstream file(membership);
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("0::/"))
            return line.substr(3);
    }
    return {};
}

/// A group without a bound says "max", the topmost has no such file.
std::optional<std::uint64_t> memoryMaxOf(const std::string &folder)
{
    std::ifstream file(folder + "/memory.max");
    std::uint64_t bytes = 0;
    return file >> bytes ? std::optional(bytes) : std::nullopt;
}

} // namespace

std::optional<std::uint64_t> controlGroupMemory(const std::string &membership, const std::string &root)
{
    std::optional<std::uint64_t> least;
    std::string group = groupIn(membership);
    while (!group.empty()) {
        const auto bound = memoryMaxOf(root + group);
        if (bound && (!least || *bound < *least))
            least = bound;
        group.resize(group == "/" ? 0 : std::max<std::size_t>(group.rfind('/'), 1));
    }
    return least;
}

} // namespace insitecache
