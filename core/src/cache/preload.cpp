// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/cache/preload.h>

namespace insitecache {

namespace {
constexpr std::size_t mostPreloadKeys = 100'000;
}

Status PreloadOptions::validate() const
{
    if (keys < 1 || keys > mostPreloadKeys)
        return fail(ErrorCode::InvalidArgument, "preload: the number of keys is out of range", "use 1 … 100000");
    if (!(quotaShare >= 0 && quotaShare <= 1))
        return fail(ErrorCode::InvalidArgument, "preload: the share of the quota is out of range", "use 0 … 1");
    if (hottest && file.empty())
        return fail(ErrorCode::InvalidArgument, "preload: there is no file for the hottest keys",
            "name one, or leave out hottest");
    return {};
}

} // namespace insitecache
