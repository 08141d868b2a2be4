// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QFuture>

#include <insitecache/cache/preload.h>
#include <insitecache/cache/tieredcache.h>
#include <insitecache/coherence/subscription.h>
#include <insitecache/tiers/tieroptions.h>

namespace insitecache {

/// What an engine is built from. Sources are made on the cache thread by the given functions, because what they
/// hold (sockets, timers) belongs to that thread.
///
/// The journal holds invalidations that a tier has not confirmed, and writes that L3 does not have yet
/// (WriteStrategy::Behind). It may be shared by all engines over the same Redis,
/// database and spaces, on one machine, and by no others: an engine carries out what others left there when their
/// process ended. It is made when there is something to write. Empty: a tier is caught up with while the engine lives,
/// and what it still owes then is forgotten; writes go through.
struct EngineOptions {
    using SourceMaker = std::function<Result<std::unique_ptr<Source>>()>;

    MemoryTierOptions memory;
    std::optional<RedisTierOptions> redis;       ///< none: no L2
    std::optional<DatabaseTierOptions> database; ///< none: no L3
    std::vector<SourceMaker> sources;
    std::vector<Policy> policies; ///< override or add to the built-in ones
    std::string journal;          ///< a directory for what must survive this process; see above
    PreloadOptions preload;
    bool readOnly = false;             ///< writes and invalidations are refused with Refused
    std::optional<std::uint64_t> seed; ///< jitter; from the system when absent
    const Clock *clock = &Clock::system();
};

/// One running cache: owns the cache thread, the tiers and the coordinator. This is what a program embeds.
///
/// \code
///   auto engine = insitecache::Engine::start(options);          // needs a QCoreApplication
///   auto answers = (*engine)->lookup({key}).result();           // or .then(…)
/// \endcode
///
/// Threads: all methods from any thread. A lookup whose keys are all fresh in L1 is answered without leaving
/// the calling thread. Other futures are completed by threads of the engine: what is chained to one runs there, and
/// must not wait for another. Destroying the engine stops intake and joins them (≤ 2 s).
class Engine {
public:
    /// Errors: bad options (InvalidArgument), a database that cannot be opened (Io). A Redis that does not
    /// answer is not an error: the tier is down and comes back by itself.
    static Result<std::unique_ptr<Engine>> start(EngineOptions options);
    ~Engine();

    QFuture<std::vector<Lookup>> lookup(std::vector<CacheKey> keys, LookupOptions options = {});
    /// The same for a thread that has nothing else to do and waits. Faster where the answers are in L2: the thread
    /// reads them from Redis itself, over one of up to four connections that the engine opens beside its own for such
    /// callers (not to `rediss://`, and not while Redis was silent for 50 ms not long ago). Not for the thread of a
    /// GUI, nor for the cache thread.
    std::vector<Lookup> lookupBlocking(const std::vector<CacheKey> &keys, LookupOptions options = {});
    Lookup lookupBlocking(const CacheKey &key, LookupOptions options = {});
    QFuture<Status> write(CacheKey key, std::string payload, std::string origin);
    QFuture<InvalidationPreview> preview(Invalidation what);
    QFuture<InvalidationResult> invalidate(Invalidation what);
    /// As in TieredCache; `id` is InvalidationResult::undo of this engine. Refused when read-only.
    QFuture<Result<UndoResult>> undo(std::uint64_t id);
    /// As in TieredCache. Every engine that is not read-only looks each second for what is due; what has become due
    /// while none was running is carried out before start() returns, as far as 2 s allow. Refused when read-only.
    QFuture<Result<ScheduledInvalidation>> schedule(Invalidation what, WallTime due);
    QFuture<Result<std::vector<ScheduledInvalidation>>> scheduled();
    QFuture<Result<bool>> cancelScheduled(std::uint64_t id);
    /// As in TieredCache; also when read-only, since it is about this process's own behaviour, but then nothing is
    /// swept.
    QFuture<Status> setPolicy(Policy policy);
    /// As in TieredCache. Changing is Refused when read-only.
    QFuture<Status> declare(Edge edge);
    QFuture<Result<bool>> undeclare(Edge edge);
    QFuture<Result<Neighbourhood>> neighbourhood(CacheKey key, int maxDepth);

    /// The upstream says that the key has changed: it is invalidated soon, with its dependents. Fire and forget, for
    /// sources of events that come in bursts: it never waits, a key that waits already costs nothing more, and what
    /// waits is carried out as one invalidation at a time. Beyond 100,000 waiting keys all keys are invalidated; see
    /// ChurnTotals. What still waits when the engine ends is carried out, for a second at most. Nothing happens when
    /// read-only.
    void changed(CacheKey key, std::string reason = {});

    /// Calls `receiver` for everything that happens to matching keys, here or in another process that shares a tier:
    /// each event once, those of one key in order, on a thread that this engine keeps for it, never on the caller's or
    /// the cache thread. What it throws is logged once and ends there. One that is too slow (10,000 events wait) gets
    /// one event instead that says so. It may call this engine, also wait for it.
    Subscription subscribe(Glob pattern, std::function<void(const CacheEvent &)> receiver);

    bool isReadOnly() const;
    const Metrics &metrics() const;
    PolicyRegistry &policies();
    const Clock &clock() const;
    /// Waits until L2 has connected or failed once, at most `limit`: for one-shot commands.
    void waitForTiers(Millis limit);

    /// Runs `work` on the cache thread with the coordinator. For the monitor and tests.
    void post(std::function<void(TieredCache &)> work);

private:
    class Impl;
    explicit Engine(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> d;
};

} // namespace insitecache
