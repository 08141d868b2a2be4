// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/social/redditdecode.h"

#include <QJsonArray>
#include <QJsonObject>

#include "sources/social/providerbody.h"

namespace insitecache {

namespace {

constexpr auto credentialsHint = "check the Reddit client id and secret";

std::string redditStatusText(const HttpResponse &response)
{
    return "Reddit answers HTTP " + std::to_string(response.status);
}

/// What the body says about a refusal; Reddit uses four spellings.
QString redditReason(const HttpResponse &response)
{
    const QJsonObject body = QJsonDocument::fromJson(response.body).object();
    for (const char *name : {"explanation", "error_description", "reason", "message"}) {
        const QString text = body.value(QLatin1String(name)).toString();
        if (!text.isEmpty())
            return text;
    }
    return {};
}

std::string redditMessage(const HttpResponse &response)
{
    const std::string reason = oneLine(redditReason(response));
    return redditStatusText(response) + (reason.empty() ? "" : ": " + reason);
}

bool pointsToSubredditSearch(const HttpResponse &response)
{
    const QString path = QStringLiteral("/subreddits/search");
    const bool redirect = response.status >= 300 && response.status < 400;
    return response.url.path().startsWith(path)
        || (redirect && QUrl::fromEncoded(response.header("location")).path().startsWith(path));
}

tl::unexpected<Error> redditFailure(const HttpResponse &response)
{
    const int status = response.status;
    const std::string message = redditMessage(response);
    if (status == 401)
        return fail(ErrorCode::Unauthorized, message, credentialsHint);
    if (status == 403 || status == 451)
        return fail(
            ErrorCode::Unauthorized, message, "the subreddit may be closed to this client, or the client blocked");
    if (status == 404)
        return fail(ErrorCode::NotFound, message, "check the name of the subreddit");
    if (status == 429)
        return fail(ErrorCode::RateLimited, message, "wait until Reddit's quota window ends");
    if (status == 400 || status == 414)
        return fail(ErrorCode::InvalidArgument, message, "Reddit does not take this query");
    if (status >= 500)
        return fail(ErrorCode::UpstreamError, message, "try again later");
    return fail(ErrorCode::BadResponse, message, "this is not part of Reddit's interface; check the base URL");
}

bool isTakenBack(const QJsonObject &data, const QString &body)
{
    const QString deleted = QStringLiteral("[deleted]");
    return body == deleted || body == QStringLiteral("[removed]")
        || data.value(QLatin1String("author")).toString() == deleted
        || data.value(QLatin1String("removed_by_category")).isString();
}

std::optional<QDateTime> redditTime(const QJsonValue &value)
{
    const long long seconds = countOf(value);
    return seconds > 0 ? std::optional(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC)) : std::nullopt;
}

/// A post (t3) has a title and perhaps a selftext, a comment (t1) only a body.
void takeRedditThing(const QJsonObject &thing, SocialPage &page)
{
    const QString kind = thing.value(QLatin1String("kind")).toString();
    if (kind != QStringLiteral("t3") && kind != QStringLiteral("t1"))
        return;
    const QJsonObject data = thing.value(QLatin1String("data")).toObject();
    const QString title = data.value(QLatin1String("title")).toString();
    const QString body
        = data.value(kind == QStringLiteral("t3") ? QLatin1String("selftext") : QLatin1String("body")).toString();
    if (isTakenBack(data, body) || (title.isEmpty() && body.isEmpty()))
        return;
    SocialPost post;
    post.id = data.value(QLatin1String("name")).toString();
    if (post.id.isEmpty())
        post.id = kind + u'_' + data.value(QLatin1String("id")).toString();
    post.text = title.isEmpty() || body.isEmpty() ? title + body : title + QStringLiteral("\n\n") + body;
    post.created = redditTime(data.value(QLatin1String("created_utc")));
    post.likes = countOf(data.value(QLatin1String("score")));
    post.replies = countOf(data.value(QLatin1String("num_comments")));
    page.posts.push_back(std::move(post));
}

Status takeRedditListing(const QJsonObject &listing, SocialPage &page)
{
    const QJsonObject data = listing.value(QLatin1String("data")).toObject();
    const QJsonValue children = data.value(QLatin1String("children"));
    if (listing.value(QLatin1String("kind")).toString() != QStringLiteral("Listing") || !children.isArray())
        return fail(ErrorCode::BadResponse, "Reddit sent JSON that is not a listing", "check the base URL");
    const QJsonArray things = children.toArray();
    for (const QJsonValue &thing : things)
        takeRedditThing(thing.toObject(), page);
    page.next = data.value(QLatin1String("after")).toString();
    return {};
}

} // namespace

Result<SocialPage> decodeRedditListing(const HttpResponse &response)
{
    if (pointsToSubredditSearch(response))
        return fail(ErrorCode::NotFound, "Reddit knows no such subreddit", "check the name of the subreddit");
    if (response.status != 200)
        return redditFailure(response);
    const auto document = jsonOfBody(response, "Reddit");
    if (!document)
        return tl::unexpected(document.error());
    SocialPage page;
    // The page of one post is a pair of listings: the post, and its comments.
    const QJsonArray listings = document->isArray() ? document->array() : QJsonArray{document->object()};
    if (listings.isEmpty())
        return fail(ErrorCode::BadResponse, "Reddit sent JSON that is not a listing", "check the base URL");
    for (const QJsonValue &listing : listings) {
        if (Status ok = takeRedditListing(listing.toObject(), page); !ok)
            return tl::unexpected(ok.error());
    }
    return page;
}

Result<RedditToken> decodeRedditToken(const HttpResponse &response)
{
    if (response.status == 400)
        return fail(ErrorCode::Unauthorized, redditMessage(response), credentialsHint);
    if (response.status != 200)
        return redditFailure(response);
    const auto document = jsonOfBody(response, "Reddit's token endpoint");
    if (!document)
        return tl::unexpected(document.error());
    const QJsonObject body = document->object();
    if (const QJsonValue error = body.value(QLatin1String("error")); !error.isUndefined()) {
        const QString detail = body.value(QLatin1String("error_description")).toString();
        return fail(ErrorCode::Unauthorized,
            "Reddit gives no token: " + oneLine(error.toVariant().toString())
                + (detail.isEmpty() ? "" : " (" + oneLine(detail) + ")"),
            credentialsHint);
    }
    RedditToken token{body.value(QLatin1String("access_token")).toString().toUtf8(),
        Millis(1000 * countOf(body.value(QLatin1String("expires_in"))))};
    if (token.text.isEmpty() || token.lifetime <= Millis(0))
        return fail(
            ErrorCode::BadResponse, "Reddit's token endpoint sent no token", "check the address of the endpoint");
    return token;
}

} // namespace insitecache
