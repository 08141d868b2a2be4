// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <insitecache/cache/engine.h>
#include <insitecache/sources/demoupstream.h>
#include <insitecache/tiers/privateredis.h>

#include "settings/settings.h"

class QTemporaryDir;

namespace insitecache {

/// What runs: the upstream chosen by the settings, a Redis, a database, and one engine over them. The composition
/// root of both programs; it decides nothing but which parts there are.
///
/// A part that does not work is left out and said so in notices(), so that the rest keeps answering: a database that
/// cannot be opened, a private Redis that cannot be started. A named Redis that does not answer is the engine's
/// business: that tier is down and comes back by itself.
///
/// Needs a QCoreApplication. Owned by the main thread; destroying it stops everything (≤ 2 s).
class Session {
public:
    /// Errors: InvalidArgument (settings that no part accepts), Io (recordings that cannot be read, no demo upstream).
    static Result<std::unique_ptr<Session>> start(const Settings &settings);
    ~Session();

    Engine &engine() const { return *m_engine; }
    const Settings &settings() const { return m_settings; }
    /// One line each: what was left out and what to do about it.
    const std::vector<std::string> &notices() const { return m_notices; }
    /// The demo upstream's controls, or null.
    DemoUpstream *demo() const { return m_demo.get(); }
    /// Where L2 is, named or private; empty: there is none.
    const std::string &redisUrl() const { return m_redisUrl; }
    bool hasDatabase() const { return m_hasDatabase; }
    /// Why there is no L3 although there should be one.
    const std::optional<Error> &databaseError() const { return m_databaseError; }

private:
    explicit Session(Settings settings);
    Status compose();
    void startPrivateRedis(EngineOptions &options);
    void prepareDatabase(EngineOptions &options);
    /// A place of that kind for what belongs to these tiers, and to no others; empty: there is none.
    std::string stateOf(const std::string &kind) const;
    void leaveOutDatabase(EngineOptions &options, const Error &error);
    Status startUpstream(EngineOptions &options);
    Status startEngine(EngineOptions options);

    Settings m_settings;
    std::vector<std::string> m_notices;
    std::string m_redisUrl;
    bool m_hasDatabase = false;
    std::optional<Error> m_databaseError;
    std::unique_ptr<QTemporaryDir> m_redisDirectory;
    std::unique_ptr<PrivateRedis> m_privateRedis;
    std::unique_ptr<DemoUpstream> m_demo;
    std::unique_ptr<Engine> m_engine; ///< last: it uses what is above
};

} // namespace insitecache
