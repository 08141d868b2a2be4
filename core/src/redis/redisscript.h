// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <QString>

#include "redis/redisconnection.h"

namespace insitecache {

/// A Lua script of ours (resources/redis). Its text travels with every call: these scripts are short and rare, and a
/// call by hash that the server does not know would have to be repeated out of order.
/// Cache thread only.
class RedisScript {
public:
    /// Precondition: `resource` is listed in resources/core.qrc.
    explicit RedisScript(const QString &resource);

    void run(RedisConnection &connection, const std::vector<std::string> &keys,
        const std::vector<std::string> &arguments, std::function<void(const RedisResult &)> done) const;

private:
    std::string m_text;
};

} // namespace insitecache
