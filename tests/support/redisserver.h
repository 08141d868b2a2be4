// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace insitecache::test {

/// A real redis-server in a private directory: on a unix socket, a TCP port or TLS. It ends with this object, and with
/// the thread that started it.
class RedisServer {
public:
    enum class On { Socket, Port, Tls };

    explicit RedisServer(On where = On::Socket) : m_where(where) {}
    ~RedisServer() { kill(); }

    /// False when redis-server is not installed or does not come up. `options`: "--maxmemory", "1mb", …
    bool start(const QStringList &options = {});
    /// The same without waiting until it accepts connections.
    bool launch(const QStringList &options = {});
    /// kill -9, and waits until it is gone.
    void kill();
    /// kill -STOP and kill -CONT: the kernel still accepts connections for it.
    void pause();
    void resume();

    QString url() const;
    quint16 port() const { return m_port; }
    /// A path in the server's own directory.
    QString filePath(const QString &name) const { return m_dir.filePath(name); }
    /// The authority that signed the certificate of On::Tls.
    QString caFile() const { return filePath(QStringLiteral("ca.crt")); }

    /// What redis-cli says to one command; `input` becomes its last argument when not null.
    QByteArray cli(const QStringList &command, const QByteArray &input = {});
    /// "invalidations", ":v:stock:A": what a cache with the usual prefix calls it in this run of the server.
    QString named(const QString &name);
    /// The output of INFO as "field:value" lines, the value of one field.
    QByteArray info(const QByteArray &field);

private:
    QStringList whereOptions();
    bool makeCertificates();

    On m_where;
    QTemporaryDir m_dir;
    QProcess m_process;
    QStringList m_cliOptions;
    quint16 m_port = 0;
};

} // namespace insitecache::test
