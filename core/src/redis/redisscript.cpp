// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redisscript.h"

#include "base/resources.h"

namespace insitecache {

RedisScript::RedisScript(const QString &resource) : m_text(readResource(resource).toStdString()) {}

void RedisScript::run(RedisConnection &connection, const std::vector<std::string> &keys,
    const std::vector<std::string> &arguments, std::function<void(const RedisResult &)> done) const
{
    const std::string keyCount = std::to_string(keys.size());
    std::vector<std::string_view> words{"EVAL", m_text, keyCount};
    words.insert(words.end(), keys.begin(), keys.end());
    words.insert(words.end(), arguments.begin(), arguments.end());
    RedisBatch batch;
    batch.add(words);
    connection.send(batch, [done = std::move(done)](const std::vector<RedisResult> &results) { done(results[0]); });
}

} // namespace insitecache
