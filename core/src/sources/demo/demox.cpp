// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo/demox.h"

#include <algorithm>

#include <QDateTime>
#include <QJsonArray>
#include <QLocale>
#include <QRegularExpression>

namespace insitecache {

namespace {

constexpr std::int64_t demoXMemory = 7 * 86'400;       // seconds that recent search reaches back
constexpr std::int64_t demoXEpoch = 1'288'834'974'657; // of its ids, in ms
constexpr auto demoXProblem = u"https://api.twitter.com/2/problems/invalid-request";

/// The time in ms above 22 bits, as X's own ids.
QString demoXId(const DemoPost &post)
{
    const std::int64_t ms = post.time * 1000 + static_cast<std::int64_t>(post.mark % 1000);
    return QString::number(((ms - demoXEpoch) << 22) | static_cast<std::int64_t>(post.mark >> 42));
}

QHttpServerResponse demoXError(int status, const QJsonObject &body)
{
    return QHttpServerResponse("application/json; charset=utf-8", QJsonDocument(body).toJson(QJsonDocument::Compact),
        static_cast<QHttpServerResponse::StatusCode>(status));
}

QHttpServerResponse demoXTitled(int status, const char *title)
{
    const QString text = QString::fromLatin1(title);
    return demoXError(status,
        {{QStringLiteral("title"), text}, {QStringLiteral("type"), QStringLiteral("about:blank")},
            {QStringLiteral("status"), status}, {QStringLiteral("detail"), text}});
}

QHttpServerResponse demoXInvalid(const QString &parameter, const QString &value, const QString &message)
{
    const QJsonObject one{{QStringLiteral("parameters"), QJsonObject{{parameter, QJsonArray{value}}}},
        {QStringLiteral("message"), message}};
    return demoXError(400,
        {{QStringLiteral("errors"), QJsonArray{one}}, {QStringLiteral("title"), QStringLiteral("Invalid Request")},
            {QStringLiteral("detail"), QStringLiteral("One or more parameters to your request was invalid.")},
            {QStringLiteral("type"), QStringView(demoXProblem).toString()}});
}

std::optional<std::int64_t> demoXTime(const QString &text)
{
    const QDateTime time = QDateTime::fromString(text, Qt::ISODate);
    return time.isValid() ? std::optional<std::int64_t>(time.toSecsSinceEpoch()) : std::nullopt;
}

/// Offsets count code points of the text as it is sent.
QJsonArray demoXCashtags(const QString &text)
{
    static const QRegularExpression cashtag(QStringLiteral("\\$([A-Za-z]{1,6}(?:\\.[A-Za-z]{1,2})?)\\b"));
    QJsonArray tags;
    for (auto found = cashtag.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        const qsizetype start = text.left(match.capturedStart()).toUcs4().size();
        tags.append(QJsonObject{{QStringLiteral("start"), start},
            {QStringLiteral("end"), start + match.capturedLength()}, {QStringLiteral("tag"), match.captured(1)}});
    }
    return tags;
}

QJsonObject demoTweet(const DemoPost &post, const QStringList &fields)
{
    const QString id = demoXId(post);
    const QString text = demoEscaped(post.title);
    QJsonObject all{{QStringLiteral("id"), id}, {QStringLiteral("text"), text},
        {QStringLiteral("edit_history_tweet_ids"), QJsonArray{id}},
        {QStringLiteral("created_at"),
            QDateTime::fromMSecsSinceEpoch(post.time * 1000 + qint64(post.mark % 1000), Qt::UTC)
                .toString(Qt::ISODateWithMs)},
        {QStringLiteral("author_id"), QString::number(1'000'000 + qHash(post.author, 7) % 9'000'000)},
        {QStringLiteral("conversation_id"), id},
        {QStringLiteral("lang"), post.korean ? QStringLiteral("ko") : QStringLiteral("en")},
        {QStringLiteral("possibly_sensitive"), false},
        {QStringLiteral("public_metrics"),
            QJsonObject{{QStringLiteral("retweet_count"), post.shares}, {QStringLiteral("reply_count"), post.replies},
                {QStringLiteral("like_count"), post.likes}, {QStringLiteral("quote_count"), post.shares / 5},
                {QStringLiteral("impression_count"), post.likes * 40 + 12}}}};
    if (const QJsonArray cashtags = demoXCashtags(text); !cashtags.isEmpty())
        all[QStringLiteral("entities")] = QJsonObject{{QStringLiteral("cashtags"), cashtags}};
    const QStringList always{QStringLiteral("id"), QStringLiteral("text"), QStringLiteral("edit_history_tweet_ids")};
    for (const QString &field : all.keys()) {
        if (!always.contains(field) && !fields.contains(field))
            all.remove(field);
    }
    return all;
}

/// Without posts there is no `data` at all.
QJsonObject demoXPage(const std::vector<DemoPost> &posts, std::size_t limit, const QStringList &fields)
{
    const std::size_t count = std::min(posts.size(), limit);
    QJsonArray data;
    for (std::size_t i = 0; i < count; ++i)
        data.append(demoTweet(posts[i], fields));
    QJsonObject meta{{QStringLiteral("result_count"), data.size()}};
    if (data.isEmpty())
        return {{QStringLiteral("meta"), meta}};
    meta[QStringLiteral("newest_id")] = demoXId(posts.front());
    meta[QStringLiteral("oldest_id")] = demoXId(posts[count - 1]);
    if (posts.size() > limit)
        meta[QStringLiteral("next_token")] = QString::number(posts[count - 1].time, 36);
    return {{QStringLiteral("data"), data}, {QStringLiteral("meta"), meta}};
}

} // namespace

DemoX::DemoX(const World &world) : DemoProvider(world), m_quota(15'000, 900)
{
    server().route(QStringLiteral("/2/tweets/search/recent"), QHttpServerRequest::Method::Get,
        [this](const QHttpServerRequest &request, QHttpServerResponder &&responder) {
            serve(std::move(responder), Endpoint::Data, [&] { return search(request); });
        });
}

QString DemoX::bearerToken() const
{
    return QStringLiteral("demo") + QString::number(world().secrets.fork(5).bits(0), 36);
}

// X writes "UTC" where the standard wants "GMT".
DemoProvider::Response DemoX::dated(Response response) const
{
    const QDateTime time = QDateTime::fromSecsSinceEpoch(now(), Qt::UTC);
    response.addHeader(
        "date", QLocale::c().toString(time, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss")).toLatin1() + " UTC");
    response.addHeader("cache-control", "no-cache, no-store, max-age=0");
    return response;
}

DemoProvider::Response DemoX::withQuota(Response response) const
{
    response.addHeader("x-rate-limit-limit", QByteArray::number(m_quota.limit()));
    response.addHeader("x-rate-limit-remaining", QByteArray::number(m_quota.remaining()));
    response.addHeader("x-rate-limit-reset", QByteArray::number(qint64(m_quota.resetAfter(now()))));
    return dated(std::move(response));
}

DemoProvider::Response DemoX::rateLimited(Endpoint)
{
    Response response("text/plain;charset=utf-8", QByteArray("Rate limit exceeded\n"), Status::TooManyRequests);
    response.addHeader("x-rate-limit-limit", QByteArray::number(m_quota.limit()));
    response.addHeader("x-rate-limit-remaining", "0");
    response.addHeader("x-rate-limit-reset", QByteArray::number(qint64(m_quota.resetAfter(now()))));
    return dated(std::move(response));
}

DemoProvider::Response DemoX::outOfService()
{
    return dated(demoXTitled(503, "Service Unavailable"));
}

DemoProvider::Response DemoX::noSuchPath()
{
    return dated(Response("text/html;charset=utf-8",
        QByteArray(
            "<!DOCTYPE html>\n<html><head><title>X / Error</title></head><body>Nothing to see here</body></html>\n"),
        Status::NotFound));
}

DemoProvider::Response DemoX::search(const QHttpServerRequest &request)
{
    if (request.value("authorization") != "Bearer " + bearerToken().toUtf8())
        return dated(demoXTitled(401, "Unauthorized"));
    if (!m_quota.take(now()))
        return rateLimited(Endpoint::Data);
    return withQuota(page(request));
}

DemoProvider::Response DemoX::page(const QHttpServerRequest &request)
{
    const QString query = given(request, "query"), most = given(request, "max_results", "10");
    if (query.isEmpty() || query.size() > 512)
        return demoXInvalid(QStringLiteral("query"), query.left(100),
            QStringLiteral("Invalid 'query'. 'query' must be a non-empty string of at most 512 characters"));
    if (most.toInt() < 10 || most.toInt() > 100)
        return demoXInvalid(QStringLiteral("max_results"), most,
            QStringLiteral("The `max_results` query parameter value [%1] is not between 10 and 100").arg(most));
    const QString start = given(request, "start_time"), token = given(request, "next_token");
    const auto from = start.isEmpty() ? std::optional(now() - demoXMemory) : demoXTime(start);
    // A minute's grace: "seven days ago" was that when the client wrote it.
    if (!from || *from < now() - demoXMemory - 60)
        return demoXInvalid(QStringLiteral("start_time"), start,
            QStringLiteral("Invalid 'start_time'. 'start_time' must be RFC 3339 and at most 7 days ago"));
    bool tokenOk = true;
    const std::int64_t to = token.isEmpty() ? now() : token.toLongLong(&tokenOk, 36);
    if (!tokenOk)
        return demoXInvalid(QStringLiteral("next_token"), token, QStringLiteral("Invalid 'next_token'"));
    const auto limit = static_cast<std::size_t>(most.toInt());
    const auto subjects = demoSubjects(world().market.catalogue(), query);
    auto posts = demoPostsAbout(world().market, subjects, DemoPosts::Channel::X, *from, to, now(), 10 * limit);
    if (query.contains(QStringLiteral("lang:en")))
        std::erase_if(posts, [](const DemoPost &post) { return post.korean; });
    return json(demoXPage(posts, limit, given(request, "tweet.fields").split(u',')));
}

} // namespace insitecache
