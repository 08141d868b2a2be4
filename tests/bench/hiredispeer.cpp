// SPDX-License-Identifier: GPL-3.0-or-later
#include "hiredispeer.h"

#include <hiredis/hiredis.h>

#include "benchdata.h"

namespace insitecache::bench {

void HiredisPeer::Free::operator()(redisContext *context) const
{
    redisFree(context);
}

std::unique_ptr<HiredisPeer> HiredisPeer::connect(const std::string &socket, std::size_t keys, std::size_t valueBytes)
{
    Context context(socket.empty() ? nullptr : redisConnectUnix(socket.c_str()));
    if (!context || context->err)
        return nullptr;
    std::unique_ptr<HiredisPeer> peer(new HiredisPeer(std::move(context), keys));
    redisContext *server = peer->m_context.get();
    const std::string value = makePayload(valueBytes, 1);
    for (std::size_t i = 0; i < keys; ++i)
        freeReplyObject(redisCommand(server, "SET %s %b", peer->keyOf(i).c_str(), value.data(), value.size()));
    return server->err ? nullptr : std::move(peer);
}

bool HiredisPeer::get(std::size_t first, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        redisAppendCommand(m_context.get(), "GET %s", keyOf(first + i).c_str());
    bool ok = true;
    for (std::size_t i = 0; i < count; ++i) {
        void *reply = nullptr;
        if (redisGetReply(m_context.get(), &reply) != REDIS_OK)
            return false;
        ok = ok && static_cast<redisReply *>(reply)->type == REDIS_REPLY_STRING;
        freeReplyObject(reply);
    }
    return ok;
}

} // namespace insitecache::bench
