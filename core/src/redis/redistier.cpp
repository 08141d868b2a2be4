// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redistier.h"

#include <algorithm>

#include <QFile>
#include <QSslCertificate>

#include "redis/circuitbreaker.h"
#include "redis/redisbrowser.h"
#include "redis/redisinfo.h"
#include "redis/redisremover.h"
#include "tiers/envelope.h"

namespace insitecache {

namespace {

constexpr std::size_t keysPerRead = 256;
constexpr qsizetype bytesPerWrite = 1 << 20;
constexpr std::size_t replyOverhead = 1u << 20;
constexpr auto redisUsageMaxAge = std::chrono::seconds(5);

TierRead redisFailedRead(const RedisFailure &failure)
{
    return {failure.fault == RedisFault::Timeout ? Outcome::Timeout : Outcome::Error, nullptr, failure.error};
}

const RedisFailure *firstRedisFailure(const std::vector<RedisResult> &results)
{
    const auto failed = std::find_if(results.begin(), results.end(), [](const RedisResult &r) { return !r; });
    return failed == results.end() ? nullptr : &failed->error();
}

/// Collects the parts of one call and answers when the last has arrived. It counts itself as a part until started.
template <class Answer>
struct RedisAnswerInParts {
    Answer answer;
    std::function<void(Answer)> done;
    std::size_t waiting = 1;
    void oneLess()
    {
        if (--waiting == 0)
            done(std::move(answer));
    }
};

class ConnectedRedisTier final : public RedisTier {
public:
    ConnectedRedisTier(RedisTierOptions options, RedisConnectionOptions how, const Clock &clock, Random &random);
    ~ConnectedRedisTier() override { ConnectedRedisTier::close(); }

    void whenSettled(std::function<void()> settled) override;
    void get(const std::vector<CacheKey> &keys, Callback<std::vector<TierRead>> done) override;
    void put(const std::vector<EntryPtr> &entries, Callback<Status> done) override;
    void remove(const Selector &which, Callback<Result<std::uint64_t>> done) override;
    void expire(const Selector &which, Callback<Result<std::uint64_t>> done) override;
    void count(const Selector &which, Callback<Result<TierCount>> done) override;
    void list(const Selector &which, std::size_t limit, Callback<Result<TierListing>> done) override;
    void usage(Callback<TierUsage> done) override;
    void close() override;

private:
    using Reading = std::shared_ptr<RedisAnswerInParts<std::vector<TierRead>>>;
    using Writing = std::shared_ptr<RedisAnswerInParts<Status>>;
    struct Place {
        CacheKey key;
        std::size_t index;
    };

    void settle();
    void countTry(const std::vector<RedisResult> &results);
    void readChunk(const Reading &reading, const std::vector<Place> &places, bool again);
    TierRead readOf(const CacheKey &key, const RedisResult &life, const RedisResult &value);
    TierRead corruptRead(const CacheKey &key, std::string_view bytes, Error error);
    TierRead owedRead(const CacheKey &key) const;
    void addWrite(RedisBatch &batch, const Entry &entry, long long lifeMs, Status &status) const;
    void writeChunk(const Writing &writing, const RedisBatch &batch, const std::vector<CacheKey> &keys);
    std::string detail() const;

