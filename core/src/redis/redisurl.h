// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <insitecache/base/error.h>

namespace insitecache {

/// Where a Redis is: redis://[user@]host[:port][/db], rediss:// for the same over TLS, unix:/path[?db=N].
/// A value type. Any thread.
struct RedisUrl {
    enum class Transport { Tcp, Tls, Unix };

    Transport transport = Transport::Tcp;
    std::string user; ///< empty: the server's default user
    std::string host;
    std::uint16_t port = 6379;
    std::string path; ///< of the socket
    int database = 0;

    /// Errors: InvalidArgument. A URL with a password is refused and never repeated in the message.
    static Result<RedisUrl> parse(const std::string &text);

    /// "127.0.0.1:6379" or "unix:/run/redis.sock": how messages name the server.
    std::string place() const;
};

} // namespace insitecache
