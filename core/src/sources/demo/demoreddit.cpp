// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo/demoreddit.h"

#include <algorithm>

#include <QJsonArray>
#include <QUrlQuery>

namespace insitecache {

namespace {

constexpr std::int64_t demoTokenLife = 3600; // seconds
constexpr std::size_t demoRedditMost = 1000; // posts that a search or listing reaches
constexpr int demoRedditMark = 4096;
constexpr std::size_t demoRedditFame = 60; // instruments that a listing draws from

const char demoRedditPage[] = "<!doctype html>\n<html>\n  <head>\n    <title>Too Many Requests</title>\n  </head>\n"
                              "  <body>\n    <h1>whoa there, pardner!</h1>\n    <p>we're sorry, but you appear to be a "
                              "bot and we've seen too many requests from you lately.</p>\n  </body>\n</html>\n";

QHttpServerResponse demoRedditError(const char *message, int status)
{
    const QJsonObject body{
        {QStringLiteral("message"), QString::fromLatin1(message)}, {QStringLiteral("error"), status}};
    return QHttpServerResponse("application/json; charset=UTF-8", QJsonDocument(body).toJson(QJsonDocument::Compact),
        static_cast<QHttpServerResponse::StatusCode>(status));
}

QHttpServerResponse demoUncached(QHttpServerResponse response)
{
    response.addHeader("cache-control", "private, s-maxage=0, max-age=0, must-revalidate, no-store");
    response.addHeader("expires", "-1");
    return response;
}

/// An id holds the time, so that `after` needs no memory.
QString demoRedditId(const DemoPost &post)
{
    return QString::number(post.time * demoRedditMark + static_cast<std::int64_t>(post.mark % demoRedditMark), 36);
}

std::optional<std::int64_t> demoRedditTime(const QString &fullName)
{
    bool ok = false;
    const qint64 number = fullName.mid(3).toLongLong(&ok, 36);
    return ok && fullName.startsWith(QStringLiteral("t3_")) ? std::optional<std::int64_t>(number / demoRedditMark)
                                                            : std::nullopt;
}

std::int64_t demoRedditWindow(const QString &name)
{
    const std::pair<QStringView, std::int64_t> windows[]
        = {{u"hour", 3600}, {u"day", 86'400}, {u"week", 7 * 86'400}, {u"month", 30 * 86'400}};
    for (const auto &[word, seconds] : windows) {
        if (word == name)
            return seconds;
    }
    return 60 * 86'400; // year, all: as far as a search reaches here
}

QStringList demoPlaces(const QString &subreddits)
{
    static const QStringList known{QStringLiteral("stocks"), QStringLiteral("wallstreetbets"),
        QStringLiteral("investing"), QStringLiteral("stockmarket"), QStringLiteral("all")};
    const QStringList asked = subreddits.toLower().split(u'+', Qt::SkipEmptyParts);
    const bool allKnown
        = std::all_of(asked.begin(), asked.end(), [](const QString &name) { return known.contains(name); });
    return allKnown ? asked : QStringList();
}

QJsonObject demoRedditPost(const DemoPost &post, bool raw)
{
    const auto text = [raw](const QString &plain) { return raw ? plain : demoEscaped(plain); };
    const QString id = demoRedditId(post);
    const QString path = QStringLiteral("/r/%1/comments/%2/post/").arg(post.place, id);
    return {{QStringLiteral("subreddit"), post.place},
        {QStringLiteral("subreddit_name_prefixed"), QStringLiteral("r/") + post.place}, {QStringLiteral("id"), id},
        {QStringLiteral("name"), QStringLiteral("t3_") + id}, {QStringLiteral("title"), text(post.title)},
        {QStringLiteral("selftext"), text(post.body)}, {QStringLiteral("author"), post.author},
        {QStringLiteral("author_fullname"),
            QStringLiteral("t2_") + QString::number(qHash(post.author, 7) % 99'999, 36)},
        {QStringLiteral("created"), double(post.time + 28'800)}, {QStringLiteral("created_utc"), double(post.time)},
        {QStringLiteral("score"), post.likes}, {QStringLiteral("ups"), post.likes}, {QStringLiteral("downs"), 0},
        {QStringLiteral("upvote_ratio"), 0.7 + 0.01 * static_cast<double>(post.mark % 30)},
        {QStringLiteral("num_comments"), post.replies}, {QStringLiteral("num_crossposts"), 0},
        {QStringLiteral("permalink"), path}, {QStringLiteral("url"), QStringLiteral("https://www.reddit.com") + path},
        {QStringLiteral("domain"), QStringLiteral("self.") + post.place}, {QStringLiteral("is_self"), true},
        {QStringLiteral("link_flair_text"), QJsonValue()}, {QStringLiteral("edited"), false},
        {QStringLiteral("over_18"), false}, {QStringLiteral("stickied"), false}, {QStringLiteral("locked"), false},
        {QStringLiteral("archived"), false}, {QStringLiteral("hidden"), false}, {QStringLiteral("likes"), QJsonValue()},
        {QStringLiteral("media"), QJsonValue()}, {QStringLiteral("distinguished"), QJsonValue()},
        {QStringLiteral("removed_by_category"), QJsonValue()}, {QStringLiteral("thumbnail"), QStringLiteral("self")}};
}

} // namespace

DemoReddit::DemoReddit(const World &world) : DemoProvider(world), m_quota(10'000, 600), m_tokenQuota(300, 600)
{
    using Request = const QHttpServerRequest &;
    using Responder = QHttpServerResponder &&;
    const auto get = QHttpServerRequest::Method::Get;
    server().route(QStringLiteral("/api/v1/access_token"), QHttpServerRequest::Method::Post,
        [this](Request request, Responder responder) {
            serve(std::move(responder), Endpoint::Login, [&] { return token(request); });
        });
    server().route(
        QStringLiteral("/r/<arg>/search"), get, [this](const QString &where, Request request, Responder responder) {
            serve(std::move(responder), Endpoint::Data, [&] { return search(where, request); });
        });
    server().route(QStringLiteral("/r/<arg>/<arg>"), get,
        [this](const QString &where, const QString &sort, Request request, Responder responder) {
            serve(std::move(responder), Endpoint::Data, [&] { return listing(where, sort, request); });
        });
}

QString DemoReddit::clientSecret() const
{
    return QString::number(world().secrets.fork(3).bits(0), 36);
}

DemoProvider::Response DemoReddit::rateLimited(Endpoint endpoint)
{
    if (endpoint == Endpoint::Login)
        return demoRedditError("Too Many Requests", 429);
    Response response("text/html; charset=UTF-8", demoRedditPage, Status::TooManyRequests);
    response.addHeader("retry-after", "4");
    return response;
}

DemoProvider::Response DemoReddit::outOfService()
{
    return Response("application/json; charset=UTF-8", QByteArray(), Status::ServiceUnavailable);
}

DemoProvider::Response DemoReddit::noSuchPath()
{
    return demoRedditError("Not Found", 404);
}

// Like Reddit, a wrong grant is status 200, and only wrong credentials are a 401.
DemoProvider::Response DemoReddit::token(const QHttpServerRequest &request)
{
    if (!m_tokenQuota.take(now()))
        return rateLimited(Endpoint::Login);
    const QByteArray login = clientId().toUtf8() + ':' + clientSecret().toUtf8();
    if (request.value("authorization") != "Basic " + login.toBase64())
        return demoRedditError("Unauthorized", 401);
    const QUrlQuery form(QString::fromUtf8(request.body()));
    if (form.queryItemValue(QStringLiteral("grant_type")) != QStringLiteral("client_credentials"))
        return json({{QStringLiteral("error"), QStringLiteral("unsupported_grant_type")}});
    Response response = json({{QStringLiteral("access_token"), QString::fromLatin1(tokenOf(now()))},
        {QStringLiteral("token_type"), QStringLiteral("bearer")}, {QStringLiteral("expires_in"), qint64(demoTokenLife)},
        {QStringLiteral("scope"), QStringLiteral("*")}});
    response.addHeader("x-ratelimit-used", QByteArray::number(m_tokenQuota.used()));
    response.addHeader("x-ratelimit-remaining", QByteArray::number(m_tokenQuota.remaining()));
    response.addHeader("x-ratelimit-reset", QByteArray::number(qint64(m_tokenQuota.resetAfter(now()) - now())));
    return response;
}

QByteArray DemoReddit::tokenOf(std::int64_t issued) const
{
    const auto signature = static_cast<qulonglong>(world().secrets.fork(4).bits(issued));
    return "demo-" + QByteArray::number(qint64(issued)) + '-' + QByteArray::number(signature, 36);
}

bool DemoReddit::isToken(const QByteArray &token) const
{
    const std::int64_t issued = token.mid(5, token.lastIndexOf('-') - 5).toLongLong();
    return token == tokenOf(issued) && now() < issued + demoTokenLife;
}

std::optional<DemoProvider::Response> DemoReddit::refusal(const QString &subreddits, const QHttpServerRequest &request)
{
    const QByteArray login = request.value("authorization");
    if (!login.toLower().startsWith("bearer ") || !isToken(login.mid(7))) {
        Response response = demoRedditError("Unauthorized", 401);
        response.addHeader("www-authenticate", "Bearer realm=\"reddit\", error=\"invalid_token\"");
        return response;
    }
    if (!m_quota.take(now()))
        return rateLimited(Endpoint::Data);
    if (demoPlaces(subreddits).isEmpty())
        return withQuota(demoRedditError("Not Found", 404));
    return std::nullopt;
}

DemoProvider::Response DemoReddit::withQuota(Response response) const
{
    response.addHeader("x-ratelimit-used", QByteArray::number(m_quota.used()));
    response.addHeader("x-ratelimit-remaining", QByteArray::number(m_quota.remaining()) + ".0");
    response.addHeader("x-ratelimit-reset", QByteArray::number(qint64(m_quota.resetAfter(now()) - now())));
    return demoUncached(std::move(response));
}

DemoProvider::Response DemoReddit::search(const QString &subreddits, const QHttpServerRequest &request)
{
    if (auto no = refusal(subreddits, request))
        return std::move(*no);
    const auto subjects = demoSubjects(world().market.catalogue(), given(request, "q"));
    const std::int64_t from = now() - demoRedditWindow(given(request, "t", "all"));
    auto posts
        = demoPostsAbout(world().market, subjects, DemoPosts::Channel::Reddit, from, now(), now(), demoRedditMost);
    const bool everywhere = given(request, "restrict_sr") != QStringLiteral("true");
    const QStringList places = everywhere ? QStringList{QStringLiteral("all")} : demoPlaces(subreddits);
    return page(std::move(posts), places, request);
}

DemoProvider::Response DemoReddit::listing(
    const QString &subreddits, const QString &sort, const QHttpServerRequest &request)
{
    static const QStringList known{QStringLiteral("hot"), QStringLiteral("new"), QStringLiteral("top"),
        QStringLiteral("rising"), QStringLiteral("controversial")};
    if (!known.contains(sort))
        return noSuchPath();
    if (auto no = refusal(subreddits, request))
        return std::move(*no);
    std::vector<const DemoInstrument *> subjects;
    for (std::size_t i = 0; i < std::min(demoRedditFame, world().market.catalogue().all().size()); ++i)
        subjects.push_back(&world().market.catalogue().all()[i]);
    const std::int64_t from = now() - 6 * 3600;
    auto posts
        = demoPostsAbout(world().market, subjects, DemoPosts::Channel::Reddit, from, now(), now(), demoRedditMost);
    return page(std::move(posts), demoPlaces(subreddits), request);
}

DemoProvider::Response DemoReddit::page(
    std::vector<DemoPost> posts, const QStringList &places, const QHttpServerRequest &request)
{
    const auto before = demoRedditTime(given(request, "after"));
    std::erase_if(posts, [&](const DemoPost &post) {
        const bool elsewhere = !places.contains(QStringLiteral("all")) && !places.contains(post.place.toLower());
        return elsewhere || (before && post.time >= *before);
    });
    const auto limit = static_cast<std::size_t>(std::clamp(given(request, "limit", "25").toInt(), 1, 100));
    const bool more = posts.size() > limit;
    posts.resize(std::min(posts.size(), limit));
    const bool raw = given(request, "raw_json") == QStringLiteral("1");
    QJsonArray children;
    for (const DemoPost &post : posts)
        children.append(QJsonObject{
            {QStringLiteral("kind"), QStringLiteral("t3")}, {QStringLiteral("data"), demoRedditPost(post, raw)}});
    const QJsonValue after = more ? QJsonValue(QStringLiteral("t3_") + demoRedditId(posts.back())) : QJsonValue();
    const QJsonObject data{{QStringLiteral("after"), after}, {QStringLiteral("before"), QJsonValue()},
        {QStringLiteral("dist"), children.size()}, {QStringLiteral("modhash"), QJsonValue()},
        {QStringLiteral("children"), children}};
    return withQuota(json({{QStringLiteral("kind"), QStringLiteral("Listing")}, {QStringLiteral("data"), data}}));
}

} // namespace insitecache
