// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>

#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace insitecache::test {

/// A server on a free loopback port that answers as badly as a test wants: for each path it writes the given bytes
/// and closes, or hands the socket to the test.
class FaultyHttpServer : public QTcpServer {
public:
    using Handler = std::function<void(QTcpSocket &, const QByteArray &request)>;

    FaultyHttpServer()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { read(*socket); });
        });
    }

    void handle(const QByteArray &path, Handler handler) { m_handlers[path] = std::move(handler); }
    /// Raw bytes, status line included.
    void answer(const QByteArray &path, const QByteArray &bytes)
    {
        handle(path, [bytes](QTcpSocket &socket, const QByteArray &) {
            socket.write(bytes);
            socket.disconnectFromHost();
        });
    }
    /// A well-formed answer.
    void answer(const QByteArray &path, const QByteArray &statusLine, const QByteArray &headers, const QByteArray &body)
    {
        answer(path,
            "HTTP/1.1 " + statusLine + "\r\n" + headers + "Content-Length: " + QByteArray::number(body.size())
                + "\r\nConnection: close\r\n\r\n" + body);
    }

    QUrl url(const QString &path) const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(serverPort()).arg(path));
    }
    QList<QByteArray> requests; ///< heads and bodies as they came

private:
    void read(QTcpSocket &socket)
    {
        const QByteArray request = socket.readAll();
        if (!request.contains("\r\n\r\n"))
            return;
        requests.append(request);
        const auto handler = m_handlers.find(request.split(' ').value(1));
        if (handler != m_handlers.end())
            handler->second(socket, request);
        else
            socket.abort();
    }

    std::map<QByteArray, Handler> m_handlers;
};

} // namespace insitecache::test
