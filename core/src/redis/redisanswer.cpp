// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redisanswer.h"

#include <algorithm>

namespace insitecache {

const RedisFailure *firstRedisFailure(const std::vector<RedisResult> &results)
{
    const auto failed = std::find_if(results.begin(), results.end(), [](const RedisResult &r) { return !r; });
    return failed == results.end() ? nullptr : &failed->error();
}

} // namespace insitecache
