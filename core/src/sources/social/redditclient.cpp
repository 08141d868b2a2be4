// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/social/redditclient.h"

#include <set>

#include <QRegularExpression>
#include <QSysInfo>

#include "sources/social/providerbody.h"

namespace insitecache {

/// One search or listing, over all its pages.
struct RedditClient::Walk {
    QString path;
    QList<std::pair<QString, QString>> query;
    int pagesLeft = 1;
    bool renewed = false; ///< the token was refused once already
    std::set<QString> ids;
    std::vector<SocialPost> posts;
    Done done;
};

namespace {

constexpr int redditPageLimit = 2;
constexpr Millis redditBlockPause = std::chrono::minutes(15);
constexpr Millis redditRenewAhead = std::chrono::minutes(1);

Error redditIsClosed()
{
    return {ErrorCode::Cancelled, "the request to Reddit was cancelled"};
}

QByteArray redditUserAgent(const UpstreamOptions &options)
{
    if (!options.userAgent.isEmpty())
        return options.userAgent.toUtf8();
    return QSysInfo::kernelType().toUtf8() + ":insitecache:" INSITECACHE_VERSION;
}

/// The same answer without its quota: the token endpoint has one of its own, which says nothing about the API's.
HttpResponse withoutRedditQuota(HttpResponse response)
{
    response.headers.removeIf([](const auto &header) { return header.first.toLower().startsWith("x-ratelimit-"); });
    return response;
}

} // namespace

RedditClient::RedditClient(
    const UpstreamOptions &options, std::shared_ptr<HttpTransport> transport, const Clock &clock) :
    m_options(options),
    m_transport(std::move(transport)), m_clock(clock), m_account("reddit", !options.redditClientId.isEmpty(), clock)
{}

void RedditClient::search(const QString &query, Done done)
{
    auto walk = std::make_shared<Walk>();
    walk->path = QStringLiteral("/r/stocks+wallstreetbets+investing+StockMarket/search");
    walk->query = {{QStringLiteral("q"), query}, {QStringLiteral("restrict_sr"), QStringLiteral("true")},
        {QStringLiteral("sort"), QStringLiteral("new")}, {QStringLiteral("t"), QStringLiteral("day")}};
    walk->pagesLeft = redditPageLimit;
    walk->done = [done = std::move(done)](Result<std::vector<SocialPost>> posts) {
        // That one of our subreddits is gone says nothing about what was searched for.
        if (!posts && posts.error().code == ErrorCode::NotFound)
            posts.error().code = ErrorCode::BadResponse;
        done(std::move(posts));
    };
    start(walk);
}

void RedditClient::listing(const QString &subreddit, const QString &sort, Done done)
{
    static const QRegularExpression name(QStringLiteral("\\A\\w{2,21}(?:\\+\\w{2,21})*\\z"));
    static const QRegularExpression order(QStringLiteral("\\A(?:hot|new|top|rising|controversial)\\z"));
    if (!name.match(subreddit).hasMatch() || !order.match(sort).hasMatch())
        return done(fail(ErrorCode::InvalidArgument, "this is not the name of a subreddit or an order of its posts",
            "the orders are hot, new, top, rising and controversial"));
    auto walk = std::make_shared<Walk>();
    walk->path = QStringLiteral("/r/%1/%2").arg(subreddit, sort);
    walk->done = std::move(done);
    start(walk);
}

void RedditClient::start(const WalkPtr &walk)
{
    walk->query
        += {{QStringLiteral("limit"), QStringLiteral("100")}, {QStringLiteral("raw_json"), QStringLiteral("1")}};
    ask(walk);
}

void RedditClient::ask(const WalkPtr &walk)
{
    if (m_closed)
        return failed(walk, redditIsClosed());
    if (auto refusal = m_account.refusal())
        return failed(walk, std::move(*refusal));
    withToken([self = shared_from_this(), walk](const Status &ready) {
        if (!ready)
            return self->failed(walk, ready.error());
        HttpRequest request;
        request.url = providerUrl(self->m_options.redditUrl, walk->path, walk->query);
        request.headers = {{"Authorization", "bearer " + self->m_token},
            {"User-Agent", redditUserAgent(self->m_options)}, {"Accept", "application/json"}};
        self->m_transport->send(request, [self, walk, token = self->m_token](const Result<HttpResponse> &answer) {
            self->answered(walk, token, answer);
        });
    });
}

void RedditClient::answered(const WalkPtr &walk, const QByteArray &token, const Result<HttpResponse> &answer)
{
    m_account.answered(answer);
    if (!answer)
        return failed(walk, answer.error());
    if (answer->status == 401 && !walk->renewed) {
        walk->renewed = true;
        if (m_token == token)
            m_token.clear();
        return ask(walk);
    }
    auto page = decodeRedditListing(*answer);
    if (!page)
        return failed(walk, refused(*answer, page.error()));
    takePage(walk, std::move(*page));
}

// A search page may shift while the next is asked for, so that a post comes twice.
void RedditClient::takePage(const WalkPtr &walk, SocialPage page)
{
    for (SocialPost &post : page.posts) {
        if (walk->ids.insert(post.id).second)
            walk->posts.push_back(std::move(post));
    }
    if (--walk->pagesLeft == 0 || page.next.isEmpty())
        return walk->done(std::move(walk->posts));
    walk->query.removeIf([](const auto &item) { return item.first == QStringLiteral("after"); });
    walk->query.emplace_back(QStringLiteral("after"), page.next);
    ask(walk);
}

// What the first page gave is worth more than an error about the second; the account keeps the error.
void RedditClient::failed(const WalkPtr &walk, Error error)
{
    if (walk->posts.empty() || error.code == ErrorCode::Cancelled)
        walk->done(tl::unexpected(std::move(error)));
    else
        walk->done(std::move(walk->posts));
}

/// Keeps quiet after a refusal that the next request would only repeat. A 403 in JSON is about the subreddit; one
/// that is a page, or that names a scope, is about us.
Error RedditClient::refused(const HttpResponse &response, Error error)
{
    const bool blocked = response.status == 403
        && (response.body.trimmed().startsWith('<') || !response.header("www-authenticate").isEmpty());
    if (response.status == 401 || blocked)
        m_account.freeze(blocked ? redditBlockPause : ProviderAccount::untilRestart, error);
    if (const auto refusal = m_account.refusal(); refusal && error.code == ErrorCode::RateLimited)
        error.retryAfterMs = refusal->retryAfterMs;
    return error;
}

void RedditClient::withToken(TokenWaiter next)
{
    if (!m_token.isEmpty() && m_clock.now() < m_renewAt)
        return next({});
    m_waiters.push_back(std::move(next));
    if (m_waiters.size() == 1)
        requestToken();
}

void RedditClient::requestToken()
{
    HttpRequest request;
    request.verb = "POST";
    request.url = providerUrl(m_options.redditAuthUrl, QStringLiteral("/api/v1/access_token"), {});
    const QByteArray login = m_options.redditClientId.toUtf8() + ':' + m_options.redditClientSecret.toUtf8();
    request.headers = {{"Authorization", "Basic " + login.toBase64()},
        {"Content-Type", "application/x-www-form-urlencoded"}, {"User-Agent", redditUserAgent(m_options)}};
    request.body = "grant_type=client_credentials";
    m_transport->send(
        request, [self = shared_from_this()](const Result<HttpResponse> &answer) { self->tokenAnswered(answer); });
}

void RedditClient::tokenAnswered(const Result<HttpResponse> &answer)
{
    if (!answer) {
        m_account.answered(answer);
        return wakeWaiters(tl::unexpected(answer.error()));
    }
    HttpResponse counted = withoutRedditQuota(*answer);
    const auto token = decodeRedditToken(*answer);
    // Refused credentials come with status 200 and would count as a success.
    if (!token && token.error().code == ErrorCode::Unauthorized)
        counted.status = 401;
    m_account.answered(counted);
    if (!token)
        return wakeWaiters(tl::unexpected(refused(counted, token.error())));
    m_token = token->text;
    m_renewAt = m_clock.now() + std::max<Duration>(token->lifetime - redditRenewAhead, token->lifetime / 2);
    wakeWaiters({});
}

void RedditClient::wakeWaiters(const Status &status)
{
    const auto waiters = std::exchange(m_waiters, {});
    for (const TokenWaiter &waiter : waiters)
        waiter(status);
}

void RedditClient::close()
{
    m_closed = true;
    wakeWaiters(tl::unexpected(redditIsClosed()));
}

} // namespace insitecache
