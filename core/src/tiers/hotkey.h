// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <insitecache/base/cachekey.h>

namespace insitecache {

/// A key, and how often L1 answered it lately.
struct HotKey {
    CacheKey key;
    double heat = 0;
};

} // namespace insitecache
