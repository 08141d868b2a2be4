// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redisselection.h"

#include <algorithm>

namespace insitecache {

namespace {

constexpr std::size_t namesPerBatch = 256;
constexpr std::string_view keysPerScan = "500";

} // namespace

RedisSelection::RedisSelection(RedisConnection &connection, const RedisKeyspace &keyspace, Selector which) :
    m_connection(connection), m_keyspace(keyspace), m_which(std::move(which))
{
    if (!m_which.namedKeys())
        m_patterns = keyspace.scanPatterns(m_which);
}

std::vector<std::string_view> RedisSelection::commandFor(std::string_view verb, const std::vector<Copy> &copies)
{
    std::vector<std::string_view> words{verb};
    for (const Copy &copy : copies)
        words.push_back(copy.name);
    return words;
}

void RedisSelection::walk(
    RedisConnection &connection, const RedisKeyspace &keyspace, Selector which, OnBatch onBatch, Done done)
{
    std::shared_ptr<RedisSelection> self(new RedisSelection(connection, keyspace, std::move(which)));
    self->m_onBatch = std::move(onBatch);
    self->m_done = std::move(done);
    self->step();
}

void RedisSelection::step()
{
    if (const auto *named = m_which.namedKeys())
        return stepNamed(*named);
    if (m_patterns.empty())
        return m_done(std::nullopt);
    stepScan();
}

void RedisSelection::stepNamed(const std::vector<CacheKey> &named)
{
    if (m_nextNamed >= named.size())
        return m_done(std::nullopt);
    std::vector<Copy> batch;
    const std::size_t end = std::min(m_nextNamed + namesPerBatch, named.size());
    for (; m_nextNamed < end; ++m_nextNamed)
        batch.push_back({named[m_nextNamed], m_keyspace.nameOf(named[m_nextNamed])});
    visit(std::move(batch));
}

void RedisSelection::stepScan()
{
    RedisBatch scan;
    scan.add({"SCAN", m_cursor, "MATCH", m_patterns.back(), "COUNT", keysPerScan});
    m_connection.send(scan, [self = shared_from_this()](const std::vector<RedisResult> &results) {
        if (!results[0])
            return self->m_done(results[0].error());
        self->scanned(*results[0]);
    });
}

void RedisSelection::scanned(const RedisReply &reply)
{
    m_cursor = reply.at(0).text();
    if (m_cursor == "0" || m_cursor.empty()) {
        m_patterns.pop_back();
        m_cursor = "0";
    }
    std::vector<Copy> batch;
    const RedisReplyView names = reply.at(1);
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::string name(names.at(i).text());
        auto key = m_keyspace.keyOf(name);
        if (key && m_which.matches(key->text()) && m_seen.insert(name).second)
            batch.push_back({std::move(*key), std::move(name)});
    }
    if (batch.empty())
        return step();
    visit(std::move(batch));
}

void RedisSelection::visit(std::vector<Copy> batch)
{
    m_onBatch(std::move(batch), [self = shared_from_this()](Failure failure) {
        if (failure)
            return self->m_done(std::move(failure));
        self->step();
    });
}

} // namespace insitecache
