// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redistier.h"

#include <algorithm>

#include <QFile>
#include <QSslCertificate>

#include "base/probe.h"
#include "base/uniquename.h"
#include "redis/circuitbreaker.h"
#include "redis/redisanswer.h"
#include "redis/redisbrowser.h"
#include "redis/redisdirect.h"
#include "redis/redisfollower.h"
#include "redis/redisinfo.h"
#include "redis/redisreads.h"
#include "redis/redisremover.h"
#include "tiers/envelope.h"

namespace insitecache {

namespace {

constexpr std::size_t epochLength = 8;
constexpr std::size_t replyOverhead = 1u << 20;
/// Raise it when an older version would misread what this one leaves on the server.
constexpr std::string_view redisProtocol = "1";
constexpr std::string_view redisMarker = "1 InsiteCache " INSITECACHE_VERSION;
constexpr std::size_t longestMarker = 60;
constexpr auto redisUsageMaxAge = std::chrono::seconds(5);

/// Somebody else's text, for a message of one line.
std::string printableMarker(std::string_view marker)
{
    std::string out(marker.substr(0, longestMarker));
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c < 0x20 || c == 0x7F; }, '?');
    return out;
}

class ConnectedRedisTier final : public RedisTier {
public:
    ConnectedRedisTier(RedisTierOptions options, RedisConnectionOptions how, const Clock &clock, Random &random);
    ~ConnectedRedisTier() override { ConnectedRedisTier::close(); }

    void whenSettled(std::function<void()> settled) override;
    std::shared_ptr<DirectReads> direct() override { return m_direct; }
    void goOnFrom(const FollowedStream &start) override { m_follower.goOnFrom(start); }
    std::optional<FollowedStream> followed() const override { return m_follower.followed(); }
    void get(const std::vector<CacheKey> &keys, Callback<std::vector<TierRead>> done) override;
    void peek(const std::vector<CacheKey> &keys, Callback<Result<std::vector<EntryPtr>>> done) override;
    void claim(const std::vector<CacheKey> &keys, Callback<std::vector<FillTicket>> done) override;
    void fill(const std::vector<Fill> &fills, Callback<std::vector<FillOutcome>> done) override;
    void put(const std::vector<Fill> &fills, Callback<Status> done) override;
    void remove(const Selector &which, Callback<Result<std::uint64_t>> done) override;
    void expire(const Selector &which, Callback<Result<std::uint64_t>> done) override;
    void count(const Selector &which, Callback<Result<TierCount>> done) override;
    void list(const Selector &which, std::size_t limit, Callback<Result<TierListing>> done) override;
    void usage(Callback<TierUsage> done) override;
    void close() override;

private:
    void ready();
    void agreed(const RedisResult &marker);
    void settle();
    void shutDirect();
    /// Names are made of the server's run, so nothing is named before it is known which server answers.
    void onceNamed(std::function<void()> work);
    bool isNaming() const { return m_connection.isHolding() || m_isAgreeing; }
    void runNamed();
    void countTry(const std::vector<RedisResult> &results);
    Result<std::string> envelopeOf(const Entry &entry) const;
    void written(const RedisResult &result, Status &status);
    std::string detail() const;

    RedisTierOptions m_options;
    const Clock &m_clock;
    RedisKeyspace m_keyspace;
    CircuitBreaker m_breaker;
    RedisConnection m_connection;
    std::shared_ptr<RedisDirect> m_direct; ///< null over TLS
    RedisRemover m_remover;
    RedisBrowser m_browser;
    RedisFollower m_follower;
    RedisReads m_reads;
    RedisScript m_fill{
        isOn(Protection::Lease) ? QStringLiteral("redis/fill.lua") : QStringLiteral("redis/unleased.lua")};
    RedisScript m_write{QStringLiteral("redis/write.lua")};
    RedisScript m_protocol{QStringLiteral("redis/protocol.lua")};
    Error m_lastError;
    std::optional<Error> m_unusable; ///< connected, but values from before a restart could not be told apart
    std::optional<Error> m_refused;  ///< why the last write was refused, until one works
    TierUsage m_usage;
    std::string m_about; ///< version and eviction policy, once INFO has told
    SteadyTime m_usageTaken{};
    bool m_settled = false;
    bool m_isAgreeing = false; ///< it is not known yet whether our protocol is spoken there
    std::vector<std::function<void()>> m_waitForSettled;
    std::vector<std::function<void()>> m_waitForName;
};