    RedisTierOptions m_options;
    const Clock &m_clock;
    RedisKeyspace m_keyspace;
    CircuitBreaker m_breaker;
    RedisConnection m_connection;
    RedisRemover m_remover;
    RedisBrowser m_browser;
    Error m_lastError;
    std::optional<Error> m_refused; ///< why the last write was refused, until one works
    TierUsage m_usage;
    SteadyTime m_usageTaken{};
    bool m_settled = false;
    std::vector<std::function<void()>> m_waitForSettled;
};

ConnectedRedisTier::ConnectedRedisTier(
    RedisTierOptions options, RedisConnectionOptions how, const Clock &clock, Random &random) :
    m_options(std::move(options)),
    m_clock(clock), m_keyspace(m_options), m_breaker(clock), m_connection(std::move(how), clock, random),
    m_remover(m_connection, m_keyspace), m_browser(m_connection, m_keyspace)
{
    m_connection.onReady = [this] {
        m_breaker.reached();
        m_browser.reconnected();
        m_usageTaken = {};
        m_remover.pay();
        settle();
    };
    m_connection.onDown = [this](const RedisFailure &failure) {
        m_lastError = failure.error;
        m_usageTaken = {};
        settle();
    };
    m_connection.open();
}

void ConnectedRedisTier::whenSettled(std::function<void()> settled)
{
    m_waitForSettled.push_back(std::move(settled));
    if (m_settled)
        settle();
}

void ConnectedRedisTier::settle()
{
    m_settled = true;
    for (const auto &settled : std::exchange(m_waitForSettled, {}))
        settled();
}

void ConnectedRedisTier::close()
{
    m_remover.close();
    m_connection.close();
    settle();
}

void ConnectedRedisTier::countTry(const std::vector<RedisResult> &results)
{
    const RedisFailure *failure = firstRedisFailure(results);
    if (failure && failure->fault == RedisFault::Closed)
        return;
    if (failure && isOutage(failure->fault))
        m_breaker.failed();
    else
        m_breaker.succeeded();
}

void ConnectedRedisTier::get(const std::vector<CacheKey> &keys, Callback<std::vector<TierRead>> done)
{
    if (m_breaker.isOpen() && !m_connection.isClosed())
        return done(std::vector<TierRead>(keys.size(), TierRead{Outcome::Open, nullptr, m_lastError}));
    const auto reading = std::make_shared<RedisAnswerInParts<std::vector<TierRead>>>();
    reading->answer.resize(keys.size());
    reading->done = std::move(done);
    std::vector<Place> places;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (m_remover.owed().covers(keys[i]))
            reading->answer[i] = owedRead(keys[i]);
        else
            places.push_back({keys[i], i});
        if (places.size() == keysPerRead)
            readChunk(reading, std::exchange(places, {}), false);
    }
    if (!places.empty())
        readChunk(reading, places, false);
    reading->oneLess();
}

// The life is asked before the value: when another process replaces the copy in between, the new value gets the old
// and shorter life, never the old value the new life. After a dropped connection a read may be tried once more.
void ConnectedRedisTier::readChunk(const Reading &reading, const std::vector<Place> &places, bool again)
{
    RedisBatch batch;
    for (const Place &place : places) {
        const std::string name = m_keyspace.nameOf(place.key);
        batch.add({"PTTL", name});
        batch.add({"GET", name});
    }
    reading->waiting += again ? 0 : 1;
    m_connection.send(batch, [this, reading, places, again](const std::vector<RedisResult> &results) {
        const RedisFailure *failure = firstRedisFailure(results);
        if (!again && failure && failure->fault == RedisFault::Dropped)
            return readChunk(reading, places, true);
        countTry(results);
        for (std::size_t i = 0; i < places.size(); ++i)
            reading->answer[places[i].index] = readOf(places[i].key, results[2 * i], results[2 * i + 1]);
        reading->oneLess();
    });
}

TierRead ConnectedRedisTier::readOf(const CacheKey &key, const RedisResult &life, const RedisResult &value)
{
    if (!value && value.error().fault == RedisFault::WrongType)
        return corruptRead(key, {}, value.error().error);
    if (!life || !value)
        return redisFailedRead(life ? value.error() : life.error());
    if (value->isNil())
        return {};
    const std::string_view bytes = value->text();
    const long long remaining = life->integer();
    if (remaining == -1)
        return corruptRead(key, bytes,
            {ErrorCode::Corrupt, "the copy of " + key.text() + " in Redis never expires, so it is not ours",
                "it is dropped and loaded again"});
    if (remaining <= 0)
        return {};
    const SteadyTime now = m_clock.now();
    auto entry = openEnvelope(bytes, key, lifeFromStore(remaining), now);
    if (!entry)
        return corruptRead(key, bytes, entry.error());
    const Outcome outcome = !(*entry)->isFresh(now) ? Outcome::Stale
        : (*entry)->negative                        ? Outcome::Negative
                                                    : Outcome::Hit;
    return {outcome, std::move(*entry), std::nullopt};
}

TierRead ConnectedRedisTier::corruptRead(const CacheKey &key, std::string_view bytes, Error error)
{
    m_remover.dropUnusable(key, bytes);
    return {Outcome::Corrupt, nullptr, std::move(error)};
}

TierRead ConnectedRedisTier::owedRead(const CacheKey &key) const
{
    return {Outcome::Error, nullptr,
        Error{ErrorCode::Refused, "the copy of " + key.text() + " in Redis may be outdated: its removal failed",
            "it is removed as soon as " + m_connection.server() + " allows it"}};
}

void ConnectedRedisTier::put(const std::vector<EntryPtr> &entries, Callback<Status> done)
{
    const auto writing = std::make_shared<RedisAnswerInParts<Status>>();
    writing->done = std::move(done);
    const SteadyTime now = m_clock.now();
    RedisBatch batch;
    std::vector<CacheKey> keys;
    for (const EntryPtr &entry : entries) {
        const long long lifeMs = toMillis(entry->staleUntil - now);
        if (lifeMs <= 0)
            continue;
        addWrite(batch, *entry, lifeMs, writing->answer);
        keys.push_back(entry->key);
        if (batch.bytes().size() > bytesPerWrite)
            writeChunk(writing, std::exchange(batch, {}), std::exchange(keys, {}));
    }
    if (!batch.isEmpty())
        writeChunk(writing, batch, keys);
    writing->oneLess();
}

// What is too large is not kept, but the old copy goes all the same: the caller said it is outdated.
void ConnectedRedisTier::addWrite(RedisBatch &batch, const Entry &entry, long long lifeMs, Status &status) const
{
    const std::string envelope = sealEnvelope(entry);
    const std::string name = m_keyspace.nameOf(entry.key);
    if (envelope.size() <= m_options.maxValueBytes)
        return batch.add({"SET", name, envelope, "PX", std::to_string(lifeMs)});
    batch.add({"UNLINK", name});
    status = fail(ErrorCode::TooLarge,
        entry.key.text() + " has " + std::to_string(envelope.size()) + " bytes, too many for Redis",
        "at most " + std::to_string(m_options.maxValueBytes) + " are kept (maxValueBytes)");
}

// A write that failed leaves the old copy, and whether one that timed out arrived nobody knows: both are removed.
void ConnectedRedisTier::writeChunk(const Writing &writing, const RedisBatch &batch, const std::vector<CacheKey> &keys)
{
    ++writing->waiting;
    m_connection.send(batch, [this, writing, keys](const std::vector<RedisResult> &results) {
        countTry(results);
        m_refused.reset();
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (results[i]) {
                m_remover.settle(keys[i]);
                continue;
            }
            if (writing->answer)
                writing->answer = tl::unexpected(results[i].error().error);
            if (!isOutage(results[i].error().fault))
                m_refused = results[i].error().error;
            m_remover.owe(keys[i]);
        }
        m_remover.pay();
        writing->oneLess();
    });
}

