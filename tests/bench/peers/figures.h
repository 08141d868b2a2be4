// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

namespace insitecache::bench {

/// What one run of one peer measured, by the names in figuretable.cpp. Peers in other languages print the same as JSON.
using Figures = std::map<std::string, double>;

} // namespace insitecache::bench
