// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QObject>
#include <QThread>

#include "support/tcpproxy.h"

namespace insitecache::test {

/// A TcpProxy on a thread of its own, for tests that wait for an engine meanwhile.
class ProxyThread {
public:
    explicit ProxyThread(quint16 serverPort)
    {
        m_thread.start();
        m_worker.moveToThread(&m_thread);
        run([&] { m_proxy = std::make_unique<TcpProxy>(serverPort); });
        run([&] { m_url = QStringLiteral("redis://127.0.0.1:%1").arg(m_proxy->port()); });
    }
    ~ProxyThread()
    {
        run([this] { m_proxy.reset(); });
        m_thread.quit();
        m_thread.wait();
    }

    const QString &url() const { return m_url; }
    /// Runs `work` where the proxy lives, and waits for it.
    void with(const std::function<void(TcpProxy &)> &work)
    {
        run([&] { work(*m_proxy); });
    }

private:
    void run(const std::function<void()> &work)
    {
        QMetaObject::invokeMethod(&m_worker, work, Qt::BlockingQueuedConnection);
    }

    QThread m_thread;
    QObject m_worker;
    std::unique_ptr<TcpProxy> m_proxy;
    QString m_url;
};

} // namespace insitecache::test
