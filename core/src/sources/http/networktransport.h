// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>

#include <QNetworkAccessManager>

#include <insitecache/base/clock.h>

#include "sources/http/transport.h"

namespace insitecache {

struct NetworkTransportOptions {
    QString userAgent;
    Millis deadline{10'000};       ///< for the whole exchange, redirects included
    qint64 maxBodyBytes = 4 << 20; ///< after decompression
};

class HttpExchange;

/// HTTP over the network. https, and http to loopback only; same-host redirects are followed (at most five), a
/// redirect elsewhere is an error; no cookies are kept or sent but those a request carries; nothing is cached.
/// A body shorter than its Content-Length is BadResponse. One that is chunked or ends by closing the connection cannot
/// be told from a cut one here, as Qt 6.4 reports a missing last chunk only when it comes in time: whoever decodes it
/// must demand a complete document.
/// Thread: the one that made it, which has an event loop. It must not be destroyed from inside a `done`.
class NetworkTransport final : public HttpTransport {
public:
    explicit NetworkTransport(NetworkTransportOptions options);
    ~NetworkTransport() override;

    void send(const HttpRequest &request, Done done) override;
    void close() override;

private:
    NetworkTransportOptions m_options;
    QNetworkAccessManager m_network;
    std::set<HttpExchange *> m_exchanges; ///< under way; children of m_network
    bool m_closed = false;
};

/// https to anywhere, http to this machine only. Errors: InvalidArgument, naming the address.
Status checkHttpUrl(const QUrl &url);

} // namespace insitecache
