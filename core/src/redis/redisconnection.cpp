// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redisconnection.h"

#include <algorithm>

#include <QFile>

#include "redis/redisinfo.h"

namespace insitecache {

namespace {

// hiredis moves the unread rest of its buffer after each reply: what is fed at once must stay small.
constexpr std::size_t redisReadChunk = 8u << 10;
constexpr int farewellMs = 100;

std::vector<RedisResult> allRedisFailed(std::size_t count, const RedisFailure &failure)
{
    std::vector<RedisResult> results;
    results.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        results.emplace_back(tl::unexpect, failure);
    return results;
}

/// The first line of the file: a newline at the end is the editor's, not the password's.
Result<std::string> readRedisPassword(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, "the Redis password file " + path + " cannot be read",
            "check that it exists and that you may read it");
    QByteArray line = file.readLine(4096);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return line.toStdString();
}

int redisTimerMs(const QDeadlineTimer &deadline)
{
    return static_cast<int>(std::clamp<qint64>(deadline.remainingTime(), 0, 1 << 30));
}

} // namespace

// In one pipeline: nobody has to wait for four round trips. Naming the client is a courtesy that may be refused.
Result<RedisBatch> redisGreeting(const RedisConnectionOptions &options)
{
    RedisBatch batch;
    if (!options.passwordFile.empty()) {
        const auto password = readRedisPassword(options.passwordFile);
        if (!password)
            return tl::unexpected(password.error());
        if (options.url.user.empty())
            batch.add({"AUTH", *password});
        else
            batch.add({"AUTH", options.url.user, *password});
    }
    if (options.url.database != 0)
        batch.add({"SELECT", std::to_string(options.url.database)});
    batch.add({"CLIENT", "SETNAME", options.clientName});
    batch.add({"PING"});
    batch.add({"INFO", "server"});
    return batch;
}

RedisConnection::RedisConnection(RedisConnectionOptions options, const Clock &clock, Random &random) :
    m_options(std::move(options)), m_clock(clock), m_random(random), m_server(m_options.url.place()),
    m_readBuffer(redisReadChunk)
{
    for (QTimer *timer : {&m_flushTimer, &m_retryTimer, &m_connectTimer, &m_deadlineTimer})
        timer->setSingleShot(true);
    m_deadlineTimer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_flushTimer, &QTimer::timeout, &m_flushTimer, [this] { flush(); });
    QObject::connect(&m_retryTimer, &QTimer::timeout, &m_retryTimer, [this] { connectNow(); });
    QObject::connect(&m_deadlineTimer, &QTimer::timeout, &m_deadlineTimer, [this] { checkDeadlines(); });
    QObject::connect(&m_connectTimer, &QTimer::timeout, &m_connectTimer, [this] {
        lose(redisDown(m_server, "no connection within " + std::to_string(m_options.connectTimeout.count()) + " ms"));
    });
}

RedisConnection::~RedisConnection()
{
    close();
}

void RedisConnection::open()
{
    const bool waits = m_state == State::Waiting && !needsAttention(m_failure.fault);
    if (m_state != State::Idle && !waits)
        return;
    m_retryTimer.stop();
    connectNow();
}

void RedisConnection::close()
{
    if (m_state == State::Closed)
        return;
    sendLast();
    m_state = State::Closed;
    m_failure = redisClosed(m_server);
    for (QTimer *timer : {&m_flushTimer, &m_retryTimer, &m_connectTimer, &m_deadlineTimer})
        timer->stop();
    if (m_socket)
        m_socket->abort();
    m_socket.reset();
    answerAll(m_failure, true);
}

// What was accepted shall still arrive, although nobody waits for the answers any more.
void RedisConnection::sendLast()
{
    if (m_state != State::Ready)
        return;
    flush();
    if (m_socket && m_socket->device().bytesToWrite() > 0)
        m_socket->device().waitForBytesWritten(farewellMs);
}

void RedisConnection::connectNow()
{
    m_state = State::Connecting;
    ++m_attempts;
    m_reader = std::make_unique<RedisReplyReader>(m_options.maxReplyBytes);
    m_connectTimer.start(m_options.connectTimeout);
    m_socket = RedisSocket::make(m_options.url, m_options.caFile,
        {[this] { startHandshake(); }, [this] { readReplies(); }, [this](RedisFailure failure) { lose(failure); }});
    const auto socket = m_socket;
    socket->open();
}

