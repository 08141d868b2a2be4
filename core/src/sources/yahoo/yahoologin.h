// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <QNetworkCookieJar>

#include <insitecache/sources/upstreams.h>

#include "sources/http/provideraccount.h"
#include "sources/http/transport.h"

namespace insitecache {

/// The cookie and the crumb without which Yahoo answers no quotes. They belong together: one crumb per cookie jar,
/// and both are dropped when Yahoo refuses them.
///
/// Requests that come while it is being got wait for the one answer. It has an account of its own, since a refused
/// crumb says nothing about the endpoints that need none.
/// Cache thread only; lives in a shared_ptr, until its last callback has run.
class YahooLogin : public std::enable_shared_from_this<YahooLogin> {
public:
    using Done = std::function<void(const Status &)>;

    YahooLogin(const UpstreamOptions &options, std::shared_ptr<HttpTransport> transport, const Clock &clock);

    /// On success crumb() and cookies() are there.
    /// Errors: those of the transport and of decodeYahooCrumb(), RateLimited and Unauthorized while refused.
    void ensure(Done done);
    const QByteArray &crumb() const { return m_crumb; }
    /// The value of a Cookie header, empty when there is none for that address.
    QByteArray cookies(const QUrl &url) const;

    /// The answer to a request with that crumb was 401. Nothing happens if another has been got since.
    void drop(const QByteArray &crumb);
    /// A fresh login was refused too: ensure() fails with `why` for a quarter of an hour.
    void refused(const Error &why);

    SourceStatus status() const { return m_account.status(); }

private:
    void askCookie();
    void askCrumb();
    void finish(const Status &status);
    HttpRequest request(const QUrl &url) const;
    void keepCookies(const HttpResponse &response);

    QUrl m_cookieUrl;
    QUrl m_crumbUrl;
    std::shared_ptr<HttpTransport> m_transport;
    ProviderAccount m_account;
    std::unique_ptr<QNetworkCookieJar> m_jar;
    QByteArray m_crumb;
    std::vector<Done> m_waiting;
};

} // namespace insitecache
