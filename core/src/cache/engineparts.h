// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include <insitecache/cache/engine.h>

namespace insitecache {

class RedisTier;

/// Everything an engine runs, composed from its options. Made, used and destroyed on the cache thread.
class EngineParts {
public:
    /// Errors: as Engine::start().
    static Result<std::unique_ptr<EngineParts>> make(
        const EngineOptions &options, std::shared_ptr<PolicyRegistry> policies, std::shared_ptr<Metrics> metrics);
    ~EngineParts();

    TieredCache &cache() { return *m_cache; }
    /// Runs `settled` once L2 has connected or failed once, at once where there is no L2.
    void whenTiersSettled(std::function<void()> settled);
    /// Drops what is past its stale time from L1, in bounded steps.
    void purge();
    /// Ends intake, answers whoever waits, closes sources and tiers.
    void close();

private:
    EngineParts() = default;
    Status openTiers(const EngineOptions &options);
    Status makeSources(const EngineOptions &options);

    TieredCacheParts m_parts;
    std::shared_ptr<RedisTier> m_redis;
    std::unique_ptr<TieredCache> m_cache;
};

} // namespace insitecache
