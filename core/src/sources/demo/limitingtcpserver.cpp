// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo/limitingtcpserver.h"

#include <memory>

#include <QTcpSocket>
#include <QTimer>

namespace insitecache {

namespace {
constexpr Millis refusalPatience{2'000};
} // namespace

LimitingTcpServer::LimitingTcpServer(ServerLimits limits, QObject *parent) : QTcpServer(parent), m_limits(limits) {}

void LimitingTcpServer::incomingConnection(qintptr descriptor)
{
    auto *socket = new QTcpSocket(this);
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket;
        return;
    }
    if (m_open >= m_limits.connections)
        return refuse(socket);
    guard(socket);
    addPendingConnection(socket);
}

void LimitingTcpServer::guard(QTcpSocket *socket)
{
    ++m_open;
    connect(socket, &QObject::destroyed, this, [this] { --m_open; });
    auto *idle = new QTimer(socket);
    idle->setSingleShot(true);
    connect(idle, &QTimer::timeout, socket, &QTcpSocket::abort);
    idle->start(m_limits.idle);
    // Connected before QHttpServer's own slot, so what arrived is still there to be counted.
    const auto received = std::make_shared<qint64>(0);
    connect(socket, &QTcpSocket::readyRead, socket, [this, socket, received] {
        *received += socket->bytesAvailable();
        if (*received >= m_limits.requestBytes)
            QMetaObject::invokeMethod(socket, &QTcpSocket::abort, Qt::QueuedConnection);
    });
    connect(socket, &QTcpSocket::bytesWritten, idle, [idle, received] {
        *received = 0;
        idle->start();
    });
    // QHttpServer keeps an unfinished request in this buffer: once it is full, no readyRead would come any more.
    socket->setReadBufferSize(m_limits.requestBytes);
}

void LimitingTcpServer::refuse(QTcpSocket *socket)
{
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    QTimer::singleShot(refusalPatience, socket, &QObject::deleteLater);
    socket->write("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    socket->disconnectFromHost();
}

} // namespace insitecache
