// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include <insitecache/base/cachekey.h>

namespace insitecache {

/// The keys that a value of ours was made from: the quotes whose symbols a search result, a sentiment or a trending
/// list shows. Empty for every other type and for what does not decode.
/// A pure function; any thread.
std::vector<CacheKey> parentsOfValue(const CacheKey &key, std::string_view payload);

} // namespace insitecache
