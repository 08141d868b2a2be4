// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QNetworkReply>
#include <QTimer>

#include "sources/http/networktransport.h"

namespace insitecache {

/// One request on its way through QNetworkAccessManager, with the limits that it lacks: a deadline for the whole
/// exchange (its own timeout starts anew with every byte) and a bound on the body.
class HttpExchange final : public QObject {
    Q_OBJECT

public:
    using Finished = std::function<void(HttpExchange *, Result<HttpResponse>)>;

    HttpExchange(
        QNetworkAccessManager &network, const NetworkTransportOptions &options, HttpRequest request, Finished finished);
    ~HttpExchange() override;

    void start();
    void cancel();

private:
    void sendRequest();
    void dropReply();
    void checkLength();
    void readBody();
    void replyFinished();
    /// True when the answer was a redirect, which is now followed or has ended the exchange.
    bool followRedirect(const HttpResponse &response);
    void finish(Result<HttpResponse> answer);

    QNetworkAccessManager &m_network;
    const NetworkTransportOptions &m_options;
    HttpRequest m_request;
    Finished m_finished;
    QNetworkReply *m_reply = nullptr;
    QTimer m_deadline;
    QByteArray m_body;
    int m_redirects = 0;
};

} // namespace insitecache
