// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/social/xdecode.h"

#include <QJsonArray>
#include <QJsonObject>

#include "sources/social/providerbody.h"

namespace insitecache {

namespace {

QJsonObject xProblem(const HttpResponse &response)
{
    return QJsonDocument::fromJson(response.body).object();
}

bool isUsageCap(const QJsonObject &problem)
{
    return problem.value(QLatin1String("type")).toString().endsWith(QStringLiteral("/usage-capped"))
        || problem.value(QLatin1String("title")).toString() == QStringLiteral("UsageCapExceeded");
}

/// The most telling text: the message about one parameter before the general detail.
QString xDetail(const QJsonObject &problem)
{
    const QJsonObject first = problem.value(QLatin1String("errors")).toArray().first().toObject();
    for (const QString &text :
        {first.value(QLatin1String("message")).toString(), first.value(QLatin1String("detail")).toString(),
            problem.value(QLatin1String("detail")).toString(), problem.value(QLatin1String("title")).toString()}) {
        if (!text.isEmpty())
            return text;
    }
    return {};
}

std::string xMessage(const HttpResponse &response)
{
    const std::string detail = oneLine(xDetail(xProblem(response)));
    return "X answers HTTP " + std::to_string(response.status) + (detail.empty() ? "" : ": " + detail);
}

tl::unexpected<Error> xFailure(const HttpResponse &response)
{
    const std::string message = xMessage(response);
    switch (xRefusal(response)) {
    case XRefusal::Exhausted:
        return fail(
            ErrorCode::RateLimited, message, "the account's credits or monthly posts are used up; see X's console");
    case XRefusal::Credentials:
        return fail(ErrorCode::Unauthorized, message, "check the X bearer token and what its plan allows");
    case XRefusal::Query: return fail(ErrorCode::InvalidArgument, message, "X does not take this query");
    case XRefusal::None: break;
    }
    if (response.status == 429)
        return fail(ErrorCode::RateLimited, message, "wait until X's quota window ends");
    if (response.status >= 500)
        return fail(ErrorCode::UpstreamError, message, "try again later");
    return fail(ErrorCode::BadResponse, message, "this is not part of X's interface; check the base URL");
}

/// Offsets count Unicode code points of the text as it was sent, entities still escaped.
QString sliceOfCodePoints(const QString &text, long long start, long long end)
{
    const QList<uint> points = text.toUcs4();
    if (start < 0 || end > points.size() || start >= end)
        return {};
    const auto length = static_cast<qsizetype>(end - start);
    return QString::fromUcs4(reinterpret_cast<const char32_t *>(points.constData()) + start, length);
}

QStringList cashtagsOf(const QJsonObject &tweet, const QString &sentText)
{
    QStringList tags;
    const QJsonArray marked
        = tweet.value(QLatin1String("entities")).toObject().value(QLatin1String("cashtags")).toArray();
    for (const QJsonValue &mark : marked) {
        const QJsonObject cashtag = mark.toObject();
        QString tag = cashtag.value(QLatin1String("tag")).toString();
        if (tag.isEmpty())
            tag = sliceOfCodePoints(sentText, countOf(cashtag.value(QLatin1String("start"))) + 1,
                countOf(cashtag.value(QLatin1String("end"))));
        if (!tag.isEmpty())
            tags += tag.toUpper();
    }
    return tags;
}

void takeTweet(const QJsonObject &tweet, SocialPage &page)
{
    const QString sentText = tweet.value(QLatin1String("text")).toString();
    if (sentText.isEmpty())
        return;
    SocialPost post;
    post.id = tweet.value(QLatin1String("id")).toString();
    post.text = withoutHtmlEntities(sentText);
    const QDateTime created
        = QDateTime::fromString(tweet.value(QLatin1String("created_at")).toString(), Qt::ISODateWithMs);
    if (created.isValid())
        post.created = created.toUTC();
    post.cashtags = cashtagsOf(tweet, sentText);
    const QJsonObject metrics = tweet.value(QLatin1String("public_metrics")).toObject();
    post.likes = countOf(metrics.value(QLatin1String("like_count")));
    post.replies = countOf(metrics.value(QLatin1String("reply_count")));
    post.shares
        = countOf(metrics.value(QLatin1String("retweet_count"))) + countOf(metrics.value(QLatin1String("quote_count")));
    page.posts.push_back(std::move(post));
}

} // namespace

XRefusal xRefusal(const HttpResponse &response)
{
    switch (response.status) {
    case 400: return XRefusal::Query;
    case 401:
    case 403: return isUsageCap(xProblem(response)) ? XRefusal::Exhausted : XRefusal::Credentials;
    case 402: return XRefusal::Exhausted;
    case 429: return isUsageCap(xProblem(response)) ? XRefusal::Exhausted : XRefusal::None;
    default: return XRefusal::None;
    }
}

Result<SocialPage> decodeXSearch(const HttpResponse &response)
{
    if (response.status != 200)
        return xFailure(response);
    const auto document = jsonOfBody(response, "X");
    if (!document)
        return tl::unexpected(document.error());
    const QJsonObject body = document->object();
    const QJsonValue data = body.value(QLatin1String("data"));
    const QJsonObject meta = body.value(QLatin1String("meta")).toObject();
    const bool empty = data.isUndefined() && meta.contains(QLatin1String("result_count"));
    if (!data.isArray() && !empty)
        return fail(ErrorCode::BadResponse, "X sent JSON that is not a search result: " + oneLine(xDetail(body)),
            "check the base URL");
    SocialPage page;
    const QJsonArray tweets = data.toArray();
    for (const QJsonValue &tweet : tweets)
        takeTweet(tweet.toObject(), page);
    if (page.posts.empty() && !tweets.isEmpty())
        return fail(ErrorCode::BadResponse, "X sent a list of something else than posts", "check the base URL");
    page.next = meta.value(QLatin1String("next_token")).toString();
    page.partialErrors = static_cast<int>(body.value(QLatin1String("errors")).toArray().size());
    return page;
}

} // namespace insitecache
