// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <QDeadlineTimer>
#include <QTimer>

#include <insitecache/base/clock.h>
#include <insitecache/base/random.h>

#include "redis/redisbatch.h"
#include "redis/redisreply.h"
#include "redis/redissocket.h"

namespace insitecache {

struct RedisConnectionOptions {
    RedisUrl url;
    std::string passwordFile; ///< read anew at each connect, so a changed password is found
    std::string caFile;
    std::string clientName = "insitecache";
    Millis connectTimeout{500}; ///< until the socket is open, TLS included
    Millis commandTimeout{250}; ///< for one batch, from its sending or the end of the batch before it
    std::size_t maxReplyBytes = (16u << 20) + (1u << 20);
    Millis firstRetry{100}, lastRetry{1'000}; ///< doubling between them, with jitter
    Millis attentionRetry{30'000};            ///< after a refusal that only a person can end
};

/// What is said first on a connection: AUTH and SELECT where they are needed, then CLIENT SETNAME, PING and INFO
/// server. Errors: Io (the password file).
Result<RedisBatch> redisGreeting(const RedisConnectionOptions &options);
inline constexpr std::size_t greetingEnd = 3; ///< the last three of them, which are always there

/// One connection to one Redis that comes back by itself. A batch leaves at once when none is under way; those that
/// come after it in one turn of the event loop leave as one pipeline. Replies are matched in order.
///
/// A batch that is not answered in time ends the connection, so a late reply can never answer the wrong question.
/// Only an answered handshake (AUTH, SELECT, PING) counts as reached: a stopped server still accepts connections.
/// While the first connect is under way, or the one right after a healthy connection broke, batches wait for it
/// within their own deadline; at any other time without a connection they fail at once.
///
/// Cache thread only, with an event loop. Callbacks run exactly once, possibly before send() returns. It must not be
/// destroyed from a callback; close() may be called from one.
class RedisConnection {
public:
    /// One result for each command of the batch, in order.
    using Done = std::function<void(std::vector<RedisResult>)>;

    RedisConnection(RedisConnectionOptions options, const Clock &clock, Random &random);
    ~RedisConnection();

    /// Called after each successful handshake, before anything that waited for it is sent.
    std::function<void()> onReady;
    /// Called when a connection broke or could not be made.
    std::function<void(const RedisFailure &)> onDown;

    /// Also ends the wait for the next try: somebody knows that the server is there.
    void open();
    void send(const RedisBatch &batch, Done done);
    /// Everything pending, and everything later, gets RedisFault::Closed. What was accepted while ready is still
    /// handed to the kernel, which may take 100 ms.
    void close();

    bool isReady() const { return m_state == State::Ready; }
    bool isClosed() const { return m_state == State::Closed; }
    /// A connect is under way that batches would wait for; onReady or onDown follows.
    bool isHolding() const { return m_holds && m_state != State::Ready && m_state != State::Closed; }
    const std::string &server() const { return m_server; }
    /// Names the run of the server that was reached last; another one after each restart; empty when this user may not
    /// ask. What waited for a connect
    /// that reached another run gets Dropped, because its key names are those of the old one.
    const std::string &runId() const { return m_runId; }
    const RedisConnectionOptions &options() const { return m_options; }

private:
    enum class State { Idle, Connecting, Handshaking, Ready, Waiting, Closed };
    struct Pending {
        std::size_t wanted = 0;
        std::vector<RedisResult> results;
        Done done;
        std::string commands;
        bool handshake = false;
    };
    struct Held {
        RedisBatch batch;
        Done done;
        QDeadlineTimer deadline;
    };

    void sendLast();
    void connectNow();
    void startHandshake();
    void handshakeAnswered(const std::vector<RedisResult> &results);
    void becomeReady(std::string runId);
    void queue(const RedisBatch &batch, Done done, bool handshake);
    void flushSoon();
    void flush();
    void readReplies();
    bool takeReplies();
    bool takeReply(RedisReply reply);
    RedisResult resultOf(RedisReply reply);
    void lose(RedisFailure failure);
    void retryLater(const RedisFailure &failure);
    void answerAll(const RedisFailure &failure, bool heldToo);
    void checkDeadlines();
    void restartDeadline();
    void armDeadline();
    void rememberRefusal(const Pending &answered);
    const RedisFailure *refusalOf(const RedisBatch &batch) const;

    RedisConnectionOptions m_options;
    const Clock &m_clock;
    Random &m_random;
    std::string m_server, m_runId;
    State m_state = State::Idle;
    bool m_holds = true; ///< batches wait for the connect that is under way
    int m_attempts = 0;  ///< connects since the last answered command
    RedisFailure m_failure;
    std::shared_ptr<RedisSocket> m_socket;
    std::unique_ptr<RedisReplyReader> m_reader;
    std::vector<char> m_readBuffer;
    QByteArray m_output;
    std::deque<Pending> m_pending;
    QDeadlineTimer m_deadline{QDeadlineTimer::Forever}; ///< of the first of them
    QDeadlineTimer m_timerDue{QDeadlineTimer::Forever}; ///< when m_deadlineTimer looks
    std::deque<Held> m_held;
    struct Refusal {
        SteadyTime until;
        RedisFailure failure;
    };
    std::map<std::string, Refusal, std::less<>> m_refusals; ///< by RedisBatch::commands(), after NOPERM
    QTimer m_flushTimer, m_retryTimer, m_connectTimer, m_deadlineTimer;
};

} // namespace insitecache
