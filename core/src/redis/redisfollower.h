// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QTimer>

#include <insitecache/base/selector.h>

#include "redis/redisconnection.h"
#include "redis/rediskeyspace.h"
#include "redis/redisremover.h"
#include "redis/streamposition.h"

namespace insitecache {

/// Follows the log of invalidations on the server: a stream read with a cursor on a connection of its own, so that an
/// interrupted connection goes on where it was. Pub/sub would forget what was said meanwhile, and a slow subscriber is
/// cut off without the sender learning of it.
///
/// Where the log itself may have lost entries (another run of the server, a stream that is gone, trimmed past the
/// cursor or older than it), onGap says that anything may have been invalidated. Whether that is so is looked at after
/// every connect and after five seconds of silence.
///
/// Who invalidates tells its own L3 as well. So that an L3 of our own is not given up wherever a server restarts, each
/// process leaves the identity of its L3 in a set on the server: while nobody with another one was ever met, in this
/// run of the server or in the one before, L3 knows everything. It does not when somebody new came and went in a run
/// that this process never saw.
/// Cache thread only. The keyspace must outlive it.
class RedisFollower {
public:
    RedisFollower(RedisConnectionOptions options, const RedisKeyspace &keyspace, RedisVoice self, const Clock &clock,
        Random &random);

    /// What another process invalidated, and whether it has told the L3 that this process uses too.
    std::function<void(const std::string &origin, const Selector &which, bool inOurDatabase)> onHeard;
    /// `inOurDatabase`: our L3 was told whatever it was.
    std::function<void(bool inOurDatabase)> onGap;
    /// After each connect: it follows, or it cannot for now.
    std::function<void()> onSettled;

    /// Where an earlier process with the same L3 was. Before follow().
    void goOnFrom(const FollowedStream &start);
    /// Everything before has been told; nothing while the log is not followed.
    std::optional<FollowedStream> followed() const;
    /// The epoch of the keyspace is known: start, or start over.
    void follow();
    void close();
    /// Runs `done` when everything up to `position` has been heard, or, with false, after `limit`.
    void whenReached(StreamPosition position, Millis limit, std::function<void(bool reached)> done);

private:
    struct Waiting {
        StreamPosition position;
        QDeadlineTimer deadline;
        std::function<void(bool)> done;
    };
    void begin();
    void lookForGap();
    void gapLooked(const RedisResult &info, bool others);
    void readOn();
    void heard(const RedisReply &reply);
    void hear(const RedisReplyView &entry);
    void moveTo(StreamPosition position);
    bool hasReached(StreamPosition position) const { return m_known && m_cursor >= position; }
    void releaseReached();

    const RedisKeyspace &m_keyspace;
    RedisVoice m_self;
    RedisConnection m_connection;
    std::string m_stream; ///< that the cursor belongs to
    StreamPosition m_cursor;
    FollowedStream m_start;
    bool m_known = false;  ///< the cursor is of this stream
    bool m_others = false; ///< met, in this run of the server or the one before
    bool m_wanted = false;
    bool m_reading = false; ///< one question after the other is asked on this connection
    std::vector<Waiting> m_waiting;
    QTimer m_waitTimer;
};

} // namespace insitecache
