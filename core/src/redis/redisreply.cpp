// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redisreply.h"

#include <new>

#include <hiredis/hiredis.h>

namespace insitecache {

namespace {

constexpr std::size_t maxArrayElements = 65'536;

redisReplyObjectFunctions *plainFunctions()
{
    static redisReplyObjectFunctions *const functions = [] {
        redisReader *reader = redisReaderCreate();
        if (!reader)
            throw std::bad_alloc();
        auto *found = reader->fn;
        redisReaderFree(reader);
        return found;
    }();
    return functions;
}

// The type of the count differs between versions of hiredis. A null answer makes the reader stop with "out of memory".
template <class Count>
void *createCappedArray(const redisReadTask *task, Count count)
{
    if (static_cast<std::size_t>(count) > maxArrayElements)
        return nullptr;
    return plainFunctions()->createArray(task, count);
}

redisReplyObjectFunctions *cappedFunctions()
{
    static redisReplyObjectFunctions functions = [] {
        redisReplyObjectFunctions copy = *plainFunctions();
        copy.createArray = createCappedArray;
        return copy;
    }();
    return &functions;
}

} // namespace

bool RedisReplyView::isNil() const
{
    return !m_view || m_view->type == REDIS_REPLY_NIL;
}

bool RedisReplyView::isError() const
{
    return m_view && m_view->type == REDIS_REPLY_ERROR;
}

bool RedisReplyView::isText() const
{
    return m_view && (m_view->type == REDIS_REPLY_STRING || m_view->type == REDIS_REPLY_STATUS);
}

std::string_view RedisReplyView::text() const
{
    return isText() || isError() ? std::string_view(m_view->str, m_view->len) : std::string_view();
}

long long RedisReplyView::integer() const
{
    return m_view && m_view->type == REDIS_REPLY_INTEGER ? m_view->integer : 0;
}

std::size_t RedisReplyView::size() const
{
    return m_view && m_view->type == REDIS_REPLY_ARRAY ? m_view->elements : 0;
}

RedisReplyView RedisReplyView::at(std::size_t index) const
{
    return RedisReplyView(index < size() ? m_view->element[index] : nullptr);
}

void RedisReply::Free::operator()(redisReply *reply) const
{
    freeReplyObject(reply);
}

void RedisReplyReader::Free::operator()(redisReader *reader) const
{
    redisReaderFree(reader);
}

RedisReplyReader::RedisReplyReader(std::size_t maxReplyBytes) :
    m_reader(redisReaderCreateWithFunctions(cappedFunctions())), m_maxReplyBytes(maxReplyBytes)
{
    if (!m_reader)
        throw std::bad_alloc();
}

void RedisReplyReader::feed(std::string_view bytes)
{
    m_unfinishedBytes += bytes.size();
    redisReaderFeed(m_reader.get(), bytes.data(), bytes.size());
}

RedisReplyReader::Next RedisReplyReader::next()
{
    void *reply = nullptr;
    if (redisReaderGetReply(m_reader.get(), &reply) != REDIS_OK)
        return tl::unexpected(m_reader->err == REDIS_ERR_OOM ? Broken::TooLarge : Broken::Protocol);
    if (reply) {
        m_unfinishedBytes = m_reader->len - m_reader->pos;
        return RedisReply(static_cast<redisReply *>(reply));
    }
    if (m_unfinishedBytes > m_maxReplyBytes)
        return tl::unexpected(Broken::TooLarge);
    return std::nullopt;
}

std::string RedisReplyReader::errorText() const
{
    return m_reader->errstr;
}

} // namespace insitecache
