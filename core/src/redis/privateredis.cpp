// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/tiers/privateredis.h>

#include <atomic>
#include <chrono>
#include <memory>

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <hiredis/hiredis.h>
#include <sys/un.h>
#include <unistd.h>

#include "redis/childprocess.h"

namespace insitecache {

namespace {

constexpr auto timeToStart = std::chrono::seconds(3);
constexpr auto betweenTries = std::chrono::milliseconds(10);
constexpr timeval timeToAnswer{0, 200'000};
const QString privateSocketNames = QStringLiteral("redis-*.sock");

struct FreeRedisContext {
    void operator()(redisContext *context) const { redisFree(context); }
};
using RedisContextPtr = std::unique_ptr<redisContext, FreeRedisContext>;

RedisContextPtr connectSocket(const std::string &path)
{
    RedisContextPtr context(redisConnectUnixWithTimeout(path.c_str(), timeToAnswer));
    return context && context->err == 0 ? std::move(context) : nullptr;
}

bool answersPing(const std::string &path)
{
    const RedisContextPtr context = connectSocket(path);
    if (!context)
        return false;
    redisSetTimeout(context.get(), timeToAnswer);
    auto *reply = static_cast<redisReply *>(redisCommand(context.get(), "PING"));
    const bool pong = reply && reply->type == REDIS_REPLY_STATUS;
    freeReplyObject(reply);
    return pong;
}

QString logNameOf(const QString &socketPath)
{
    return socketPath.chopped(5) + QStringLiteral(".log");
}

// A process that was killed leaves its socket behind; the kernel knows that nobody listens there any more.
void removeDeadSockets(const QDir &directory)
{
    for (const QString &name : directory.entryList({privateSocketNames}, QDir::System | QDir::Files | QDir::Hidden)) {
        const QString path = directory.filePath(name);
        if (connectSocket(path.toStdString()))
            continue;
        QFile::remove(path);
        QFile::remove(logNameOf(path));
    }
}

QString newSocketPath(const QDir &directory)
{
    static std::atomic<int> next{1};
    return directory.filePath(QStringLiteral("redis-%1-%2.sock").arg(getpid()).arg(next++));
}

std::string lastLineOf(const QString &logName)
{
    QFile log(logName);
    if (!log.open(QIODevice::ReadOnly))
        return "it wrote no log";
    const QList<QByteArray> lines = log.readAll().trimmed().split('\n');
    return lines.last().simplified().left(200).toStdString();
}

std::vector<std::string> redisWords(
    const QString &program, const QDir &directory, const QString &socket, unsigned long long maxMemoryBytes)
{
    std::vector<std::string> words{program.toStdString(), "--port", "0", "--unixsocket", socket.toStdString(),
        "--unixsocketperm", "700", "--save", "", "--appendonly", "no", "--daemonize", "no", "--databases", "1", "--dir",
        directory.absolutePath().toStdString(), "--logfile", logNameOf(socket).toStdString()};
    if (maxMemoryBytes > 0)
        for (const std::string &word : {std::string("--maxmemory"), std::to_string(maxMemoryBytes),
                 std::string("--maxmemory-policy"), std::string("volatile-lru")})
            words.push_back(word);
    return words;
}

class RunningRedis final : public PrivateRedis {
public:
    RunningRedis(std::vector<std::string> words, QString socket) :
        m_socket(std::move(socket)), m_process(std::make_unique<ChildProcess>(std::move(words)))
    {}
    ~RunningRedis() override
    {
        m_process.reset();
        QFile::remove(m_socket);
        QFile::remove(logNameOf(m_socket));
    }

    std::string url() const override { return "unix:" + m_socket.toStdString(); }
    int processId() const override { return m_process->pid(); }

    Status waitUntilUp() const
    {
        const auto giveUp = std::chrono::steady_clock::now() + timeToStart;
        while (m_process->hasStarted() && !m_process->endsWithin(betweenTries)) {
            if (answersPing(m_socket.toStdString()))
                return {};
            if (std::chrono::steady_clock::now() > giveUp)
                return failed("does not answer");
        }
        return failed("ended at once");
    }

private:
    Status failed(const char *how) const
    {
        return fail(ErrorCode::Unavailable,
            std::string("the private redis-server ") + how + ": " + lastLineOf(logNameOf(m_socket)),
            "the cache goes on without L2; name a running server with --redis");
    }

    QString m_socket;
    std::unique_ptr<ChildProcess> m_process;
};

} // namespace

Result<std::unique_ptr<PrivateRedis>> PrivateRedis::start(
    const std::string &directory, unsigned long long maxMemoryBytes)
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("redis-server"));
    if (program.isEmpty())
        return fail(ErrorCode::Unconfigured, "redis-server is not installed, so there is no L2",
            "install the package redis-server, or name a running server with --redis");
    const QDir dir(QString::fromStdString(directory));
    removeDeadSockets(dir);
    const QString socket = newSocketPath(dir);
    if (QFile::encodeName(socket).size() >= static_cast<qsizetype>(sizeof(sockaddr_un::sun_path)))
        return fail(ErrorCode::InvalidArgument, "the path of the Redis socket is too long: " + socket.toStdString(),
            "name a shorter directory");
    auto redis = std::make_unique<RunningRedis>(redisWords(program, dir, socket, maxMemoryBytes), socket);
    if (Status up = redis->waitUntilUp(); !up)
        return tl::unexpected(up.error());
    return redis;
}

} // namespace insitecache
