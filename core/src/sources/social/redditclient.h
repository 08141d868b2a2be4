// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <insitecache/sources/upstreams.h>

#include "sources/http/provideraccount.h"
#include "sources/http/transport.h"
#include "sources/social/redditdecode.h"

namespace insitecache {

/// Asks Reddit's Data API for posts, with the credentials of an installed application (OAuth2, client_credentials).
///
/// One token serves every request; it is renewed a minute before it ends, and once more when Reddit refuses it
/// early. Requests that come meanwhile wait for it. A search reads two pages of 100 posts at most. Reddit's rule for
/// user agents is `<platform>:<app ID>:<version> (by /u/<name>)`; without UpstreamOptions::userAgent the name is
/// missing, which Reddit may punish with a small quota.
///
/// Errors: Unconfigured, Unauthorized, RateLimited (with retryAfterMs), those of decodeRedditListing() and of the
/// transport. Cache thread only; lives in a shared_ptr, and until its last callback has run.
class RedditClient : public std::enable_shared_from_this<RedditClient> {
public:
    using Done = std::function<void(Result<std::vector<SocialPost>>)>;

    RedditClient(const UpstreamOptions &options, std::shared_ptr<HttpTransport> transport, const Clock &clock);

    /// The newest posts of the last 24 hours in the stock subreddits. What the query finds nothing for is an empty
    /// list.
    void search(const QString &query, Done done);
    /// The first page of a subreddit: `sort` is hot, new, top, rising or controversial.
    /// Errors also: NotFound (no such subreddit), InvalidArgument (not a name).
    void listing(const QString &subreddit, const QString &sort, Done done);

    SourceStatus status() const { return m_account.status(); }
    /// Requests that wait for a token get Cancelled, and so do later ones. The transport is closed by its owner.
    void close();

private:
    struct Walk;
    using WalkPtr = std::shared_ptr<Walk>;
    using TokenWaiter = std::function<void(Status)>;

    void start(const WalkPtr &walk);
    void ask(const WalkPtr &walk);
    void answered(const WalkPtr &walk, const QByteArray &token, const Result<HttpResponse> &answer);
    void takePage(const WalkPtr &walk, SocialPage page);
    void failed(const WalkPtr &walk, Error error);
    Error refused(const HttpResponse &response, Error error);

    void withToken(TokenWaiter next);
    void requestToken();
    void tokenAnswered(const Result<HttpResponse> &answer);
    void wakeWaiters(const Status &status);

    UpstreamOptions m_options;
    std::shared_ptr<HttpTransport> m_transport;
    const Clock &m_clock;
    ProviderAccount m_account;
    QByteArray m_token;
    SteadyTime m_renewAt{};
    std::vector<TokenWaiter> m_waiters;
    bool m_closed = false;
};

} // namespace insitecache
