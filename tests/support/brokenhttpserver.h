// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

namespace insitecache::test {

/// Says the same bytes to whoever asks, and hangs up. On a thread of its own, so that a test may wait for another
/// process meanwhile.
class BrokenHttpServer {
public:
    explicit BrokenHttpServer(const QByteArray &reply) : m_server(new QTcpServer)
    {
        m_server->listen(QHostAddress::LocalHost);
        m_port = m_server->serverPort();
        QObject::connect(m_server, &QTcpServer::newConnection, m_server, [server = m_server, reply] {
            QTcpSocket *socket = server->nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, reply] {
                socket->readAll();
                socket->write(reply);
                socket->disconnectFromHost();
            });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        });
        QObject::connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
        m_server->moveToThread(&m_thread);
        m_thread.start();
    }
    ~BrokenHttpServer()
    {
        m_thread.quit();
        m_thread.wait();
    }
    BrokenHttpServer(const BrokenHttpServer &) = delete;
    BrokenHttpServer &operator=(const BrokenHttpServer &) = delete;

    QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port); }

private:
    QThread m_thread;
    QTcpServer *m_server; ///< lives on m_thread and ends with it
    quint16 m_port = 0;
};

} // namespace insitecache::test
