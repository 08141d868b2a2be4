// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <future>
#include <thread>

#include <QDeadlineTimer>
#include <QString>

#include <insitecache/cache/engine.h>

#include "support/filled.h"
#include "support/scriptedsource.h"
#include "support/tiercalls.h"

namespace insitecache::test {

/// One process of several: an engine with a source of its own, which is used on its cache thread only.
struct Process {
    ScriptedSource *source = nullptr;
    std::thread::id cacheThread;
    std::unique_ptr<Engine> engine;

    /// Without a Redis or a database where the text is empty.
    Process(const QString &redis, const QString &database, const std::function<void(EngineOptions &)> &change = {})
    {
        EngineOptions options;
        options.sources.push_back([this]() -> Result<std::unique_ptr<Source>> {
            auto made = std::make_unique<ScriptedSource>();
            source = made.get();
            cacheThread = std::this_thread::get_id();
            return made;
        });
        if (!redis.isEmpty())
            options.redis.emplace().url = redis.toStdString();
        if (!database.isEmpty())
            options.database.emplace().url = "sqlite:" + database.toStdString();
        if (change)
            change(options);
        engine = Engine::start(std::move(options)).value();
        engine->waitForTiers(std::chrono::seconds(5));
    }

    /// Runs `work` on the cache thread, where the source lives, and waits for it.
    void onCacheThread(const std::function<void(TieredCache &)> &work)
    {
        std::promise<void> done;
        engine->post([&](TieredCache &cache) {
            work(cache);
            done.set_value();
        });
        done.get_future().wait();
    }
    void upstreamSays(const std::string &text, const std::string &value)
    {
        onCacheThread([&](auto &) { source->answers[text] = value; });
    }
    std::size_t upstreamCalls()
    {
        std::size_t calls = 0;
        onCacheThread([&](auto &) { calls = source->calls.size(); });
        return calls;
    }
    Lookup get(const std::string &text, LookupOptions how = {})
    {
        Lookup lookup = engine->lookup({keyOf(text)}, how).result().at(0);
        waitUntilFilled(*engine);
        return lookup;
    }
    /// Empty when there is none.
    std::string value(const std::string &text)
    {
        const Lookup lookup = get(text);
        return lookup.entry ? std::string(lookup.entry->payload()) : std::string();
    }
    /// What the tier has, without touching it.
    bool has(Stage stage, const std::string &text)
    {
        std::promise<bool> found;
        engine->post([&](TieredCache &cache) {
            cache.tier(stage)->count(Selector::keys({keyOf(text)}),
                [&](const Result<TierCount> &count) { found.set_value(count && count->keys > 0); });
        });
        return found.get_future().get();
    }
    /// L1 lets go of everything, as if it had been evicted.
    void evictMemory()
    {
        onCacheThread([](TieredCache &cache) { cache.tier(Stage::L1)->remove(Selector::all(), [](const auto &) {}); });
    }
    InvalidationResult invalidate(const Selector &which, bool dependents = false)
    {
        Invalidation what;
        what.which = which;
        what.dependents = dependents;
        return engine->invalidate(what).result();
    }
    InvalidationResult invalidate(const std::string &text, bool dependents = false)
    {
        return invalidate(Selector::keys({keyOf(text)}), dependents);
    }
    Status write(const std::string &text, const std::string &value)
    {
        return engine->write(keyOf(text), value, "test").result();
    }
    /// How many removals wait for a tier.
    std::uint64_t owed()
    {
        std::uint64_t waiting = 0;
        onCacheThread([&](TieredCache &cache) { waiting = cache.outbox().waiting; });
        return waiting;
    }

    /// Until everything that `other` has invalidated so far has arrived here: the logs have one order, so a last
    /// invalidation is made and waited for. False after 20 s.
    bool catchesUpWith(Process &other)
    {
        static int last = 0;
        const std::string mark = "stock:MARK" + std::to_string(++last);
        get(mark); // absent, which L1 keeps
        other.invalidate(mark);
        for (const QDeadlineTimer patience(20'000); !patience.hasExpired();) {
            if (!has(Stage::L1, mark))
                return true;
            std::this_thread::yield();
        }
        return false;
    }
};

} // namespace insitecache::test
