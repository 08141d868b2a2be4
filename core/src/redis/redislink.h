// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <insitecache/base/clock.h>

#include "redis/redisbatch.h"
#include "redis/redisurl.h"

struct redisContext;

namespace insitecache {

/// One plain connection whose caller waits: some commands go out, their replies come back. It knows numbers, strings,
/// statuses and errors, no arrays, and is unusable after the first thing that goes wrong: what comes late must not
/// answer a later question.
/// One thread at a time. Not for rediss://.
class RedisLink {
public:
    /// What a command gave; a text is valid until the next ask().
    struct Reply {
        enum class Kind { Nil, Number, Text, Error } kind = Kind::Nil;
        long long number = 0;
        std::string_view text;
    };

    /// Null when the server is not there within `limit`. That is also how long an ask() waits for the next bytes, and
    /// after how long it waits for no more.
    static std::unique_ptr<RedisLink> connect(const RedisUrl &url, Millis limit, std::size_t maxReplyBytes);

    /// `replies`: as many as commands. False: no use any more.
    bool ask(const RedisBatch &commands, std::span<Reply> replies);

private:
    struct Free {
        void operator()(redisContext *context) const;
    };
    enum class Parsed { Reply, Incomplete, Broken };
    /// Texts move with the buffer while it grows, so they are places in it until all are there.
    struct Place {
        std::size_t start = 0, length = 0;
    };

    RedisLink(redisContext *owned, Millis limit, std::size_t maxReplyBytes);
    bool send(std::string_view bytes);
    bool receive();
    Parsed parse(Reply &reply, Place &place);

    std::unique_ptr<redisContext, Free> m_context;
    Millis m_limit;
    std::size_t m_maxReplyBytes;
    std::vector<char> m_input;
    std::size_t m_filled = 0, m_read = 0;
    std::vector<Place> m_places;
};

} // namespace insitecache