ConnectedRedisTier::ConnectedRedisTier(
    RedisTierOptions options, RedisConnectionOptions how, const Clock &clock, Random &random) :
    m_options(std::move(options)),
    m_clock(clock), m_keyspace(m_options), m_breaker(clock), m_connection(how, clock, random),
    m_direct(how.url.transport == RedisUrl::Transport::Tls ? nullptr : std::make_shared<RedisDirect>(how, clock)),
    m_remover(m_connection, m_keyspace, {m_options.origin, m_options.database}),
    m_browser(m_connection, m_keyspace, clock),
    m_follower(std::move(how), m_keyspace, {m_options.origin, m_options.database}, clock, random),
    m_reads(m_connection, m_keyspace, m_remover, m_follower, clock, m_options.origin)
{
    m_connection.onReady = [this] { ready(); };
    m_connection.onDown = [this](const RedisFailure &failure) {
        shutDirect();
        m_lastError = failure.error;
        m_usageTaken = {};
        m_isAgreeing = false;
        if (!m_connection.isHolding())
            runNamed();
        settle();
    };
    m_reads.onTried = [this](const std::vector<RedisResult> &results) { countTry(results); };
    m_follower.onHeard = [this](const std::string &origin, const Selector &which, bool inOurDatabase) {
        if (onHeard)
            onHeard(origin, which, inOurDatabase);
    };
    m_follower.onGap = [this](bool inOurDatabase) {
        if (onGap)
            onGap(inOurDatabase);
    };
    m_follower.onSettled = [this] {
        if (onFollowing)
            onFollowing();
        settle();
    };
    m_remover.onNotDropped = [this](const CacheKey &key) {
        if (onNotDropped)
            onNotDropped(key);
    };
    m_connection.open();
}

// Another run of the server is another cache: names of the old one would find what its disk brought back.
void ConnectedRedisTier::ready()
{
    if (m_connection.runId().empty()) {
        m_unusable = Error{ErrorCode::Unauthorized,
            "the Redis " + m_connection.server() + " does not tell which run of the server it is",
            "allow this user the command INFO"};
        runNamed();
        return settle();
    }
    m_keyspace.setEpoch(std::string_view(m_connection.runId()).substr(0, epochLength));
    m_isAgreeing = true;
    m_protocol.run(m_connection, {m_keyspace.protocol()}, {std::string(redisMarker)},
        [this](const RedisResult &marker) { agreed(marker); });
}

// A server that cannot say refuses everything else of ours as well.
void ConnectedRedisTier::agreed(const RedisResult &marker)
{
    if (!m_connection.isReady())
        return;
    m_isAgreeing = false;
    m_unusable.reset();
    m_usageTaken = {};
    if (marker && marker->text().substr(0, marker->text().find(' ')) != redisProtocol) {
        m_unusable = Error{ErrorCode::Refused,
            "Redis " + m_connection.server() + " is used by another version, protocol "
                + printableMarker(marker->text()) + "; this one speaks protocol " + std::string(redisMarker),
            "run the same version everywhere, or name another prefix or server; when the others have ended, delete "
                + m_keyspace.protocol() + " and connect again"};
        runNamed();
        return settle();
    }
    m_follower.follow();
    if (m_direct)
        m_direct->open(m_keyspace, m_connection.runId());
    m_breaker.reached();
    m_browser.reconnected();
    runNamed();
    if (onReady)
        onReady();
}

