// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/sources/upstreams.h>

#include "sources/compositesource.h"
#include "sources/http/networktransport.h"
#include "sources/upstreamparts.h"

namespace insitecache {

namespace {

constexpr Millis shortestDeadline(100);
constexpr Millis longestDeadline = std::chrono::minutes(5);
constexpr qint64 smallestBody = 16 << 10;
constexpr qint64 largestBody = 64 << 20;

bool isHeaderSafe(const QString &text)
{
    for (const QChar c : text) {
        if (c.unicode() < 0x20 || c.unicode() > 0x7E)
            return false;
    }
    return true;
}

/// A line break in one of these would begin another header.
Status checkHeaderTexts(const UpstreamOptions &options)
{
    const std::pair<const char *, const QString &> texts[]
        = {{"user agent", options.userAgent}, {"Reddit client id", options.redditClientId},
            {"Reddit client secret", options.redditClientSecret}, {"X bearer token", options.xBearerToken}};
    for (const auto &[name, text] : texts) {
        if (!isHeaderSafe(text))
            return fail(ErrorCode::InvalidArgument,
                std::string("the ") + name + " holds characters that no HTTP header may have",
                "only printable ASCII is allowed; look for a line break at its end");
    }
    return {};
}

// Qt's own agent is refused by Yahoo at once.
QString userAgentOf(const UpstreamOptions &options)
{
    return options.userAgent.isEmpty() ? QStringLiteral("Mozilla/5.0 (compatible; InsiteCache/" INSITECACHE_VERSION ")")
                                       : options.userAgent;
}

} // namespace

Status UpstreamOptions::validate() const
{
    for (const QUrl &url : {yahooUrl, yahooCookieUrl, redditUrl, redditAuthUrl, xUrl}) {
        if (Status ok = checkHttpUrl(url); !ok)
            return ok;
    }
    if (deadline < shortestDeadline || deadline > longestDeadline)
        return fail(
            ErrorCode::InvalidArgument, "the deadline of a request is out of range", "choose between 100 ms and 5 min");
    if (maxBodyBytes < smallestBody || maxBodyBytes > largestBody)
        return fail(ErrorCode::InvalidArgument, "the largest body of an answer is out of range",
            "choose between 16 KiB and 64 MiB");
    return checkHeaderTexts(*this);
}

Result<std::unique_ptr<Source>> makeUpstreamSource(const UpstreamOptions &options, const Clock &clock)
{
    if (Status ok = options.validate(); !ok)
        return tl::unexpected(ok.error());
    auto transport = std::make_shared<NetworkTransport>(
        NetworkTransportOptions{userAgentOf(options), options.deadline, options.maxBodyBytes});
    return makeUpstreamParts(options, transport, clock);
}

} // namespace insitecache
