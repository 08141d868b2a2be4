// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/http/networktransport.h"

#include <QHostAddress>

#include "sources/http/httpexchange.h"

namespace insitecache {

namespace {

bool isLoopback(const QString &host)
{
    return host == QStringLiteral("localhost") || QHostAddress(host).isLoopback();
}

} // namespace

Status checkHttpUrl(const QUrl &url)
{
    const QString scheme = url.scheme();
    const std::string shown = url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery).left(200).toStdString();
    if (!url.isValid() || url.host().isEmpty()
        || (scheme != QStringLiteral("https") && scheme != QStringLiteral("http")))
        return fail(ErrorCode::InvalidArgument, "'" + shown + "' is not an address of a web server",
            "write it as https://host or, on this machine, http://127.0.0.1:port");
    if (scheme == QStringLiteral("http") && !isLoopback(url.host()))
        return fail(ErrorCode::InvalidArgument, "'" + shown + "' would send requests in the clear",
            "use https; http is allowed to this machine only");
    return {};
}

NetworkTransport::NetworkTransport(NetworkTransportOptions options) : m_options(std::move(options))
{
    m_network.setAutoDeleteReplies(false);
}

NetworkTransport::~NetworkTransport()
{
    close();
}

void NetworkTransport::send(const HttpRequest &request, Done done)
{
    if (m_closed)
        return done(fail(ErrorCode::Cancelled, "the HTTP transport is shutting down"));
    if (Status ok = checkHttpUrl(request.url); !ok)
        return done(tl::unexpected(ok.error()));
    auto *exchange = new HttpExchange(m_network, m_options, request,
        [this, done = std::move(done)](HttpExchange *finished, Result<HttpResponse> answer) {
            m_exchanges.erase(finished);
            finished->deleteLater();
            done(std::move(answer));
        });
    m_exchanges.insert(exchange);
    exchange->start();
}

void NetworkTransport::close()
{
    m_closed = true;
    while (!m_exchanges.empty())
        (*m_exchanges.begin())->cancel();
}

} // namespace insitecache
