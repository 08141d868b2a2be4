// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redisremover.h"

#include <QCryptographicHash>

#include <insitecache/tiers/tier.h>

#include "base/probe.h"
#include "base/uniquename.h"

namespace insitecache {

namespace {

constexpr std::string_view redisLogLength = "10000";

using RemovedCount = std::shared_ptr<std::uint64_t>;

RedisSelection::Done reportRemoved(RemovedCount count, RedisRemover::Done done)
{
    return [count = std::move(count), done = std::move(done)](const RedisSelection::Failure &failure) {
        done(failure ? Result<std::uint64_t>(tl::unexpected(failure->error)) : Result<std::uint64_t>(*count));
    };
}

void addRemoved(const RemovedCount &count, const RedisResult &result, const RedisSelection::Next &next)
{
    if (!result)
        return next(result.error());
    *count += static_cast<std::uint64_t>(result->integer());
    next({});
}

} // namespace

RedisRemover::RedisRemover(RedisConnection &connection, const RedisKeyspace &keyspace, RedisVoice voice) :
    m_connection(connection), m_keyspace(keyspace), m_voice(std::move(voice))
{}

std::vector<std::string> RedisRemover::logWords(const Selector &which) const
{
    return {std::string(redisLogLength), m_voice.origin, m_voice.database, which.toWire()};
}

void RedisRemover::remove(const Selector &which, Done done)
{
    if (which.namedKeys())
        forgetNamed(which, std::move(done));
    else
        between(
            which, [this, which](Done walked) { forgetMatching(which, std::move(walked)); }, std::move(done));
}

void RedisRemover::forgetNamed(const Selector &which, Done done)
{
    const auto count = std::make_shared<std::uint64_t>(0);
    const auto invalidate = [this, count](const std::vector<RedisSelection::Copy> &copies, RedisSelection::Next next) {
        std::vector<std::string> names{m_keyspace.stream()};
        std::vector<CacheKey> keys;
        for (const RedisSelection::Copy &copy : copies) {
            names.push_back(copy.name);
            names.push_back(m_keyspace.leaseOf(copy.key));
            keys.push_back(copy.key);
        }
        m_invalidate.run(m_connection, names, logWords(Selector::keys(std::move(keys))),
            [count, next = std::move(next)](const RedisResult &result) { addRemoved(count, result, next); });
    };
    RedisSelection::walk(m_connection, m_keyspace, which, invalidate, reportRemoved(count, std::move(done)));
}

// UNLINK and not DEL: freeing a large value must not hold up the server.
void RedisRemover::forgetMatching(const Selector &which, Done done)
{
    const auto count = std::make_shared<std::uint64_t>(0);
    const auto unlink = [this, count](const std::vector<RedisSelection::Copy> &copies, RedisSelection::Next next) {
        RedisBatch batch;
        batch.add(RedisSelection::commandFor("UNLINK", copies));
        m_connection.send(batch, [count, next = std::move(next)](const std::vector<RedisResult> &results) {
            addRemoved(count, results[0], next);
        });
    };
    RedisSelection::walk(m_connection, m_keyspace, which, unlink, reportRemoved(count, std::move(done)));
}

void RedisRemover::between(const Selector &which, std::function<void(Done)> work, Done done)
{
    const auto walked = [this, which, done](const Result<std::uint64_t> &count) {
        if (!count)
            return done(count);
        announce(which, *count, done);
    };
    m_generation.run(m_connection, {m_keyspace.generation()}, {uniqueName()},
        [work = std::move(work), walked, done](const RedisResult &result) {
            if (!result)
                return done(tl::unexpected(result.error().error));
            work(walked);
        });
}

void RedisRemover::announce(const Selector &which, std::uint64_t count, Done done)
{
    m_announce.run(m_connection, {m_keyspace.stream()}, logWords(which), [count, done](const RedisResult &result) {
        done(result ? Result<std::uint64_t>(count) : Result<std::uint64_t>(tl::unexpected(result.error().error)));
    });
}

void RedisRemover::expire(const Selector &which, Done done)
{
    const auto shorten = [this, which](Done shortened) {
        const auto count = std::make_shared<std::uint64_t>(0);
        const auto onBatch = [this, count](const std::vector<RedisSelection::Copy> &copies, RedisSelection::Next next) {
            std::vector<std::string> names;
            for (const auto &copy : copies)
                names.push_back(copy.name);
            m_expire.run(m_connection, names, {},
                [count, next = std::move(next)](const RedisResult &result) { addRemoved(count, result, next); });
        };
        RedisSelection::walk(m_connection, m_keyspace, which, onBatch, reportRemoved(count, std::move(shortened)));
    };
    between(which, shorten, std::move(done));
}

void RedisRemover::dropUnusable(const CacheKey &key, std::string_view bytes)
{
    syncPoint("repair.before", Stage::L2);
    const QByteArrayView view(bytes.data(), static_cast<qsizetype>(bytes.size()));
    const std::string hash
        = bytes.data() ? QCryptographicHash::hash(view, QCryptographicHash::Sha1).toHex().toStdString() : std::string();
    m_drop.run(m_connection, {m_keyspace.nameOf(key)}, {hash}, [this, key](const RedisResult &result) {
        if (!result && result.error().fault != RedisFault::Closed && onNotDropped)
            onNotDropped(key);
    });
}

} // namespace insitecache
