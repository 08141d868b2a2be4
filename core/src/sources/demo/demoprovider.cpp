// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo/demoprovider.h"

#include <memory>

#include <QTcpSocket>
#include <QTimer>
#include <QUrlQuery>

#include "sources/demo/limitingtcpserver.h"

namespace insitecache {

namespace {
constexpr char demoWaiting[] = "insitecacheAnswerIsHeldBack";
} // namespace

DemoProvider::DemoProvider(const World &world) : m_world(world)
{
    m_server.setMissingHandler([this](const QHttpServerRequest &, QHttpServerResponder &&responder) {
        serve(std::move(responder), Endpoint::Data, [this] { return noSuchPath(); });
    });
}

Result<quint16> DemoProvider::listen()
{
    auto tcp = std::make_unique<LimitingTcpServer>();
    if (!tcp->listen(QHostAddress::LocalHost))
        return fail(ErrorCode::Io,
            "the demo upstream cannot listen on 127.0.0.1 (" + tcp->errorString().toStdString() + ")",
            "check the limits on open files and the firewall of this machine");
    const quint16 port = tcp->serverPort();
    m_server.bind(tcp.release());
    return port;
}

void DemoProvider::send(QHttpServerResponder &&responder, Response response)
{
    QTcpSocket *socket = responder.socket();
    if (socket->property(demoWaiting).toBool())
        return socket->abort();
    socket->setProperty(demoWaiting, true);
    struct Held {
        QHttpServerResponder responder;
        Response response;
    };
    const auto held = std::make_shared<Held>(Held{std::move(responder), std::move(response)});
    // The responder refers to the socket and the request, which die together; so does the timer.
    QTimer::singleShot(m_world.faults.nextDelay(), socket, [socket, held] {
        socket->setProperty(demoWaiting, false);
        held->response.write(std::move(held->responder));
    });
}

DemoProvider::Response DemoProvider::json(const QJsonObject &body, Status status)
{
    return Response("application/json;charset=utf-8", QJsonDocument(body).toJson(QJsonDocument::Compact), status);
}

QString DemoProvider::given(const QHttpServerRequest &request, const char *name, const char *otherwise)
{
    const QString text = request.query().queryItemValue(QLatin1String(name), QUrl::FullyDecoded);
    return text.isEmpty() ? QString::fromLatin1(otherwise) : text;
}

std::int64_t DemoProvider::now() const
{
    return std::chrono::floor<std::chrono::seconds>(m_world.clock.wall()).time_since_epoch().count();
}

} // namespace insitecache
