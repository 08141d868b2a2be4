// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <QByteArray>
#include <QTcpServer>

class QTcpSocket;

namespace insitecache::test {

/// A bad network between a client and a TCP server on this machine. What is set holds for the bytes that pass from
/// then on. Lives on the thread of the test, whose event loop moves the bytes.
class TcpProxy {
public:
    explicit TcpProxy(quint16 serverPort);
    ~TcpProxy();

    quint16 port() const { return m_server.serverPort(); }
    /// Clients that connect from now on reach another server.
    void setServer(quint16 port) { m_serverPort = port; }
    /// How many clients have connected so far.
    int connections() const { return m_connections; }

    /// Answers wait here, in order, until release(): a latency of any length without a timer.
    void hold() { m_holding = true; }
    /// The same for one connection only, the first being 0.
    void hold(int connection);
    void release();
    int heldBytes() const;
    /// Nothing passes in either direction, and nobody is told.
    void setBlackHole(bool on) { m_blackHole = on; }
    /// Answers arrive in pieces of so many bytes, each with a turn of its own; 0: as they come.
    void setSlice(int bytes) { m_slice = bytes; }
    /// After so many more bytes of answers all connections are closed, once; -1: never.
    void closeAfter(qint64 bytes) { m_closeAfter = bytes; }
    /// The answer byte so many bytes from now has one bit flipped, once; -1: none.
    void corruptAt(qint64 offset) { m_corruptAt = offset; }
    /// Ends all connections with a RST.
    void resetAll();

private:
    struct Link;
    void accept();
    void toServer(Link &link);
    void fromServer(Link &link);
    void deliver(Link &link);
    void damage(QByteArray &bytes);
    void closeAll();

    quint16 m_serverPort;
    QTcpServer m_server;
    std::vector<std::unique_ptr<Link>> m_links;
    int m_connections = 0;
    bool m_holding = false, m_blackHole = false;
    int m_slice = 0;
    qint64 m_closeAfter = -1, m_corruptAt = -1;
};

} // namespace insitecache::test
