// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "redis/redisreply.h"

namespace insitecache {

/// The first command of a batch that had no result, or null.
const RedisFailure *firstRedisFailure(const std::vector<RedisResult> &results);

/// Collects the parts of one call and answers when the last has arrived. It counts itself as a part until started.
template <class Answer>
struct RedisAnswerInParts {
    Answer answer;
    std::function<void(Answer)> done;
    std::size_t waiting = 1;

    void oneLess()
    {
        if (--waiting == 0)
            done(std::move(answer));
    }
};

} // namespace insitecache
