// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QUrl>

#include <insitecache/base/error.h>

namespace insitecache {

struct HttpRequest {
    QByteArray verb = "GET";
    QUrl url;
    QList<QPair<QByteArray, QByteArray>> headers;
    QByteArray body;
};

/// A complete answer of any status: what a status means is the provider's business.
struct HttpResponse {
    int status = 0;
    QList<QPair<QByteArray, QByteArray>> headers;
    QByteArray body;
    QUrl url;

    /// The first header of that name (RFC 9110: names are case-insensitive), or an empty array.
    QByteArray header(const QByteArray &name) const;
};

/// How requests leave the process: over the network, or to a folder of recorded answers.
///
/// Errors: Unavailable, Timeout (total deadline), TooLarge (body over the cap), Redirected (to another host; the
/// same host is followed), BadResponse (broken transfer), NotFound (no recording of that request), Cancelled.
/// Cache thread only; `done` runs exactly once, possibly before send() returns.
class HttpTransport {
public:
    using Done = std::function<void(Result<HttpResponse>)>;

    virtual ~HttpTransport() = default;
    virtual void send(const HttpRequest &request, Done done) = 0;
    /// Cancels what is under way; every pending `done` gets Cancelled.
    virtual void close() = 0;
};

} // namespace insitecache
