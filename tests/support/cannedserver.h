// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QTcpServer>
#include <QTcpSocket>

namespace insitecache::test {

/// Says the same thing to whoever says something, whatever it is. Not a Redis, or a Redis gone mad.
class CannedServer {
public:
    explicit CannedServer(QByteArray answer) : m_answer(std::move(answer))
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            while (QTcpSocket *client = m_server.nextPendingConnection()) {
                ++m_connections;
                QObject::connect(client, &QTcpSocket::readyRead, client, [this, client] {
                    m_heard += client->readAll();
                    client->write(m_answer);
                });
                QObject::connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
            }
        });
        m_server.listen(QHostAddress::LocalHost);
    }

    QString url() const { return QStringLiteral("redis://127.0.0.1:%1").arg(m_server.serverPort()); }
    int connections() const { return m_connections; }
    const QByteArray &heard() const { return m_heard; }

private:
    QByteArray m_answer, m_heard;
    QTcpServer m_server;
    int m_connections = 0;
};

} // namespace insitecache::test