void ConnectedRedisTier::onceNamed(std::function<void()> work)
{
    if (!isNaming())
        return work();
    m_waitForName.push_back(std::move(work));
}

void ConnectedRedisTier::runNamed()
{
    for (const auto &work : std::exchange(m_waitForName, {}))
        work();
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

void ConnectedRedisTier::shutDirect()
{
    if (m_direct)
        m_direct->shut();
}

void ConnectedRedisTier::close()
{
    shutDirect();
    m_connection.close();
    runNamed();
    m_reads.close();
    m_follower.close();
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
    if (isNaming())
        return onceNamed([this, keys, done = std::move(done)] { get(keys, done); });
    if (m_unusable)
        return done(std::vector<TierRead>(keys.size(), TierRead{Outcome::Error, nullptr, *m_unusable}));
    m_reads.get(keys, std::move(done));
}

void ConnectedRedisTier::peek(const std::vector<CacheKey> &keys, Callback<Result<std::vector<EntryPtr>>> done)
{
    onceNamed([this, keys, done = std::move(done)] {
        if (m_unusable)
            return done(tl::unexpected(*m_unusable));
        m_browser.peek(keys, done);
    });
}

void ConnectedRedisTier::claim(const std::vector<CacheKey> &keys, Callback<std::vector<FillTicket>> done)
{
    if (m_breaker.isOpen() && !m_connection.isClosed())
        return done(std::vector<FillTicket>(keys.size()));
    onceNamed([this, keys, done = std::move(done)] {
        if (m_unusable)
            return done(std::vector<FillTicket>(keys.size()));
        m_reads.claim(keys, done);
    });
}

Result<std::string> ConnectedRedisTier::envelopeOf(const Entry &entry) const
{
    std::string envelope = sealEnvelope(entry);
    if (envelope.size() <= m_options.maxValueBytes)
        return envelope;
    return fail(ErrorCode::TooLarge,
        std::string(entry.keyText()) + " has " + std::to_string(envelope.size()) + " bytes, too many for Redis",
        "at most " + std::to_string(m_options.maxValueBytes) + " are kept (maxValueBytes)");
}

void ConnectedRedisTier::fill(const std::vector<Fill> &fills, Callback<std::vector<FillOutcome>> done)
{
    if (isNaming())
        return onceNamed([this, fills, done = std::move(done)] { fill(fills, done); });
    if (m_unusable)
        return done(std::vector<FillOutcome>(fills.size(), FillOutcome::Failed));
    const auto filling = std::make_shared<RedisAnswerInParts<std::vector<FillOutcome>>>();
    filling->answer.assign(fills.size(), FillOutcome::Refused);
    filling->done = std::move(done);
    for (std::size_t i = 0; i < fills.size(); ++i) {
        const Entry &entry = *fills[i].entry;
        const long long lifeMs = toMillis(entry.staleUntil() - m_clock.now());
        const auto envelope = envelopeOf(entry);
        if (lifeMs <= 0 || !envelope)
            continue;
        ++filling->waiting;
        m_fill.run(m_connection,
            {m_keyspace.generation(), m_keyspace.leaseOf(entry.key()), m_keyspace.nameOf(entry.key())},
            {fills[i].ticket.token, *envelope, std::to_string(lifeMs),
                fills[i].unlessNewer ? std::to_string(entry.created().time_since_epoch().count()) : std::string()},
            [this, filling, i](const RedisResult &result) {
                if (!result && !isOutage(result.error().fault))
                    m_refused = result.error().error;
                filling->answer[i] = !result ? FillOutcome::Failed
                    : result->integer() == 1 ? FillOutcome::Stored
                                             : FillOutcome::Refused;
                filling->oneLess();
            });
    }
    filling->oneLess();
}

// What is too large is not kept, but the old copy goes all the same: the caller said it is outdated.
void ConnectedRedisTier::put(const std::vector<Fill> &fills, Callback<Status> done)
{
    if (isNaming())
        return onceNamed([this, fills, done = std::move(done)] { put(fills, done); });
    if (m_unusable)
        return done(tl::unexpected(*m_unusable));
    const auto writing = std::make_shared<RedisAnswerInParts<Status>>();
    writing->done = std::move(done);
    for (const Fill &fill : fills) {
        const CacheKey key = fill.entry->key();
        const long long lifeMs = toMillis(fill.entry->staleUntil() - m_clock.now());
        const auto envelope = envelopeOf(*fill.entry);
        if (!envelope)
            writing->answer = tl::unexpected(envelope.error());
        std::vector<std::string> words{
            fill.ticket.token, envelope && lifeMs > 0 ? *envelope : std::string(), std::to_string(lifeMs)};
        for (std::string &word : m_remover.logWords(Selector::keys({key})))
            words.push_back(std::move(word));
        ++writing->waiting;
        m_write.run(m_connection,
            {m_keyspace.stream(), m_keyspace.generation(), m_keyspace.leaseOf(key), m_keyspace.nameOf(key)}, words,
            [this, writing](const RedisResult &result) {
                written(result, writing->answer);
                writing->oneLess();
            });
    }
    writing->oneLess();
}

void ConnectedRedisTier::written(const RedisResult &result, Status &status)
{
    if (result)
        return m_refused.reset();
    if (status)
        status = tl::unexpected(result.error().error);
    if (!isOutage(result.error().fault))
        m_refused = result.error().error;
}

void ConnectedRedisTier::remove(const Selector &which, Callback<Result<std::uint64_t>> done)
{
    onceNamed([this, which, done = std::move(done)] {
        m_unusable ? done(tl::unexpected(*m_unusable)) : m_remover.remove(which, done);
    });
}

void ConnectedRedisTier::expire(const Selector &which, Callback<Result<std::uint64_t>> done)
{
    onceNamed([this, which, done = std::move(done)] {
        m_unusable ? done(tl::unexpected(*m_unusable)) : m_remover.expire(which, done);
    });
}

void ConnectedRedisTier::count(const Selector &which, Callback<Result<TierCount>> done)
{
    onceNamed([this, which, done = std::move(done)] {
        m_unusable ? done(tl::unexpected(*m_unusable)) : m_browser.count(which, done);
    });
}

void ConnectedRedisTier::list(const Selector &which, std::size_t limit, Callback<Result<TierListing>> done)
{
    onceNamed([this, which, limit, done = std::move(done)] {
        m_unusable ? done(tl::unexpected(*m_unusable)) : m_browser.list(which, limit, done);
    });
}

std::string ConnectedRedisTier::detail() const
{
    if (!m_connection.isReady())
        return m_lastError.message.empty() ? "connecting to Redis " + m_connection.server() : m_lastError.toString();
    if (m_unusable)
        return m_unusable->toString();
    if (m_refused)
        return m_refused->toString();
    return "Redis " + m_connection.server() + (m_about.empty() ? "" : ", " + m_about);
}

// Asking costs the server little, but a dashboard asks several times per second.
void ConnectedRedisTier::usage(Callback<TierUsage> done)
{
    m_usage.up = m_connection.isReady() && !m_unusable;
    m_usage.detail = detail();
    const bool recent = m_usageTaken != SteadyTime{} && m_clock.now() - m_usageTaken < redisUsageMaxAge;
    if (!m_usage.up || recent)
        return done(m_usage);
    m_usageTaken = m_clock.now();
    RedisBatch batch;
    batch.add({"INFO"});
    m_connection.send(batch, [this, done = std::move(done)](const std::vector<RedisResult> &results) {
        if (results[0]) {
            readRedisInfo(results[0]->text(), m_connection.options().url.database, m_usage);
            m_about = redisInfoServer(results[0]->text());
        }
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
    RedisTierOptions named = options;
    if (named.origin.empty())
        named.origin = uniqueName();
    return std::make_unique<ConnectedRedisTier>(std::move(named), std::move(how), clock, random);
}

} // namespace insitecache
