// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <insitecache/sources/source.h>

namespace insitecache {

/// How many keys a preload may ask of the upstreams right now, at most `most`: none while a provider refuses, and never
/// so many that less than 1 - `share` of a quota that is told would be left, if each key costs a request of every
/// provider.
/// A pure function.
std::size_t preloadAllowance(const std::vector<SourceStatus> &providers, double share, std::size_t most);

} // namespace insitecache
