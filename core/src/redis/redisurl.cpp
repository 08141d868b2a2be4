// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redisurl.h"

#include <charconv>

#include <QUrl>

namespace insitecache {

namespace {

constexpr std::string_view unixScheme = "unix:";
constexpr int largestDatabase = 65535;

tl::unexpected<Error> badRedisUrl(std::string why)
{
    return fail(ErrorCode::InvalidArgument, "the Redis URL is not understood: " + std::move(why),
        "use redis://[user@]host:port/db, rediss://host:port/db or unix:/path");
}

bool hasUrlPassword(std::string_view text)
{
    const std::size_t at = text.rfind('@');
    const std::size_t scheme = text.find("://");
    if (at == std::string_view::npos || scheme == std::string_view::npos || at < scheme)
        return false;
    return text.substr(scheme + 3, at - scheme - 3).find(':') != std::string_view::npos;
}

Result<int> databaseNumber(std::string_view digits)
{
    int number = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size() || number < 0 || number > largestDatabase)
        return badRedisUrl("the database must be a number from 0");
    return number;
}

Result<RedisUrl> parseUnixRedis(std::string_view rest)
{
    RedisUrl url;
    url.transport = RedisUrl::Transport::Unix;
    const std::size_t query = rest.find('?');
    url.path = rest.substr(0, query);
    if (!url.path.starts_with('/'))
        return badRedisUrl("the path of the socket must start with /");
    if (query == std::string_view::npos)
        return url;
    rest.remove_prefix(query + 1);
    if (!rest.starts_with("db="))
        return badRedisUrl("after ? only db=N may follow");
    const auto number = databaseNumber(rest.substr(3));
    if (!number)
        return tl::unexpected(number.error());
    url.database = *number;
    return url;
}

Result<RedisUrl> parseNetworkRedis(const std::string &text)
{
    const QUrl parsed(QString::fromStdString(text), QUrl::StrictMode);
    RedisUrl url;
    if (!parsed.isValid())
        return badRedisUrl("it is not a URL");
    if (parsed.scheme() == QStringLiteral("rediss"))
        url.transport = RedisUrl::Transport::Tls;
    else if (parsed.scheme() != QStringLiteral("redis"))
        return badRedisUrl("it starts with neither redis:, rediss: nor unix:");
    if (parsed.host().isEmpty())
        return badRedisUrl("it names no host");
    if (parsed.hasQuery() || parsed.hasFragment())
        return badRedisUrl("nothing may follow the database number");
    url.user = parsed.userName(QUrl::FullyDecoded).toStdString();
    url.host = parsed.host().toStdString();
    url.port = static_cast<std::uint16_t>(parsed.port(6379));
    const std::string path = parsed.path().toStdString();
    if (path.size() > 1) {
        const auto number = databaseNumber(std::string_view(path).substr(1));
        if (!number)
            return tl::unexpected(number.error());
        url.database = *number;
    }
    return url;
}

} // namespace

Result<RedisUrl> RedisUrl::parse(const std::string &text)
{
    if (hasUrlPassword(text))
        return fail(ErrorCode::InvalidArgument, "the Redis URL contains a password",
            "leave it out and name a file that holds it: passwordFile");
    if (text.starts_with(unixScheme))
        return parseUnixRedis(std::string_view(text).substr(unixScheme.size()));
    return parseNetworkRedis(text);
}

std::string RedisUrl::place() const
{
    if (transport == Transport::Unix)
        return std::string(unixScheme) + path;
    const bool needsBrackets = host.find(':') != std::string::npos;
    return (needsBrackets ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

} // namespace insitecache
