// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <insitecache/sources/upstreams.h>

#include "sources/http/provideraccount.h"
#include "sources/http/transport.h"
#include "sources/social/xdecode.h"

namespace insitecache {

/// Asks X for posts of the last 24 hours (API v2, recent search, app-only bearer token).
///
/// One page of 100 posts per search, since X bills by the post. A query is given in two forms: with the cashtag
/// operator, and without it for products that refuse the operator; once the second has worked, the first is no
/// longer tried. Refused credentials keep it quiet for good, used-up credits or a monthly cap for a day.
///
/// Errors: Unconfigured, Unauthorized, RateLimited (with retryAfterMs), those of decodeXSearch() and of the transport.
/// Cache thread only; lives in a shared_ptr, and until its last callback has run.
class XClient : public std::enable_shared_from_this<XClient> {
public:
    using Done = std::function<void(Result<std::vector<SocialPost>>)>;

    XClient(const UpstreamOptions &options, std::shared_ptr<HttpTransport> transport, const Clock &clock);

    /// The two forms may be equal. What the query finds nothing for is an empty list.
    void search(const QString &query, const QString &keywordQuery, Done done);

    SourceStatus status() const { return m_account.status(); }
    /// Later searches get Cancelled. The transport is closed by its owner.
    void close() { m_closed = true; }

private:
    void ask(const QString &query, const QString &fallback, Done done);
    void answered(const Result<HttpResponse> &answer, const QString &fallback, const Done &done);
    Error refused(const HttpResponse &response, Error error);

    UpstreamOptions m_options;
    std::shared_ptr<HttpTransport> m_transport;
    const Clock &m_clock;
    ProviderAccount m_account;
    bool m_cashtagsRefused = false;
    bool m_closed = false;
};

} // namespace insitecache
