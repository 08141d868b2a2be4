// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redissocket.h"

#include <QLocalSocket>
#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpSocket>

namespace insitecache {

namespace {

std::string redisSocketCause(QAbstractSocket::SocketError error, const QString &text)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError: return "connection refused";
    case QAbstractSocket::RemoteHostClosedError: return "it closed the connection";
    case QAbstractSocket::HostNotFoundError: return "no such host";
    case QAbstractSocket::SocketTimeoutError: return "timed out";
    case QAbstractSocket::NetworkError: return "network failure: " + text.toStdString();
    default: return text.toStdString();
    }
}

std::string redisSocketCause(QLocalSocket::LocalSocketError error, const QString &text)
{
    switch (error) {
    case QLocalSocket::ConnectionRefusedError: return "connection refused";
    case QLocalSocket::ServerNotFoundError: return "no such socket";
    case QLocalSocket::PeerClosedError: return "it closed the connection";
    case QLocalSocket::SocketAccessError: return "you may not use that socket";
    default: return text.toStdString();
    }
}

/// What the three kinds have in common; `Socket` is QLocalSocket, QTcpSocket or QSslSocket.
template <class Socket>
class RedisSocketOf : public RedisSocket {
public:
    RedisSocketOf(RedisUrl url, Handlers handlers) : m_url(std::move(url)), m_handlers(std::move(handlers))
    {
        Socket *socket = m_socket.get();
        QObject::connect(socket, &QIODevice::readyRead, socket, [this] { readable(); });
        QObject::connect(socket, &Socket::errorOccurred, socket,
            [this](auto error) { failed(redisSocketCause(error, m_socket->errorString())); });
    }
    ~RedisSocketOf() override { RedisSocketOf::abort(); }

    QIODevice &device() override { return *m_socket; }
    void flush() override { m_socket->flush(); }

    // It may be one of the socket's own signals that led here, so the socket itself goes only with the next turn.
    void abort() override
    {
        if (!m_socket)
            return;
        m_socket->disconnect();
        m_socket->abort();
        m_socket.release()->deleteLater();
    }

protected:
    virtual RedisFailure failureFor(const std::string &cause)
    {
        return m_opened ? redisDropped(m_url.place(), cause) : redisDown(m_url.place(), cause);
    }
    void opened()
    {
        const auto keep = shared_from_this();
        m_opened = true;
        m_handlers.onOpened();
    }
    void readable()
    {
        const auto keep = shared_from_this();
        m_handlers.onReadable();
    }
    // What came before the end still counts: it may tell why.
    void failed(const std::string &cause)
    {
        const auto keep = shared_from_this();
        if (m_socket->bytesAvailable() > 0)
            m_handlers.onReadable();
        if (m_socket)
            m_handlers.onFailed(failureFor(cause));
    }

    RedisUrl m_url;
    Handlers m_handlers;
    std::unique_ptr<Socket> m_socket = std::make_unique<Socket>();
    bool m_opened = false;
};

class UnixRedisSocket final : public RedisSocketOf<QLocalSocket> {
public:
    UnixRedisSocket(RedisUrl url, Handlers handlers) : RedisSocketOf(std::move(url), std::move(handlers)) {}
    void open() override
    {
        QObject::connect(m_socket.get(), &QLocalSocket::connected, m_socket.get(), [this] { opened(); });
        m_socket->connectToServer(QString::fromStdString(m_url.path));
    }
};

void prepareRedisTcp(QAbstractSocket &socket)
{
    socket.setProxy(QNetworkProxy::NoProxy);
    socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket.setSocketOption(QAbstractSocket::KeepAliveOption, 1);
}

class TcpRedisSocket final : public RedisSocketOf<QTcpSocket> {
public:
    TcpRedisSocket(RedisUrl url, Handlers handlers) : RedisSocketOf(std::move(url), std::move(handlers)) {}
    void open() override
    {
        QObject::connect(m_socket.get(), &QTcpSocket::connected, m_socket.get(), [this] { opened(); });
        prepareRedisTcp(*m_socket);
        m_socket->connectToHost(QString::fromStdString(m_url.host), m_url.port);
    }
};

class TlsRedisSocket final : public RedisSocketOf<QSslSocket> {
public:
    TlsRedisSocket(RedisUrl url, std::string caFile, Handlers handlers) :
        RedisSocketOf(std::move(url), std::move(handlers)), m_caFile(std::move(caFile))
    {}
    void open() override
    {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setProtocol(QSsl::TlsV1_2OrLater);
        tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
        if (!m_caFile.empty())
            tls.addCaCertificates(QString::fromStdString(m_caFile));
        m_socket->setSslConfiguration(tls);
        QObject::connect(m_socket.get(), &QSslSocket::encrypted, m_socket.get(), [this] { opened(); });
        QObject::connect(m_socket.get(), &QSslSocket::sslErrors, m_socket.get(), [this](const QList<QSslError> &why) {
            m_untrusted = why.isEmpty() ? std::string("unknown") : why.first().errorString().toStdString();
        });
        prepareRedisTcp(*m_socket);
        m_socket->connectToHostEncrypted(QString::fromStdString(m_url.host), m_url.port);
    }

private:
    RedisFailure failureFor(const std::string &cause) override
    {
        return m_untrusted.empty() ? RedisSocketOf::failureFor(cause) : redisUntrusted(m_url.place(), m_untrusted);
    }

    std::string m_caFile;
    std::string m_untrusted;
};

} // namespace

std::shared_ptr<RedisSocket> RedisSocket::make(const RedisUrl &url, const std::string &caFile, Handlers handlers)
{
    switch (url.transport) {
    case RedisUrl::Transport::Unix: return std::make_shared<UnixRedisSocket>(url, std::move(handlers));
    case RedisUrl::Transport::Tls: return std::make_shared<TlsRedisSocket>(url, caFile, std::move(handlers));
    case RedisUrl::Transport::Tcp: break;
    }
    return std::make_shared<TcpRedisSocket>(url, std::move(handlers));
}

} // namespace insitecache