void ConnectedRedisTier::remove(const Selector &which, Callback<Result<std::uint64_t>> done)
{
    m_remover.remove(which, std::move(done));
}

void ConnectedRedisTier::expire(const Selector &which, Callback<Result<std::uint64_t>> done)
{
    m_remover.expire(which, std::move(done));
}

void ConnectedRedisTier::count(const Selector &which, Callback<Result<TierCount>> done)
{
    m_browser.count(which, std::move(done));
}

void ConnectedRedisTier::list(const Selector &which, std::size_t limit, Callback<Result<TierListing>> done)
{
    m_browser.list(which, limit, std::move(done));
}

std::string ConnectedRedisTier::detail() const
{
    if (!m_connection.isReady())
        return m_lastError.message.empty() ? "connecting to Redis " + m_connection.server() : m_lastError.toString();
    if (m_refused)
        return m_refused->toString();
    const std::size_t owed = m_remover.owed().size();
    const std::string waiting = owed == 0 ? std::string() : ", " + std::to_string(owed) + " removals waiting";
    return "Redis " + m_connection.server() + waiting;
}

// Asking costs the server little, but a dashboard asks several times per second.
void ConnectedRedisTier::usage(Callback<TierUsage> done)
{
    m_usage.up = m_connection.isReady();
    m_usage.detail = detail();
    const bool recent = m_usageTaken != SteadyTime{} && m_clock.now() - m_usageTaken < redisUsageMaxAge;
    if (!m_usage.up || recent)
        return done(m_usage);
    m_usageTaken = m_clock.now();
    RedisBatch batch;
    batch.add({"INFO"});
    m_connection.send(batch, [this, done = std::move(done)](const std::vector<RedisResult> &results) {
        if (results[0])
            readRedisInfo(results[0]->text(), m_connection.options().url.database, m_usage);
        m_usage.up = m_connection.isReady();
        m_usage.detail = results[0] ? detail() : results[0].error().error.toString();
        done(m_usage);
    });
}

Status checkRedisFiles(const RedisTierOptions &options)
{
    if (!options.passwordFile.empty() && !QFile(QString::fromStdString(options.passwordFile)).open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, "the Redis password file " + options.passwordFile + " cannot be read",
            "check that it exists and that you may read it");
    if (!options.caFile.empty() && QSslCertificate::fromPath(QString::fromStdString(options.caFile)).isEmpty())
        return fail(ErrorCode::Io, "the certificate file " + options.caFile + " holds no certificate",
            "name a file of certificates in PEM form");
    return {};
}

} // namespace

Result<std::unique_ptr<RedisTier>> makeRedisTier(const RedisTierOptions &options, const Clock &clock, Random &random)
{
    if (Status ok = options.validate(); !ok)
        return tl::unexpected(ok.error());
    auto url = RedisUrl::parse(options.url);
    if (!url)
        return tl::unexpected(url.error());
    if (Status ok = checkRedisFiles(options); !ok)
        return tl::unexpected(ok.error());
    RedisConnectionOptions how;
    how.url = std::move(*url);
    how.passwordFile = options.passwordFile;
    how.caFile = options.caFile;
    how.connectTimeout = options.connectTimeout;
    how.commandTimeout = options.commandTimeout;
    how.maxReplyBytes = static_cast<std::size_t>(options.maxValueBytes) + replyOverhead;
    return std::make_unique<ConnectedRedisTier>(options, std::move(how), clock, random);
}

} // namespace insitecache