void RedisConnection::startHandshake()
{
    m_state = State::Handshaking;
    m_connectTimer.stop();
    const auto greeting = redisGreeting(m_options);
    if (!greeting)
        return lose({RedisFault::Unauthorized, greeting.error()});
    queue(
        *greeting, [this](const std::vector<RedisResult> &results) { handshakeAnswered(results); }, true);
    flush();
}

void RedisConnection::handshakeAnswered(const std::vector<RedisResult> &results)
{
    if (m_state != State::Handshaking)
        return;
    const std::size_t naming = results.size() - greetingEnd;
    for (std::size_t i = 0; i + 1 < results.size(); ++i) {
        if (i != naming && !results[i])
            return lose(results[i].error());
    }
    if (results[naming + 1]->text() != "PONG")
        return lose(redisGarbage(m_server, "it answers PING with something else"));
    // A user who may not ask for INFO is still connected; what cannot be done without the run is the caller's business.
    becomeReady(results.back() ? redisRunId(results.back()->text()) : std::string());
}

void RedisConnection::becomeReady(std::string runId)
{
    const bool otherRun = !m_runId.empty() && runId != m_runId;
    m_runId = std::move(runId);
    m_state = State::Ready;
    m_holds = false;
    m_refusals.clear();
    if (onReady)
        onReady();
    auto held = std::move(m_held);
    m_held.clear();
    for (Held &waiting : held) {
        if (otherRun)
            waiting.done(allRedisFailed(waiting.batch.size(), redisDropped(m_server, "it was restarted")));
        else
            queue(waiting.batch, std::move(waiting.done), false);
    }
}

void RedisConnection::send(const RedisBatch &batch, Done done)
{
    if (batch.isEmpty())
        return done({});
    if (m_state == State::Ready) {
        if (const RedisFailure *refusal = refusalOf(batch))
            return done(allRedisFailed(batch.size(), *refusal));
        queue(batch, std::move(done), false);
        // Who is alone need not wait for others to travel with.
        if (m_pending.size() == 1)
            flush();
        return;
    }
    if (m_holds && m_state != State::Closed) {
        m_held.push_back({batch, std::move(done), QDeadlineTimer(m_options.commandTimeout)});
        return armDeadline();
    }
    done(allRedisFailed(batch.size(), m_failure));
}

void RedisConnection::queue(const RedisBatch &batch, Done done, bool handshake)
{
    Pending pending;
    pending.wanted = batch.size();
    pending.results.reserve(batch.size());
    pending.done = std::move(done);
    pending.commands = batch.commands();
    pending.handshake = handshake;
    m_pending.push_back(std::move(pending));
    m_output.append(batch.bytes());
    if (m_pending.size() == 1)
        restartDeadline();
    flushSoon();
}

void RedisConnection::flushSoon()
{
    if (!m_flushTimer.isActive())
        m_flushTimer.start(0);
}

void RedisConnection::flush()
{
    if (!m_socket || m_output.isEmpty())
        return;
    const auto socket = m_socket;
    const QByteArray output = std::exchange(m_output, {});
    socket->device().write(output);
    if (socket == m_socket)
        socket->flush();
}

void RedisConnection::readReplies()
{
    const auto socket = m_socket;
    while (socket && socket == m_socket) {
        const qint64 length = socket->device().read(m_readBuffer.data(), static_cast<qint64>(m_readBuffer.size()));
        if (length <= 0)
            break;
        m_reader->feed({m_readBuffer.data(), static_cast<std::size_t>(length)});
        if (!takeReplies())
            return;
    }
}

/// False when the connection is gone.
bool RedisConnection::takeReplies()
{
    const auto socket = m_socket;
    while (true) {
        auto next = m_reader->next();
        if (!next) {
            const bool tooLarge = next.error() == RedisReplyReader::Broken::TooLarge;
            lose(tooLarge ? redisTooLarge(m_server) : redisGarbage(m_server, m_reader->errorText()));
            return false;
        }
        if (!*next)
            return true;
        if (!takeReply(std::move(**next)) || socket != m_socket)
            return false;
    }
}

