// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/tcpproxy.h"

#include <QTcpSocket>
#include <QTimer>

#include <sys/socket.h>

namespace insitecache::test {

struct TcpProxy::Link {
    std::unique_ptr<QTcpSocket> client;
    QTcpSocket server;
    QByteArray held;
    bool holding = false;
    QTimer slicer;
};

TcpProxy::TcpProxy(quint16 serverPort) : m_serverPort(serverPort)
{
    QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
    m_server.listen(QHostAddress::LocalHost);
}

TcpProxy::~TcpProxy() = default;

void TcpProxy::accept()
{
    while (QTcpSocket *client = m_server.nextPendingConnection()) {
        ++m_connections;
        m_links.push_back(std::make_unique<Link>());
        Link &link = *m_links.back();
        client->setParent(nullptr);
        link.client.reset(client);
        link.server.connectToHost(QHostAddress::LocalHost, m_serverPort);
        QObject::connect(client, &QTcpSocket::readyRead, client, [this, &link] { toServer(link); });
        QObject::connect(&link.server, &QTcpSocket::readyRead, client, [this, &link] { fromServer(link); });
        QObject::connect(&link.server, &QTcpSocket::disconnected, client, [client] { client->disconnectFromHost(); });
        QObject::connect(
            client, &QTcpSocket::disconnected, &link.server, [&link] { link.server.disconnectFromHost(); });
        QObject::connect(&link.slicer, &QTimer::timeout, client, [this, &link] { deliver(link); });
    }
}

void TcpProxy::toServer(Link &link)
{
    const QByteArray bytes = link.client->readAll();
    if (!m_blackHole)
        link.server.write(bytes);
}

void TcpProxy::fromServer(Link &link)
{
    QByteArray bytes = link.server.readAll();
    if (m_blackHole)
        return;
    damage(bytes);
    link.held += bytes;
    if (!m_holding && !link.holding)
        deliver(link);
}

void TcpProxy::damage(QByteArray &bytes)
{
    if (m_corruptAt < 0)
        return;
    if (m_corruptAt < bytes.size())
        bytes[m_corruptAt] = static_cast<char>(bytes[m_corruptAt] ^ 0x10);
    m_corruptAt = m_corruptAt < bytes.size() ? -1 : m_corruptAt - bytes.size();
}

void TcpProxy::deliver(Link &link)
{
    qsizetype length = m_slice > 0 ? std::min<qsizetype>(m_slice, link.held.size()) : link.held.size();
    const bool closes = m_closeAfter >= 0 && m_closeAfter <= length;
    if (closes)
        length = m_closeAfter;
    else if (m_closeAfter >= 0)
        m_closeAfter -= length;
    link.client->write(link.held.first(length));
    link.client->flush();
    link.held.remove(0, length);
    if (link.held.isEmpty() || closes)
        link.slicer.stop();
    else
        link.slicer.start(0);
    if (closes) {
        m_closeAfter = -1;
        closeAll();
    }
}

void TcpProxy::hold(int connection)
{
    m_links.at(static_cast<std::size_t>(connection))->holding = true;
}

void TcpProxy::release()
{
    m_holding = false;
    for (const auto &link : m_links) {
        link->holding = false;
        if (!link->held.isEmpty())
            deliver(*link);
    }
}

int TcpProxy::heldBytes() const
{
    qsizetype bytes = 0;
    for (const auto &link : m_links)
        bytes += link->held.size();
    return static_cast<int>(bytes);
}

void TcpProxy::closeAll()
{
    for (const auto &link : m_links) {
        link->held.clear();
        link->client->disconnectFromHost();
    }
}

void TcpProxy::resetAll()
{
    for (const auto &link : m_links) {
        const linger hard{1, 0};
        setsockopt(static_cast<int>(link->client->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        link->held.clear();
        link->client->abort();
    }
}

} // namespace insitecache::test
