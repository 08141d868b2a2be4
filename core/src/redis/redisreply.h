// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "redis/redisfault.h"

struct redisReader;
struct redisReply;

namespace insitecache {

/// A look into one reply; valid as long as the RedisReply it came from. Asking for what it is not gives nothing:
/// an empty text, 0, no elements.
class RedisReplyView {
public:
    bool isNil() const;
    bool isError() const;
    bool isText() const;           ///< a string or a status
    std::string_view text() const; ///< of a string, status or error
    long long integer() const;
    std::size_t size() const;
    RedisReplyView at(std::size_t index) const;

protected:
    explicit RedisReplyView(const redisReply *reply) : m_view(reply) {}
    const redisReply *m_view;
};

/// One reply, owned. Movable, not copyable.
class RedisReply final : public RedisReplyView {
public:
    explicit RedisReply(redisReply *owned) : RedisReplyView(owned), m_owned(owned) {}

private:
    struct Free {
        void operator()(redisReply *reply) const;
    };
    std::unique_ptr<redisReply, Free> m_owned;
};

using RedisResult = tl::expected<RedisReply, RedisFailure>;

/// hiredis' reader with bounds. The reader of hiredis 0.14 believes the announced length of an array and allocates it
/// at once (5 GB for the 12 bytes `*666606666\r\n`); here an array has at most 65,536 elements, and one reply at most
/// `maxReplyBytes`, complete or not.
class RedisReplyReader {
public:
    enum class Broken { Protocol, TooLarge };
    using Next = tl::expected<std::optional<RedisReply>, Broken>;

    explicit RedisReplyReader(std::size_t maxReplyBytes);

    void feed(std::string_view bytes);
    /// The next complete reply, nothing when more bytes are needed. After an error the reader is unusable.
    Next next();
    /// What was wrong, in hiredis' words.
    std::string errorText() const;

private:
    struct Free {
        void operator()(redisReader *reader) const;
    };
    std::unique_ptr<redisReader, Free> m_reader;
    std::size_t m_maxReplyBytes;
    std::size_t m_unfinishedBytes = 0; ///< fed since the last complete reply
};

} // namespace insitecache