bool RedisConnection::takeReply(RedisReply reply)
{
    if (m_pending.empty()) {
        lose(reply.isError() ? failureOfReply(reply.text(), m_server, m_options.url.user)
                             : redisGarbage(m_server, "it spoke without being asked"));
        return false;
    }
    Pending &front = m_pending.front();
    front.results.push_back(resultOf(std::move(reply)));
    const auto &latest = front.results.back();
    if (!latest && isOutage(latest.error().fault)) {
        lose(RedisFailure(latest.error()));
        return false;
    }
    if (front.results.size() < front.wanted)
        return true;
    Pending complete = std::move(front);
    m_pending.pop_front();
    restartDeadline();
    if (!complete.handshake)
        m_attempts = 0;
    rememberRefusal(complete);
    complete.done(std::move(complete.results));
    return true;
}

RedisResult RedisConnection::resultOf(RedisReply reply)
{
    if (!reply.isError())
        return reply;
    return tl::unexpected(failureOfReply(reply.text(), m_server, m_options.url.user));
}

// A batch that was answered in part keeps what it has; the rest gets the failure.
void RedisConnection::lose(RedisFailure failure)
{
    if (m_state == State::Closed)
        return;
    const bool mayComeBackAtOnce = m_state == State::Ready && m_attempts == 0 && failure.fault == RedisFault::Dropped;
    m_failure = failure;
    m_state = State::Waiting;
    m_holds = mayComeBackAtOnce;
    m_connectTimer.stop();
    m_deadlineTimer.stop();
    m_flushTimer.stop();
    m_output.clear();
    m_deadline = QDeadlineTimer(QDeadlineTimer::Forever);
    if (m_socket)
        m_socket->abort();
    m_socket.reset();
    retryLater(failure);
    if (onDown)
        onDown(failure);
    answerAll(failure, !mayComeBackAtOnce);
    armDeadline();
}

void RedisConnection::retryLater(const RedisFailure &failure)
{
    if (needsAttention(failure.fault)) {
        m_retryTimer.start(m_options.attentionRetry);
        return;
    }
    if (m_holds) {
        m_retryTimer.start(0);
        return;
    }
    const int doublings = std::clamp(m_attempts - 1, 0, 16);
    const Millis delay = std::min<Millis>(m_options.firstRetry * (1 << doublings), m_options.lastRetry);
    m_retryTimer.start(std::chrono::duration_cast<Millis>(delay * m_random.between(0.5, 1.0)));
}

void RedisConnection::answerAll(const RedisFailure &failure, bool heldToo)
{
    auto pending = std::move(m_pending);
    m_pending.clear();
    std::deque<Held> held;
    if (heldToo)
        held.swap(m_held);
    for (Pending &lost : pending) {
        if (lost.handshake)
            continue;
        while (lost.results.size() < lost.wanted)
            lost.results.emplace_back(tl::unexpect, failure);
        lost.done(std::move(lost.results));
    }
    for (Held &waiting : held)
        waiting.done(allRedisFailed(waiting.batch.size(), failure));
}

void RedisConnection::restartDeadline()
{
    m_deadline = m_pending.empty() ? QDeadlineTimer(QDeadlineTimer::Forever) : QDeadlineTimer(m_options.commandTimeout);
    armDeadline();
}

// The timer is left running when it is due sooner: it looks again, which is cheaper than starting it per batch.
void RedisConnection::armDeadline()
{
    QDeadlineTimer next = m_held.empty() ? QDeadlineTimer(QDeadlineTimer::Forever) : m_held.front().deadline;
    next = std::min(next, m_deadline);
    if (next.isForever() || (m_deadlineTimer.isActive() && m_timerDue <= next))
        return;
    m_timerDue = next;
    m_deadlineTimer.start(redisTimerMs(next));
}

void RedisConnection::checkDeadlines()
{
    const RedisFailure late = redisTimeout(m_server, m_options.commandTimeout.count());
    while (!m_held.empty() && m_held.front().deadline.hasExpired()) {
        Held waiting = std::move(m_held.front());
        m_held.pop_front();
        waiting.done(allRedisFailed(waiting.batch.size(), late));
    }
    if (m_deadline.hasExpired())
        return lose(late);
    armDeadline();
}

void RedisConnection::rememberRefusal(const Pending &answered)
{
    for (const RedisResult &result : answered.results) {
        if (!result && result.error().fault == RedisFault::NoPermission)
            m_refusals[answered.commands] = {m_clock.now() + m_options.attentionRetry, result.error()};
    }
}

const RedisFailure *RedisConnection::refusalOf(const RedisBatch &batch) const
{
    const auto found = m_refusals.find(batch.commands());
    return found != m_refusals.end() && m_clock.now() < found->second.until ? &found->second.failure : nullptr;
}

} // namespace insitecache
