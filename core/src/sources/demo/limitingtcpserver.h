// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>

#include <insitecache/base/clock.h>

class QTcpSocket;

namespace insitecache {

struct ServerLimits {
    int connections = 256;
    Millis idle{60'000};             ///< from one answer, or the connection, to the next answer
    qint64 requestBytes = 64 * 1024; ///< received since the last answer
};

/// Gives QHttpServer what it lacks: bounds. It alone buffers endless lines, headers and bodies and keeps silent
/// connections for ever. A connection over the cap gets 503 and is closed; one that sends more than a request may
/// hold, or is not answered within the idle time, is aborted. Slow senders gain nothing, since only an answer starts
/// the time anew.
/// Lives on one thread.
class LimitingTcpServer : public QTcpServer {
    Q_OBJECT

public:
    explicit LimitingTcpServer(ServerLimits limits = {}, QObject *parent = nullptr);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void guard(QTcpSocket *socket);
    void refuse(QTcpSocket *socket);

    ServerLimits m_limits;
    int m_open = 0;
};

} // namespace insitecache
