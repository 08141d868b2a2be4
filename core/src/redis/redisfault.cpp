// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redisfault.h"

#include <algorithm>

namespace insitecache {

namespace {

constexpr std::size_t longestQuote = 200;
const char *const goesOnHint = "the cache goes on without L2 and tries again by itself";

/// What a server says, made safe to stand in a one-line message.
std::string redisQuote(std::string_view text)
{
    std::string out(text.substr(0, longestQuote));
    std::replace_if(
        out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return out;
}

struct KnownReply {
    std::string_view start;
    RedisFault fault;
    ErrorCode code;
    const char *message; ///< follows the server's name
    const char *hint;
};

constexpr KnownReply knownReplies[] = {
    {"OOM ", RedisFault::Full, ErrorCode::Refused, " is full (maxmemory) and stores nothing new",
        "raise its maxmemory or set maxmemory-policy volatile-lru"},
    {"READONLY ", RedisFault::ReadOnly, ErrorCode::Refused, " is a read-only replica",
        "name its primary in the Redis URL"},
    {"MISCONF ", RedisFault::CannotSave, ErrorCode::Refused, " cannot save its snapshot and refuses every change",
        "check its disk and its dir setting, or switch snapshots off (save \"\")"},
    {"LOADING ", RedisFault::NotReady, ErrorCode::Unavailable, " is still loading its data", goesOnHint},
    {"BUSY ", RedisFault::NotReady, ErrorCode::Unavailable, " is busy with a script", goesOnHint},
    {"MASTERDOWN ", RedisFault::NotReady, ErrorCode::Unavailable, " is a replica that lost its primary", goesOnHint},
    {"TRYAGAIN ", RedisFault::NotReady, ErrorCode::Unavailable, " is moving keys", goesOnHint},
    {"WRONGTYPE ", RedisFault::WrongType, ErrorCode::Corrupt, " holds something else under this key",
        "it is dropped and loaded again"},
    {"NOSCRIPT ", RedisFault::NoScript, ErrorCode::Internal, " does not know the script", ""},
    {"NOAUTH ", RedisFault::Unauthorized, ErrorCode::Unauthorized, " asks for a password",
        "put it into a file and name that: passwordFile"},
    {"DENIED ", RedisFault::Unauthorized, ErrorCode::Unauthorized, " runs in protected mode",
        "give it a password or bind it to this machine"},
    {"ERR max number of clients", RedisFault::TooMany, ErrorCode::Unavailable, " has no connection left (maxclients)",
        "raise its maxclients; the cache goes on without L2"},
    {"ERR AUTH <password> called without", RedisFault::Unauthorized, ErrorCode::Unauthorized, " has no password set",
        "leave the password file out, or set requirepass"},
    {"ERR DB index is out of range", RedisFault::Misconfigured, ErrorCode::InvalidArgument,
        " does not have that many databases", "use a smaller number at the end of the Redis URL"},
    {"MOVED ", RedisFault::Misconfigured, ErrorCode::InvalidArgument, " is part of a Redis Cluster",
        "name a single server; clusters are not supported"},
    {"CLUSTERDOWN ", RedisFault::Misconfigured, ErrorCode::InvalidArgument, " is part of a Redis Cluster",
        "name a single server; clusters are not supported"},
};

std::string redisUserName(const std::string &user)
{
    return "user '" + (user.empty() ? std::string("default") : user) + "'";
}

RedisFailure redisFailureOf(RedisFault fault, ErrorCode code, std::string message, std::string hint)
{
    return {fault, Error{code, std::move(message), std::move(hint)}};
}

} // namespace

bool isOutage(RedisFault fault)
{
    switch (fault) {
    case RedisFault::Down:
    case RedisFault::Dropped:
    case RedisFault::Timeout:
    case RedisFault::NotRedis:
    case RedisFault::TooLarge:
    case RedisFault::NotReady:
    case RedisFault::TooMany:
    case RedisFault::Unauthorized:
    case RedisFault::Misconfigured: return true;
    default: return false;
    }
}

bool needsAttention(RedisFault fault)
{
    return fault == RedisFault::Unauthorized || fault == RedisFault::NoPermission || fault == RedisFault::Misconfigured;
}

RedisFailure failureOfReply(std::string_view reply, const std::string &server, const std::string &user)
{
    for (const KnownReply &known : knownReplies) {
        if (reply.starts_with(known.start))
            return redisFailureOf(known.fault, known.code, "Redis " + server + known.message, known.hint);
    }
    if (reply.starts_with("WRONGPASS "))
        return redisFailureOf(RedisFault::Unauthorized, ErrorCode::Unauthorized,
            "Redis " + server + " refuses the password of " + redisUserName(user),
            "check the user and the password file");
    if (reply.starts_with("NOPERM "))
        return redisFailureOf(RedisFault::NoPermission, ErrorCode::Unauthorized,
            "Redis " + server + " refuses " + redisUserName(user) + ": " + redisQuote(reply.substr(7)),
            "grant it with ACL SETUSER; the next try is in 30 s");
    return redisFailureOf(RedisFault::Other, ErrorCode::UpstreamError,
        "Redis " + server + " failed: " + redisQuote(reply), "look into the server's log");
}

RedisFailure redisDown(const std::string &server, const std::string &cause)
{
    return redisFailureOf(
        RedisFault::Down, ErrorCode::Unavailable, "Redis " + server + " does not answer (" + cause + ')', goesOnHint);
}

RedisFailure redisDropped(const std::string &server, const std::string &cause)
{
    return redisFailureOf(
        RedisFault::Dropped, ErrorCode::Unavailable, "Redis " + server + " broke off (" + cause + ')', goesOnHint);
}

RedisFailure redisTimeout(const std::string &server, long long afterMs)
{
    return redisFailureOf(RedisFault::Timeout, ErrorCode::Timeout,
        "Redis " + server + " did not answer within " + std::to_string(afterMs) + " ms", goesOnHint);
}

RedisFailure redisGarbage(const std::string &server, const std::string &detail)
{
    return redisFailureOf(RedisFault::NotRedis, ErrorCode::BadResponse,
        server + " is not a Redis server (" + redisQuote(detail) + ')', "check the host and port of the Redis URL");
}

RedisFailure redisTooLarge(const std::string &server)
{
    return redisFailureOf(RedisFault::TooLarge, ErrorCode::TooLarge,
        "Redis " + server + " sent an answer over the limit", "raise maxValueBytes if such values are wanted");
}

RedisFailure redisUntrusted(const std::string &server, const std::string &detail)
{
    return redisFailureOf(RedisFault::Unauthorized, ErrorCode::Unauthorized,
        "the certificate of Redis " + server + " is not trusted (" + redisQuote(detail) + ')',
        "name the authority that signed it: caFile");
}

RedisFailure redisClosed(const std::string &server)
{
    return redisFailureOf(RedisFault::Closed, ErrorCode::Cancelled, "Redis " + server + " is being closed", {});
}

} // namespace insitecache
