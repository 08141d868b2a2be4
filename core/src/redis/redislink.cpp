// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redislink.h"

#include <cerrno>
#include <charconv>

#include <sys/socket.h>

#include <hiredis/hiredis.h>

namespace insitecache {

namespace {

constexpr std::size_t linkChunk = 16u << 10;
constexpr std::size_t keptInput = 1u << 20; ///< of a buffer that grew, for the next question
constexpr std::string_view lineEnd = "\r\n";

timeval linkTimeout(Millis limit)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limit);
    return {seconds.count(), std::chrono::microseconds(limit - seconds).count()};
}

} // namespace

void RedisLink::Free::operator()(redisContext *context) const
{
    redisFree(context);
}

RedisLink::RedisLink(redisContext *owned, Millis limit, std::size_t maxReplyBytes) :
    m_context(owned), m_limit(limit), m_maxReplyBytes(maxReplyBytes)
{}

std::unique_ptr<RedisLink> RedisLink::connect(const RedisUrl &url, Millis limit, std::size_t maxReplyBytes)
{
    const timeval timeout = linkTimeout(limit);
    redisContext *context = url.transport == RedisUrl::Transport::Unix
        ? redisConnectUnixWithTimeout(url.path.c_str(), timeout)
        : redisConnectWithTimeout(url.host.c_str(), url.port, timeout);
    if (!context)
        return nullptr;
    std::unique_ptr<RedisLink> link(new RedisLink(context, limit, maxReplyBytes));
    const bool usable = context->err == 0 && redisSetTimeout(context, timeout) == REDIS_OK;
    return usable ? std::move(link) : nullptr;
}

bool RedisLink::ask(const RedisBatch &commands, std::span<Reply> replies)
{
    m_filled = m_read = 0;
    if (m_input.size() > keptInput)
        m_input = {};
    m_places.resize(replies.size());
    const auto patience = std::chrono::steady_clock::now() + m_limit;
    const QByteArray &bytes = commands.bytes();
    if (!send({bytes.data(), static_cast<std::size_t>(bytes.size())}) || !receive())
        return false;
    for (std::size_t i = 0; i < replies.size();) {
        switch (parse(replies[i], m_places[i])) {
        case Parsed::Reply: ++i; break;
        case Parsed::Broken: return false;
        case Parsed::Incomplete:
            if (std::chrono::steady_clock::now() > patience || !receive())
                return false;
        }
    }
    for (std::size_t i = 0; i < replies.size(); ++i)
        replies[i].text = {m_input.data() + m_places[i].start, m_places[i].length};
    return m_read == m_filled;
}

bool RedisLink::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto sent = ::send(m_context->fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool RedisLink::receive()
{
    if (m_input.size() - m_filled < linkChunk)
        m_input.resize(m_input.size() * 2 + linkChunk);
    ssize_t received = 0;
    do {
        received = ::recv(m_context->fd, m_input.data() + m_filled, m_input.size() - m_filled, 0);
    } while (received < 0 && errno == EINTR);
    if (received <= 0)
        return false;
    m_filled += static_cast<std::size_t>(received);
    return true;
}

RedisLink::Parsed RedisLink::parse(Reply &reply, Place &place)
{
    const std::string_view rest(m_input.data() + m_read, m_filled - m_read);
    const std::size_t end = rest.find(lineEnd);
    if (end == std::string_view::npos || end == 0)
        return end == 0 || rest.size() > linkChunk ? Parsed::Broken : Parsed::Incomplete;
    const std::string_view line = rest.substr(1, end - 1);
    const std::size_t next = end + lineEnd.size();
    place = {m_read + 1, line.size()};
    if (rest[0] == '+' || rest[0] == '-') {
        reply.kind = rest[0] == '+' ? Reply::Kind::Text : Reply::Kind::Error;
        m_read += next;
        return Parsed::Reply;
    }
    const auto number = std::from_chars(line.data(), line.data() + line.size(), reply.number);
    if ((rest[0] != ':' && rest[0] != '$') || number.ec != std::errc() || number.ptr != line.data() + line.size())
        return Parsed::Broken;
    place = {m_read + next, 0};
    reply.kind = rest[0] == ':' ? Reply::Kind::Number : reply.number == -1 ? Reply::Kind::Nil : Reply::Kind::Text;
    if (reply.kind != Reply::Kind::Text) {
        m_read += next;
        return Parsed::Reply;
    }
    if (reply.number < 0 || static_cast<std::size_t>(reply.number) > m_maxReplyBytes)
        return Parsed::Broken;
    place.length = static_cast<std::size_t>(reply.number);
    if (rest.size() < next + place.length + lineEnd.size())
        return Parsed::Incomplete;
    if (rest.substr(next + place.length, lineEnd.size()) != lineEnd)
        return Parsed::Broken;
    m_read += next + place.length + lineEnd.size();
    return Parsed::Reply;
}

} // namespace insitecache
