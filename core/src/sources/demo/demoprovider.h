// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHttpServer>
#include <QJsonDocument>
#include <QJsonObject>

#include <insitecache/base/clock.h>
#include <insitecache/base/error.h>

#include "sources/demo/demofaults.h"
#include "sources/demo/demomarket.h"

namespace insitecache {

/// One provider of the demo on a port of its own: routes, faults and delays. What a refusal looks like is the
/// provider's own business.
///
/// An answer is made when the request comes and sent after the delay, if the client is still there: QHttpServer 6.4
/// (futures included) would write to the freed socket of a client that left, so the delay hangs on the socket. It also
/// answers pipelined requests out of order; who sends one while another waits is cut off.
/// Lives on one thread.
class DemoProvider : public QObject {
    Q_OBJECT

public:
    struct World {
        const DemoMarket &market;
        const Clock &clock;
        DemoFaults &faults;
        DemoNoise secrets; ///< cookies, tokens and ids
    };

    explicit DemoProvider(const World &world);

    /// Listens on 127.0.0.1 on a free port and returns it. Errors: Io.
    Result<quint16> listen();

protected:
    using Response = QHttpServerResponse;
    using Status = QHttpServerResponse::StatusCode;
    /// Some endpoints are refused in a form of their own.
    enum class Endpoint { Data, Login };

    virtual Response rateLimited(Endpoint endpoint) = 0;
    virtual Response outOfService() = 0;
    virtual Response noSuchPath() = 0;

    /// Sends what `make` returns, or a refusal, after the delay.
    template <class Make>
    void serve(QHttpServerResponder &&responder, Endpoint endpoint, Make make)
    {
        if (m_world.faults.behaviour().rateLimit)
            return send(std::move(responder), rateLimited(endpoint));
        if (m_world.faults.nextFails())
            return send(std::move(responder), outOfService());
        send(std::move(responder), make());
    }

    static Response json(const QJsonObject &body, Status status = Status::Ok);
    /// The query parameter of that name, decoded; `otherwise` when it is absent or empty.
    static QString given(const QHttpServerRequest &request, const char *name, const char *otherwise = "");
    std::int64_t now() const; ///< epoch seconds
    const World &world() const { return m_world; }
    QHttpServer &server() { return m_server; }

private:
    void send(QHttpServerResponder &&responder, Response response);

    World m_world;
    QHttpServer m_server;
};

} // namespace insitecache
