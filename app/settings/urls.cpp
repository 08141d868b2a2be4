// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/urls.h"

#include <QRegularExpression>
#include <QUrlQuery>

#include "settings/printable.h"
#include "settings/quantities.h"

namespace insitecache {

namespace {

constexpr std::string_view redisForms = "use redis://[user@]host:port/db, rediss://… or unix:/path";
constexpr std::size_t unixPathLimit = 107; // sockaddr_un

QUrl strictUrl(std::string_view text)
{
    return QUrl(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())), QUrl::StrictMode);
}

/// Does the part between "//" and "@" carry a password? Looked at as text, so that it is found in a broken URL too.
bool carriesPassword(std::string_view text)
{
    const std::size_t start = text.find("//");
    if (start == std::string_view::npos)
        return false;
    const std::string_view rest = text.substr(start + 2);
    const std::size_t at = rest.rfind('@');
    return at != std::string_view::npos && rest.substr(0, at).find(':') != std::string_view::npos;
}

Status databaseNumber(const QString &text)
{
    if (text.isEmpty())
        return {};
    const auto number = parseCount(text.toStdString());
    if (number && *number <= 999'999)
        return {};
    return fail(ErrorCode::InvalidArgument,
        "the Redis database number " + inQuotes(text.toStdString()) + " is not a number",
        "end the URL with a number such as /0");
}

Status checkUnixRedis(const QUrl &url)
{
    const std::size_t length = url.path().toUtf8().size();
    if (!url.path().startsWith(QLatin1Char('/')) || length < 2)
        return fail(ErrorCode::InvalidArgument, "the Redis socket is not an absolute path", std::string(redisForms));
    if (length > unixPathLimit)
        return fail(ErrorCode::InvalidArgument, "the Redis socket path has " + std::to_string(length) + " bytes",
            "at most 107 are allowed");
    return databaseNumber(QUrlQuery(url).queryItemValue(QStringLiteral("db")));
}

bool isThisMachine(const QString &host)
{
    static const QRegularExpression loopback(QStringLiteral("\\A(localhost|::1|127(\\.[0-9]{1,3}){3})\\z"));
    return loopback.match(host).hasMatch();
}

} // namespace

Status checkRedisUrl(std::string_view text)
{
    if (carriesPassword(text))
        return fail(ErrorCode::InvalidArgument, "the Redis URL holds a password",
            "put the password into a file and name it by INSITECACHE_REDIS_PASSWORD_FILE or redis.password-file");
    const QUrl url = strictUrl(text);
    if (url.isValid() && url.scheme() == QStringLiteral("unix"))
        return checkUnixRedis(url);
    const bool known = url.scheme() == QStringLiteral("redis") || url.scheme() == QStringLiteral("rediss");
    if (!url.isValid() || !known || url.host().isEmpty() || url.port(6379) == 0)
        return fail(ErrorCode::InvalidArgument, "the Redis URL " + inQuotes(text) + " is not understood",
            std::string(redisForms));
    return databaseNumber(url.path().mid(1));
}

Status checkDatabaseUrl(std::string_view text)
{
    if (carriesPassword(text))
        return fail(ErrorCode::InvalidArgument, "the database URL holds a password", "use sqlite:/path");
    if (text.starts_with("postgresql:") || text.starts_with("postgres:"))
        return fail(ErrorCode::InvalidArgument, "PostgreSQL as L3 is not available in this version",
            "use sqlite:/path or none");
    if (text.starts_with("sqlite:") && text.size() > std::string_view("sqlite:").size())
        return {};
    return fail(ErrorCode::InvalidArgument, "the database URL " + inQuotes(text) + " is not understood",
        "use sqlite:/path or none");
}

Result<QUrl> parseProviderUrl(std::string_view text)
{
    if (carriesPassword(text))
        return fail(ErrorCode::InvalidArgument, "the URL holds a password", "write it without user and password");
    const QUrl url = strictUrl(text);
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return fail(ErrorCode::InvalidArgument, "the URL " + inQuotes(text) + " is not understood",
            "write e.g. https://query2.finance.yahoo.com");
    if (url.scheme() == QStringLiteral("https"))
        return url;
    if (url.scheme() == QStringLiteral("http") && isThisMachine(url.host()))
        return url;
    return fail(ErrorCode::InvalidArgument, "the URL " + inQuotes(text) + " is not https",
        "use https; http is allowed to this machine only");
}

} // namespace insitecache
