// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/coherence/dependency.h>

#include <algorithm>

namespace insitecache {

std::vector<CacheKey> endsOf(const std::vector<Edge> &edges)
{
    std::vector<CacheKey> keys;
    keys.reserve(edges.size() * 2);
    for (const Edge &edge : edges) {
        keys.push_back(edge.parent);
        keys.push_back(edge.child);
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

} // namespace insitecache
