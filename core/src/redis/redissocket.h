// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include <QIODevice>

#include "redis/redisfault.h"
#include "redis/redisurl.h"

namespace insitecache {

/// One attempt to reach a Redis, by whichever kind of socket its URL asks for. Used once: after a failure make a new
/// one. `rediss://` is never answered by a plain connection.
/// One thread. The handlers may be called before open() returns; `onFailed` at most once and last. A handler may let go
/// of the socket.
class RedisSocket : public std::enable_shared_from_this<RedisSocket> {
public:
    struct Handlers {
        std::function<void()> onOpened;
        std::function<void()> onReadable;
        std::function<void(RedisFailure)> onFailed;
    };

    /// `caFile`: a further authority for rediss://.
    static std::shared_ptr<RedisSocket> make(const RedisUrl &url, const std::string &caFile, Handlers handlers);
    virtual ~RedisSocket() = default;

    virtual void open() = 0;
    virtual QIODevice &device() = 0;
    /// Hands what was written to the kernel, as far as it takes it.
    virtual void flush() = 0;
    /// Ends it at once; no handler is called any more.
    virtual void abort() = 0;
};

} // namespace insitecache
