// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/session.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTemporaryDir>

#include "settings/xdgpaths.h"

namespace insitecache {

namespace {

constexpr unsigned long long privateRedisBytes = 256ull << 20;
constexpr int journalNameLength = 16;

std::string pathOfSqlite(const std::string &url)
{
    return url.substr(url.find(':') + 1);
}

} // namespace

Session::Session(Settings settings) : m_settings(std::move(settings)), m_notices(m_settings.notices) {}

// The engine's sources talk to the demo upstream and its L2 to the private Redis: it ends first.
Session::~Session()
{
    m_engine.reset();
}

Result<std::unique_ptr<Session>> Session::start(const Settings &settings)
{
    std::unique_ptr<Session> session(new Session(settings));
    if (Status ok = session->compose(); !ok)
        return tl::unexpected(ok.error());
    return session;
}

Status Session::compose()
{
    EngineOptions options;
    options.memory = m_settings.memory;
    options.policies = m_settings.policies;
    options.readOnly = m_settings.readOnly;
    options.redis = m_settings.redis;
    if (!options.redis && !m_settings.redisOff && m_settings.privateRedis)
        startPrivateRedis(options);
    m_redisUrl = options.redis ? options.redis->url : std::string();
    prepareDatabase(options);
    options.journal = stateOf("journal");
    options.preload = m_settings.preload;
    options.preload.file = stateOf("preload");
    if (options.preload.hottest && options.preload.file.empty()) {
        options.preload.hottest = false;
        m_notices.push_back("the hottest keys are not remembered: neither XDG_STATE_HOME nor HOME is set");
    }
    if (Status ok = startUpstream(options); !ok)
        return ok;
    return startEngine(std::move(options));
}

void Session::startPrivateRedis(EngineOptions &options)
{
    const QString base
        = m_settings.runtimeDirectory.empty() ? QDir::tempPath() : QString::fromStdString(m_settings.runtimeDirectory);
    m_redisDirectory = std::make_unique<QTemporaryDir>(base + QStringLiteral("/insitecache-XXXXXX"));
    if (!m_redisDirectory->isValid()) {
        m_notices.push_back(
            "L2 is off: no directory can be made in " + base.toStdString() + "; name a Redis with --redis");
        return;
    }
    auto redis = PrivateRedis::start(m_redisDirectory->path().toStdString(), privateRedisBytes);
    if (!redis) {
        m_notices.push_back("L2 is off: " + redis.error().toString());
        return;
    }
    m_privateRedis = std::move(*redis);
    RedisTierOptions tier;
    tier.url = m_privateRedis->url();
    tier.space = m_settings.space;
    options.redis = tier;
}

void Session::prepareDatabase(EngineOptions &options)
{
    if (!m_settings.database)
        return;
    options.database = m_settings.database;
    if (m_settings.databaseNamed)
        return;
    const std::string path = pathOfSqlite(m_settings.database->url);
    if (Status ok = makePrivateDirectory(path.substr(0, path.rfind('/'))); !ok)
        leaveOutDatabase(options, ok.error());
}

// What is left in a journal is carried out by a later process, which must mean the same tiers by it. A private Redis
// has a new name each time, and nothing in it: it can owe nothing.
std::string Session::stateOf(const std::string &kind) const
{
    if (m_settings.stateDirectory.empty())
        return {};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&](const std::string &part) {
        hash.addData(QByteArray::fromStdString(part));
        hash.addData(QByteArrayView("\n"));
    };
    add(m_settings.redis ? m_settings.redis->url : std::string());
    add(m_settings.redis ? m_settings.redis->prefix : std::string());
    add(m_settings.database ? m_settings.database->url : std::string());
    add(m_settings.space);
    return m_settings.stateDirectory + '/' + kind + '/' + hash.result().toHex().left(journalNameLength).toStdString();
}

void Session::leaveOutDatabase(EngineOptions &options, const Error &error)
{
    options.database.reset();
    m_databaseError = error;
    m_notices.push_back("L3 is off: " + error.toString());
}

Status Session::startUpstream(EngineOptions &options)
{
    const Clock &clock = *options.clock;
    if (m_settings.upstream == UpstreamKind::Recordings) {
        const QString folder = QString::fromStdString(m_settings.recordings);
        options.sources.push_back([folder, &clock] { return makeRecordedSource(folder, clock); });
        return {};
    }
    UpstreamOptions upstreams = m_settings.upstreams;
    if (m_settings.upstream == UpstreamKind::Demo) {
        auto demo = DemoUpstream::start(m_settings.demo, clock);
        if (!demo)
            return tl::unexpected(demo.error());
        m_demo = std::move(*demo);
        upstreams = m_demo->upstreamOptions();
    }
    options.sources.push_back([upstreams, &clock] { return makeUpstreamSource(upstreams, clock); });
    return {};
}

// Whether it was the database that failed shows a start without it: errors of other parts come again.
Status Session::startEngine(EngineOptions options)
{
    auto engine = Engine::start(options);
    if (!engine && options.database && engine.error().code != ErrorCode::InvalidArgument) {
        const Error first = engine.error();
        EngineOptions without = options;
        without.database.reset();
        engine = Engine::start(without);
        if (engine)
            leaveOutDatabase(options, first);
    }
    if (!engine)
        return tl::unexpected(engine.error());
    m_hasDatabase = options.database.has_value();
    m_engine = std::move(*engine);
    return {};
}

} // namespace insitecache
