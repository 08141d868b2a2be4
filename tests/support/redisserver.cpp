// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/redisserver.h"

#include <csignal>

#include <QFile>
#include <QStandardPaths>
#include <QTcpServer>

#include <sys/prctl.h>

namespace insitecache::test {

namespace {

constexpr int serverPatienceMs = 20'000;

quint16 freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return probe.serverPort();
}

bool runTool(const QString &program, const QStringList &arguments, const QString &directory)
{
    QProcess process;
    process.setWorkingDirectory(directory);
    process.start(program, arguments);
    return process.waitForFinished(serverPatienceMs) && process.exitCode() == 0;
}

} // namespace

bool RedisServer::launch(const QStringList &options)
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("redis-server"));
    if (program.isEmpty() || (m_where == On::Tls && !makeCertificates()))
        return false;
    const QStringList fixed{QStringLiteral("--save"), QString(), QStringLiteral("--appendonly"), QStringLiteral("no"),
        QStringLiteral("--dir"), m_dir.path()};
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.start(program, whereOptions() + fixed + options);
    return m_process.waitForStarted(serverPatienceMs);
}

bool RedisServer::start(const QStringList &options)
{
    if (!launch(options))
        return false;
    QByteArray log;
    while (!log.contains("eady to accept connections")) {
        if (!m_process.waitForReadyRead(serverPatienceMs)) {
            qWarning("redis-server: %s", log.constData());
            return false;
        }
        log += m_process.readAll();
    }
    return true;
}

QStringList RedisServer::whereOptions()
{
    if (m_where != On::Socket && m_port == 0)
        m_port = freePort();
    const QString port = QString::number(m_port);
    if (m_where == On::Socket) {
        m_cliOptions = {QStringLiteral("-s"), filePath(QStringLiteral("r.sock"))};
        return {QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--unixsocket"),
            filePath(QStringLiteral("r.sock"))};
    }
    m_cliOptions = {QStringLiteral("-p"), port};
    if (m_where == On::Port)
        return {QStringLiteral("--bind"), QStringLiteral("127.0.0.1"), QStringLiteral("--port"), port};
    m_cliOptions << QStringLiteral("--tls") << QStringLiteral("--cacert") << caFile();
    return {QStringLiteral("--bind"), QStringLiteral("127.0.0.1"), QStringLiteral("--port"), QStringLiteral("0"),
        QStringLiteral("--tls-port"), port, QStringLiteral("--tls-auth-clients"), QStringLiteral("no"),
        QStringLiteral("--tls-cert-file"), filePath(QStringLiteral("server.crt")), QStringLiteral("--tls-key-file"),
        filePath(QStringLiteral("server.key")), QStringLiteral("--tls-ca-cert-file"), caFile()};
}

// An authority of our own that signs a certificate for 127.0.0.1.
bool RedisServer::makeCertificates()
{
    const QString openssl = QStringLiteral("openssl");
    QFile extensions(filePath(QStringLiteral("san.cnf")));
    if (!extensions.open(QIODevice::WriteOnly))
        return false;
    extensions.write("subjectAltName=IP:127.0.0.1\n");
    extensions.close();
    const auto words = [](const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); };
    return runTool(openssl,
               words("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=TestAuthority"
                     " -keyout ca.key -out ca.crt"),
               m_dir.path())
        && runTool(openssl,
            words("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=127.0.0.1 -keyout server.key"
                  " -out server.csr"),
            m_dir.path())
        && runTool(openssl,
            words("x509 -req -days 2 -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -extfile san.cnf"
                  " -out server.crt"),
            m_dir.path());
}

void RedisServer::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(serverPatienceMs);
}

void RedisServer::pause()
{
    ::kill(static_cast<pid_t>(m_process.processId()), SIGSTOP);
}

void RedisServer::resume()
{
    ::kill(static_cast<pid_t>(m_process.processId()), SIGCONT);
}

QString RedisServer::url() const
{
    switch (m_where) {
    case On::Socket: return QStringLiteral("unix:") + filePath(QStringLiteral("r.sock"));
    case On::Tls: return QStringLiteral("rediss://127.0.0.1:%1").arg(m_port);
    case On::Port: break;
    }
    return QStringLiteral("redis://127.0.0.1:%1").arg(m_port);
}

QByteArray RedisServer::cli(const QStringList &command, const QByteArray &input)
{
    QProcess process;
    const QStringList fromInput = input.isNull() ? QStringList() : QStringList{QStringLiteral("-x")};
    process.start(QStringLiteral("redis-cli"), m_cliOptions + fromInput + command);
    if (!input.isNull())
        process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(serverPatienceMs);
    QByteArray said = process.readAllStandardOutput();
    if (said.endsWith('\n'))
        said.chop(1);
    return said;
}

QString RedisServer::named(const QString &name)
{
    return QStringLiteral("ic:%1:%2").arg(QString::fromLatin1(info("run_id").left(8)), name);
}

QByteArray RedisServer::info(const QByteArray &field)
{
    for (const QByteArray &line : cli({QStringLiteral("INFO"), QStringLiteral("all")}).split('\n')) {
        if (line.startsWith(field + ':'))
            return line.mid(field.size() + 1).trimmed();
    }
    return {};
}

} // namespace insitecache::test
