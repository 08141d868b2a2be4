// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <insitecache/base/error.h>

namespace insitecache {

/// Why a command had no result, as far as it matters for what to do next.
enum class RedisFault {
    Down,          ///< nobody answers, or not connected at the moment
    Dropped,       ///< the connection broke while the answer was awaited: outcome unknown
    Timeout,       ///< no answer in time: outcome unknown
    NotRedis,      ///< what came back is not Redis' protocol
    TooLarge,      ///< the answer is beyond the caps
    Closed,        ///< closed by us
    NotReady,      ///< LOADING, BUSY, MASTERDOWN: there, but not yet able
    TooMany,       ///< it has no connection left for us
    Unauthorized,  ///< NOAUTH, WRONGPASS, protected mode, a certificate that is not trusted
    NoPermission,  ///< NOPERM: this user may not send that command
    Misconfigured, ///< the server cannot work as this client is set up (database number, cluster)
    Full,          ///< OOM: maxmemory is reached
    ReadOnly,      ///< a replica
    CannotSave,    ///< MISCONF: refuses every write, reads go on
    WrongType,     ///< the key holds something that is no string
    NoScript,      ///< the script has to be sent first
    Other,
};

struct RedisFailure {
    RedisFault fault = RedisFault::Other;
    Error error;
};

/// The connection as a whole is unusable, as opposed to one command being refused.
bool isOutage(RedisFault fault);
/// Asking again soon cannot help: somebody has to change something first.
bool needsAttention(RedisFault fault);

/// `reply` is the text of an error reply, without the leading '-'. `server` and `user` name them in the message.
RedisFailure failureOfReply(std::string_view reply, const std::string &server, const std::string &user);
RedisFailure redisDown(const std::string &server, const std::string &cause);
RedisFailure redisDropped(const std::string &server, const std::string &cause);
RedisFailure redisTimeout(const std::string &server, long long afterMs);
RedisFailure redisGarbage(const std::string &server, const std::string &detail);
RedisFailure redisTooLarge(const std::string &server);
RedisFailure redisUntrusted(const std::string &server, const std::string &detail);
RedisFailure redisClosed(const std::string &server);

} // namespace insitecache
