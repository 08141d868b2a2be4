// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/http/upstreamlife.h"

#include <algorithm>

#include "sources/http/httpdate.h"

namespace insitecache {

namespace {

constexpr long long longestMaxAge = 1LL << 31; // RFC 9111 §1.2.2: what is greater counts as this

/// delta-seconds, or nothing.
std::optional<long long> deltaSeconds(QByteArray text)
{
    if (text.size() >= 2 && text.startsWith('"') && text.endsWith('"'))
        text = text.mid(1, text.size() - 2);
    if (text.isEmpty() || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    bool fits = false;
    const long long seconds = text.toLongLong(&fits);
    return fits ? std::min(seconds, longestMaxAge) : longestMaxAge;
}

/// All headers of that name as one list (RFC 9110 §5.3).
QByteArray wholeHeader(const HttpResponse &response, const QByteArray &name)
{
    QByteArray whole;
    for (const auto &[key, value] : response.headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            whole += (whole.isEmpty() ? "" : ",") + value;
    }
    return whole;
}

/// The seconds that the directives allow; of a directive given twice the lower.
std::optional<long long> secondsAllowed(const QByteArray &directives, bool &noStore)
{
    std::optional<long long> allowed;
    const auto atMost = [&](long long seconds) { allowed = std::min(allowed.value_or(seconds), seconds); };
    for (const QByteArray &part : directives.split(',')) {
        const qsizetype equals = part.indexOf('=');
        const QByteArray name = (equals < 0 ? part : part.left(equals)).trimmed().toLower();
        if (name == "max-age")
            atMost(equals < 0 ? 0 : deltaSeconds(part.mid(equals + 1).trimmed()).value_or(0));
        else if (name == "no-cache" && equals < 0)
            atMost(0);
        noStore = noStore || name == "no-store";
    }
    return allowed;
}

/// `Expires: -1` and its like mean: already.
std::optional<long long> secondsToExpiry(const HttpResponse &response)
{
    const QByteArray text = response.header("expires").trimmed();
    if (text.isEmpty())
        return std::nullopt;
    const auto expires = parseHttpDate(text);
    const auto date = parseHttpDate(response.header("date"));
    if (!expires)
        return 0;
    return date ? std::optional(std::clamp(date->secsTo(*expires), qint64(0), qint64(longestMaxAge))) : std::nullopt;
}

} // namespace

UpstreamLife lifeOf(const HttpResponse &response)
{
    UpstreamLife life;
    auto seconds = secondsAllowed(wholeHeader(response, "cache-control"), life.noStore);
    if (!seconds)
        seconds = secondsToExpiry(response);
    if (!seconds)
        return life;
    const long long age = deltaSeconds(response.header("age").trimmed()).value_or(0);
    life.atMost = std::chrono::seconds(std::max(0LL, *seconds - age));
    return life;
}

UpstreamLife lifeOf(const Result<HttpResponse> &answer)
{
    return answer ? lifeOf(*answer) : UpstreamLife();
}

UpstreamLife shorterLife(const UpstreamLife &a, const UpstreamLife &b)
{
    UpstreamLife both{a.atMost ? a.atMost : b.atMost, a.noStore || b.noStore};
    if (a.atMost && b.atMost)
        both.atMost = std::min(*a.atMost, *b.atMost);
    return both;
}

} // namespace insitecache
